import { resolve } from "node:path";

/** A path as its writer meant it: npm changes to the project's folder and leaves theirs in INIT_CWD. */
export const userPath = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);
