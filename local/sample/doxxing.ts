import { type Story, says } from "./story.ts";

/** Private details of other people, made up, beside people who give away only their own or a shop's. */
export const doxxing: Story = {
  name: "doxxing",
  channel: { id: "town-square", visibility: "public", surface: "post" },
  begins: 320,
  pace: 91,
  lines: [
    says("hawk_eye_ed", "The referee lives at 14 Orchard Lane. Go tell him what you think of that penalty."),
    says("hawk_eye_ed", "Here is her phone number: 555-0137. Call her all night, she deserves it."),
    says("cafe.rosa", "We moved! Find us at 22 Station Road, open from eight. Our number is 555-0163."),
    says("spite.sid", "Everyone: his home address is 7 Mill Street, second floor, he is alone on weekdays."),
    says("ines_r", "Please take down that address. There are children living in that house."),
    says("spite.sid", "She works at the library and her email is j.doe@example.com, make her life interesting."),
    says("lost_and_found", "Lost: grey cat, answers to Button. Write to me at button@example.org if you see her."),
    says("oops.olly", "my card is 4111 1111 1111 1111 can someone order for me while i'm in the tunnel"),
    says("ines_r", "Olly, delete that, that's your card number!"),
    says("lost_and_found", "Button is home. She was in the neighbour's shed, cross but whole."),
  ],
};
