import { type Story, says } from "./story.ts";

/** Messages that were private: ordinary ones, abusive ones, and one that somebody re-posted in public. */
export const privateMessage: Story = {
  name: "private-message",
  channel: { id: "dm-8813", visibility: "private", surface: "message" },
  begins: 90,
  pace: 83,
  threaded: true,
  lines: [
    says("nadia.q", "Hi Tom, I'm sorry about last night. I was tired and I should not have said it like that."),
    says("tom.v", "It's fine. I was being difficult. Coffee on Thursday?"),
    says("nadia.q", "Thursday works. Please don't tell anyone about the job yet, it isn't signed."),
    says("tom.v", "Of course. My lips are sealed."),
    says(
      "tom.v",
      "[screenshot of a DM] Nadia wrote: 'please don't tell anyone about the job yet, it isn't signed' #fail",
      {
        channel: { id: "town-square", visibility: "public", surface: "post" },
      },
    ),
    says("nadia.q", "You posted my private message. In public. Why would you do that?"),
    says("tom.v", "It was only a joke. Nobody even saw it."),
    says("nadia.q", "My boss saw it."),
    says("rex-201", "answer me you stupid loser. i know you read this", { channel: { id: "dm-9004" } }),
    says("rex-201", "If you block me again I will find you and hurt you.", { channel: { id: "dm-9004" } }),
    says("ivy.m", "Please stop writing to me. This is the last time that I ask.", { channel: { id: "dm-9004" } }),
    says("rex-201", "you are nothing. worthless idiot. everyone laughs about you", { channel: { id: "dm-9004" } }),
    says("gran.elsie", "Hello love, my new number is 555-0142, call me when you land. Gran x", {
      channel: { id: "dm-9101" },
    }),
    says("gossip_gus", "Leaked DM: 'I can't stand the new manager, don't share this' 😂 #fail #exposed", {
      channel: { id: "town-square", visibility: "public", surface: "post" },
    }),
  ],
};
