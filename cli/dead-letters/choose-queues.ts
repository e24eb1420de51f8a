import { CommandFailed } from "../command.ts";
import type { NamedQueue } from "../deployment.ts";

/** The queue of that name, all where none is named; `posts-dead` is taken for `posts`. */
export function chooseQueues(
  command: string,
  queues: readonly NamedQueue[],
  name: string | undefined,
): readonly NamedQueue[] {
  if (name === undefined) return queues;
  const chosen = queues.filter((queue) => queue.name === name.replace(/-dead$/, ""));
  if (chosen.length > 0) return chosen;
  const names = queues.map((queue) => queue.name).join(", ");
  throw new CommandFailed(`${command}: there is no such queue; it is one of: ${names}`);
}
