/** Time as an argument: use cases take a clock, so that tests and replays choose the time. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
