import * as z from "zod";

/** Somebody as an identity provider knows them, in a form that says nothing of who they are: 64 hexadecimal digits. */
export const subject = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "the 64 letters and digits that the console shows on its page");
