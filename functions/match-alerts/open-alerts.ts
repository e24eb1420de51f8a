import { isLive } from "../../shared/alerts/alert-life.ts";
import type { AlertGroup, OpenAlert } from "../../shared/store/alerts.ts";

/** An alert that is open, and the subject under which it was found. */
export interface Opened {
  readonly open: OpenAlert;
  readonly group: AlertGroup;
  /** Is the alert itself known to be written? It is once somebody joined it. */
  readonly written?: boolean;
}

export interface OpenAlerts {
  /**
   * The open alert of a group, from memory or by `find`; who asks for one that is just being looked for waits for that.
   */
  of(group: AlertGroup, now: Date, find: () => Promise<Found>): Promise<Found>;
  /** Notes that one lets nothing in any more: nobody here joins it again. */
  close(opened: Opened): void;
  isClosed(open: OpenAlert): boolean;
  /** Notes that something came. */
  seen(opened: Opened, now: Date): void;
}

export type Found =
  /** Open, and to be joined. */
  | (Opened & { readonly kind: "open" })
  /** Whoever looked for it was told of it, in one that is open now or was. */
  | { readonly kind: "told"; readonly opened?: Opened };

/** Seconds that one is remembered. */
const REMEMBERED_MS = 30_000;
const MOST = 5_000;

const nameOf = ({ tenant, subscription, subject, visibility, limits }: AlertGroup): string =>
  JSON.stringify([tenant, subscription, subject.by, subject.id, visibility, limits]);

function forgetOldest(all: Map<string, unknown> | Set<string>): void {
  const oldest = all.size > MOST ? all.keys().next() : undefined;
  if (oldest && !oldest.done) all.delete(oldest.value);
}

/**
 * What this execution environment knows to be open. While one is live nobody puts another in its place, and what comes only
 * prolongs it: to remember it is to read it, but for when something came last.
 */
export function openAlerts(): OpenAlerts {
  const known = new Map<string, { readonly opened: Opened; readonly until: number }>();
  const finding = new Map<string, Promise<Found>>();
  const closed = new Set<string>();

  const remember = (name: string, opened: Opened, now: Date): void => {
    known.delete(name);
    known.set(name, { opened, until: now.getTime() + REMEMBERED_MS });
    forgetOldest(known);
  };
  const recall = (name: string, now: Date): Opened | undefined => {
    const entry = known.get(name);
    const current =
      entry && entry.until > now.getTime() && isLive(entry.opened.open, now) && !closed.has(entry.opened.open.alert);
    return current ? entry.opened : undefined;
  };

  return {
    async of(group, now, find) {
      const name = nameOf(group);
      await finding.get(name)?.catch(() => undefined);
      const recalled = recall(name, now);
      if (recalled) return { kind: "open", ...recalled };
      const search = find();
      finding.set(name, search);
      try {
        const found = await search;
        const opened = found.kind === "open" ? found : found.opened;
        // One that was found under another of its subjects is not this group's.
        if (opened && nameOf(opened.group) === name) remember(name, opened, now);
        return found;
      } finally {
        if (finding.get(name) === search) finding.delete(name);
      }
    },
    close({ open }) {
      closed.add(open.alert);
      forgetOldest(closed);
    },
    isClosed: ({ alert }) => closed.has(alert),
    seen({ open, group }, now) {
      const name = nameOf(group);
      const entry = known.get(name);
      if (entry?.opened.open.alert !== open.alert) return;
      known.set(name, { ...entry, opened: { ...entry.opened, open: { ...open, lastAt: now.toISOString() } } });
    },
  };
}
