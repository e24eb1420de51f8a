import type { Request } from "./call.ts";

/** Calls of one caller that needed the same right. */
export interface Use {
  caller: string;
  action: string;
  resource: string;
  /** The service on whose behalf a key was used; absent where the caller used it by itself. */
  via?: string;
  granted: boolean;
  times: number;
}

/** Which rights were used, and which were wanted and refused. */
export interface Uses {
  note(caller: string, request: Pick<Request, "action" | "resources" | "circumstances">, granted: boolean): void;
  all(): Use[];
}

export function openUses(): Uses {
  const uses = new Map<string, Use>();
  return {
    note(caller, { action, resources, circumstances }, granted) {
      const via = circumstances["kms:viaservice"];
      for (const resource of resources) {
        const name = `${caller} ${action} ${resource} ${via} ${granted}`;
        const use = uses.get(name);
        if (use === undefined)
          uses.set(name, { caller, action, resource, ...(via !== undefined && { via }), granted, times: 1 });
        else use.times += 1;
      }
    },
    all: () => [...uses.values()],
  };
}
