import type { HostileOptions } from "./options.ts";

/** What every kind of mishap needs. */
export interface Hostility {
  options: () => HostileOptions;
  /** One line for each mishap, without content. */
  tell: (kind: string, about: string) => void;
}
