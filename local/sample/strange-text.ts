import { type Story, says } from "./story.ts";

/** What people and their programs really send: control characters, odd spaces, stacked signs, disguises, emoji. */
export const strangeText: Story = {
  name: "strange-text",
  channel: { id: "keyboard-repair", visibility: "public", surface: "forum" },
  begins: 75,
  pace: 97,
  lines: [
    says("broken.keys", "My keyboard sends\u0000odd\u0007bytes since the tea incident. Any ideas?"),
    says("half.emoji", "The app cut my post in the middle of an emoji \ud83d and now it looks like this."),
    says("zalgo.z", "s\u0334o\u0337m\u0335e\u0336t\u0338h\u0334i\u0337n\u0335g is wrong with my screen"),
    says("wide.wanda", "Ｆｕｌｌ ｗｉｄｔｈ ｍｏｄｅ ｉｓ ｓｔｕｃｋ, ｈｅｌｐ"),
    says("sly.sven", "you are such an i\u200bd\u200bi\u200bo\u200bt, give up"),
    says("flip.flora", "This line turns around here \u202eereh dnuora snrut enil siht\u202c and back again."),
    says("emo.ji", "👩‍👩‍👧‍👦🏳️‍🌈👍🏽 family day at the repair café!"),
    says("tag.tess", "How do I show <b>bold</b> & <script>alert(1)</script> as text in a forum post?"),
    says("caps.carlo", "WHY IS MY CAPS LOCK STUCK SINCE MONDAY PLEASE ADVISE"),
    says(
      "long.breath",
      `${"Well, first I took out the screws, then I put them back, ".repeat(40)}and that is how I spent my Sunday.`,
    ),
    says("tabby", "Name:\tTabby\nProblem:\tspace bar\r\nTried:\tcompressed air, prayers"),
    says("emo.ji", "😂 ok but 😡 whoever glued my keys down is a 🤡 and a m0r0n, you hear me?"),
  ],
};
