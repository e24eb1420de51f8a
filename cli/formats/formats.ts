import { airlineTweets } from "./airline-tweets.ts";
import { cresci } from "./cresci.ts";
import { davidson } from "./davidson.ts";
import type { Format } from "./format.ts";
import { instafake } from "./instafake.ts";
import { yelpchi } from "./yelpchi.ts";

/** The public data sets whose columns are known here. */
export const FORMATS: readonly Format[] = [airlineTweets, davidson, yelpchi, cresci, instafake];
