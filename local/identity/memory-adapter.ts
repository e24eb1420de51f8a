import type { Adapter, AdapterPayload } from "oidc-provider";

interface Kept {
  readonly payload: AdapterPayload;
  readonly until: number;
}

/** Of each kind of thing: one machine has a handful of people, and a page that reloads forever must not fill memory. */
const MOST = 1_000;

/**
 * Keeps the provider's sessions, codes and refresh tokens in memory: after a restart people sign in again.
 * @returns a factory of one adapter for each model, which share what a grant holds.
 */
export function memoryAdapters(clock: () => number): (model: string) => Adapter {
  const models = new Map<string, Map<string, Kept>>();

  return (model) => {
    const kept = new Map<string, Kept>();
    models.set(model, kept);
    const alive = (entry: Kept | undefined): AdapterPayload | undefined =>
      entry !== undefined && entry.until > clock() ? entry.payload : undefined;
    const search = (is: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
      [...kept.values()].map(alive).find((payload) => payload !== undefined && is(payload));

    return {
      async upsert(id, payload, expiresIn) {
        kept.delete(id);
        kept.set(id, {
          payload,
          until: expiresIn === undefined ? Number.POSITIVE_INFINITY : clock() + expiresIn * 1_000,
        });
        for (const [old, entry] of kept) {
          if (kept.size <= MOST && alive(entry)) break;
          if (kept.size > MOST || !alive(entry)) kept.delete(old);
        }
      },
      find: async (id) => alive(kept.get(id)),
      findByUid: async (uid) => search((payload) => payload.uid === uid),
      findByUserCode: async (userCode) => search((payload) => payload.userCode === userCode),
      async consume(id) {
        const payload = alive(kept.get(id));
        if (payload) payload.consumed = Math.floor(clock() / 1_000);
      },
      async destroy(id) {
        kept.delete(id);
      },
      // A code or a refresh token used twice takes all of its grant along, whatever model it belongs to.
      async revokeByGrantId(grantId) {
        for (const all of models.values())
          for (const [id, { payload }] of all) if (payload.grantId === grantId) all.delete(id);
      },
    };
  };
}
