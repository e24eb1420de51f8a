import { type Story, says } from "./story.ts";

/** Honest, furious, swearing customers: nobody is attacked, and everything here is a company's to read and answer. */
export const angryCustomer: Story = {
  name: "angry-customer",
  channel: { id: "northline-rail", visibility: "public", surface: "post" },
  begins: 20,
  pace: 52,
  brandIds: ["northline-rail"],
  lines: [
    says("commuter_kay", "The 7:42 is late AGAIN. Third damn time this week. I pay 300 a month for this crap."),
    says(
      "northline.help",
      "Sorry about the delay this morning, Kay. A points failure near Selby; trains are moving again.",
    ),
    says("commuter_kay", "A points failure every bloody Tuesday? Pull the other one."),
    says(
      "dad_of_three",
      "Two hours in a freezing carriage with three kids and not one person told us what the hell was going on.",
    ),
    says("w.okafor", "My refund has been 'in process' for 41 days. This is ridiculous. Where is my money?"),
    says("jo_parcel", "My parcel says delivered. It is not fucking delivered. There is nothing here but rain.", {
      channel: { id: "swiftbox-parcels" },
      brandIds: ["swiftbox"],
    }),
    says("swiftbox.care", "We're sorry, Jo. Could you send us the last four digits of your tracking number?", {
      channel: { id: "swiftbox-parcels" },
      brandIds: ["swiftbox"],
    }),
    says("jo_parcel", "Found it in the bin. IN THE BIN. What kind of shitty service puts a laptop in the bin?", {
      channel: { id: "swiftbox-parcels" },
      brandIds: ["swiftbox"],
    }),
    says(
      "flight_fiona",
      "Flight cancelled at the gate, four hours in line, and the app still says 'on time'. Absolute shambles.",
      {
        channel: { id: "meridian-air" },
        brandIds: ["meridian-air"],
      },
    ),
    says("flight_fiona", "And now they lost my bag. You had ONE job. I am so bloody angry I could scream.", {
      channel: { id: "meridian-air" },
      brandIds: ["meridian-air"],
    }),
    says(
      "t.marsh",
      "Worst coffee I ever had on a train and I once drank one that had been on the floor. Awful. Do better.",
    ),
    says(
      "commuter_kay",
      "Your app ate my season ticket. Bullshit excuse number nine: 'please reinstall'. I did. Twice.",
    ),
    says("ines_r", "The staff at Leeds were brilliant, the timetable is a bad joke. Both can be true."),
    says("dad_of_three", "Toilets out of order in all six coaches. With kids. What the actual hell."),
    says("w.okafor", "Day 42. I swear your refund form was designed by a sadist. Just pay me back."),
    says("k.lindqvist", "This damn ticket machine swallowed a twenty and printed a smiley. I'm not smiling."),
    says("flight_fiona", "Bag found. In Oslo. I am in Porto. Well done, I guess. Still pissed off.", {
      channel: { id: "meridian-air" },
      brandIds: ["meridian-air"],
    }),
    says(
      "jo_parcel",
      "Refund arrived. Thank you. The service was still terrible, and I'd like the driver to get a proper shift.",
      {
        channel: { id: "swiftbox-parcels" },
        brandIds: ["swiftbox"],
      },
    ),
    says("commuter_kay", "Train on time today. I nearly fell over. Keep it up, damn it."),
  ],
};
