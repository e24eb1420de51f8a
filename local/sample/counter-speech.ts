import { type Story, says } from "./story.ts";

/** People who answer abuse, report it, quote it or teach about it: the words are there, the abuse is not theirs. */
export const counterSpeech: Story = {
  name: "counter-speech",
  channel: { id: "city-debates", visibility: "public", surface: "forum" },
  begins: 170,
  pace: 59,
  threaded: true,
  lines: [
    says("rafa.speaks", 'Somebody called my sister a "worthless idiot" in the last thread. That is not a discussion.'),
    says("hannelore", 'He told me "I will find you and hurt you". I reported it to the police this morning.'),
    says("rafa.speaks", "No one deserves to be told to kill themselves, whatever they think of the bike lane."),
    says("lewis.p", "I disagree with almost all that Hannelore says, and I will defend her right to say it in peace."),
    says(
      "dr.amira",
      'For my class: which of these is a threat and which is a joke? (1) "I\'ll kill you" between friends, (2) the same to a stranger.',
    ),
    says("angry.al", "Hannelore is a moron and you are all cowards for listening to her."),
    says("lewis.p", "Calling someone a moron isn't an argument, Al. Say what you'd do about the traffic."),
    says("angry.al", "Fine. I'd close the street to lorries at night. Happy?"),
    says("lewis.p", "Actually, yes. That's a good idea."),
    says("hannelore", "Not idiots, not losers: neighbours. Let's talk to one another like that."),
    says("rafa.speaks", "The song goes 'I'm a loser, baby' and I sang it badly. Sorry to everyone on line 4."),
    says(
      "dr.amira",
      "Studies of harassment often list words like idiot, moron and loser. Lists alone can't tell who is being hurt.",
    ),
    says("angry.al", "I was called a stupid clown for that post and I probably earned it."),
    says("hannelore", "You didn't earn it. Thank you for saying so, Al."),
  ],
};
