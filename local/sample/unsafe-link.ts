import { type Story, says } from "./story.ts";

/** Links that pretend. Every host is a reserved name or a documentation address, so that none leads anywhere. */
export const unsafeLink: Story = {
  name: "unsafe-link",
  channel: { id: "second-hand-market", visibility: "public", surface: "comment" },
  begins: 200,
  pace: 77,
  cast: { "support-team-4471": { days: 1, followers: 0, following: 0, itemsPosted: 37 } },
  lines: [
    says("lotte.sells", "Selling my old turntable, works fine, one scratch on the lid. 60, pick up near the station."),
    says(
      "support-team-4471",
      "Your account is on hold. Confirm your card at https://paypa1-secure.example/login within 24 hours.",
    ),
    says(
      "support-team-4471",
      "Final notice: verify your password here http://192.0.2.17/account/verify or your listing is removed.",
    ),
    says("lotte.sells", "Is that message from 'support' real? It does not look real."),
    says("bruno_h", "Not real, Lotte. Support here never asks for a card. Don't open it."),
    says("parcel-notice", "DHL: your packet waits, pay the 1.99 customs fee at http://dhl-billing-update.example/pay"),
    says("free-skins-now", "Free coins for everyone, login with your account at http://rob1ox-login.example 🎁🎁🎁"),
    says("bruno_h", "The manual of that model is on the maker's site: https://www.example.com/manuals/tt-200.pdf"),
    says(
      "support-team-4471",
      "Security alert! Log in at https://www.paypal.com.account-verify.example to keep your money safe.",
    ),
    says("parcel-notice", "Missed delivery. Install our tracker: http://198.51.100.23/tracker.apk"),
    says("lotte.sells", "Sold! Thanks all. And thanks for the warning, Bruno, my mum nearly typed in her card."),
    says(
      "wallet-helper",
      "Lost access to your wallet? Enter your twelve words at https://metamask-unlock.example and we restore it.",
    ),
  ],
};
