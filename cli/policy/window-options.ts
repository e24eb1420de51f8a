/** Which verdicts a backtest or an undo looks through. */
export const WINDOW_OPTIONS = {
  since: {
    type: "string",
    value: "WHEN",
    about: "verdicts made from then on: 30d, 12h, or a time; at most 35 days back",
  },
  until: { type: "string", value: "WHEN", about: "verdicts made before then (default now)" },
} as const;
