/** Frees what was taken; once. */
export type Leave = () => void;

/**
 * Bounds how many requests are at one endpoint at the same time, in one execution environment; times the environments of
 * the function that is how many the endpoint sees.
 */
export interface EndpointSlots {
  /**
   * Waits in line for a slot, `withinMs` at most.
   * @returns undefined where none came free in time.
   */
  enter(endpoint: string, withinMs: number): Promise<Leave | undefined>;
}

interface Line {
  inside: number;
  readonly waiting: (() => void)[];
}

/** @param most requests at one endpoint */
export function endpointSlots(most: number): EndpointSlots {
  const lines = new Map<string, Line>();

  function leaver(endpoint: string, line: Line): Leave {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = line.waiting.shift();
      if (next) return next();
      line.inside -= 1;
      if (line.inside === 0) lines.delete(endpoint);
    };
  }

  return {
    async enter(endpoint, withinMs) {
      const line = lines.get(endpoint) ?? { inside: 0, waiting: [] };
      lines.set(endpoint, line);
      if (line.inside < most) {
        line.inside += 1;
        return leaver(endpoint, line);
      }
      return new Promise((resolve) => {
        const turn = (): void => {
          clearTimeout(timer);
          resolve(leaver(endpoint, line));
        };
        const timer = setTimeout(() => {
          line.waiting.splice(line.waiting.indexOf(turn), 1);
          resolve(undefined);
        }, withinMs);
        line.waiting.push(turn);
      });
    },
  };
}
