import { type Story, says } from "./story.ts";

/** Somebody is not well, friends notice, and a cruel remark falls. Nothing is described. */
export const selfHarmWorry: Story = {
  name: "self-harm-worry",
  channel: { id: "night-owls", visibility: "public", surface: "forum" },
  begins: 260,
  pace: 71,
  threaded: true,
  lines: [
    says("quiet_harbour", "I can't sleep again. Everything feels heavy and I don't see the point of tomorrow."),
    says("mossy_ann", "I'm here if you want to talk. No need to explain anything."),
    says("quiet_harbour", "Sometimes I think everyone would be better off without me. I want to die."),
    says("mossy_ann", "I'm really glad you wrote that down. Can you call someone who can sit with you tonight?"),
    says(
      "night_nurse_jo",
      "Please ring the crisis line or your doctor, now, not in the morning. We'd be heartbroken without you.",
    ),
    says("edge-lad", "just do it then, kill yourself, nobody cares"),
    says("mossy_ann", "Don't listen to that. Ignore it completely. Look at my messages instead."),
    says("quiet_harbour", "I called my sister. She's driving over."),
    says("night_nurse_jo", "That was a brave call. Well done. Keep the light on for her."),
    says("t.holm", "I was in that place four years ago. It does get better, with help, slowly and then all at once."),
    says("quiet_harbour", "She's here. Thank you, strangers."),
    says("bored_ben", "this maths exam makes me want to die lol, who invented integrals"),
  ],
};
