import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { activate, NO_POLICIES, rollBack } from "../../../shared/domain/policy-state.ts";
import { policyStore } from "../../../shared/store/policies.ts";
import { NOW } from "../../unit/domain/examples.ts";
import type { Tables } from "./tables.ts";

const at = NOW.toISOString();
const by = (who: string, note = "because") => ({ by: `key:${who}`, at, note });
const documentOf = (id: string, title: string, more: object = {}) => ({ id, title, rules: [], ...more });
const savedBy = (who: string) => ({ savedBy: `key:${who}`, savedAt: at });

/** What the store of policies promises. `tenant` gives a name that no other test uses. */
export function policiesSuite(tables: () => Tables, tenant: () => string): void {
  const open = () => ({ store: policyStore(tables().directory), name: tenant() });

  describe("versions", () => {
    it("are numbered by policy, stay as they were saved, and the same document is no new one", async () => {
      const { store, name } = open();
      const first = documentOf("house", "House", { rules: [{ name: "a" }] });
      expect(await store.get(name, "house")).toBeUndefined();
      const saved = await store.save(name, { document: first, ...savedBy("a"), note: "begins" });
      expect(saved).toEqual({
        saved: {
          id: "house",
          version: 1,
          title: "House",
          savedBy: "key:a",
          savedAt: at,
          note: "begins",
          document: first,
        },
        isNew: true,
      });
      // The order of fields says nothing.
      const again = { rules: [{ name: "a" }], title: "House", id: "house" };
      expect(await store.save(name, { document: again, ...savedBy("b") })).toEqual({ ...saved, isNew: false });
      const second = documentOf("house", "House, stricter");
      expect(await store.save(name, { document: second, ...savedBy("b") })).toMatchObject({ saved: { version: 2 } });
      expect(await store.save(name, { document: first, ...savedBy("b") })).toMatchObject({
        saved: { version: 3 },
        isNew: true,
      });
      expect(await store.get(name, "house", 1)).toEqual(saved.saved);
      expect(await store.get(name, "house")).toMatchObject({ version: 3, document: first });
      expect(await store.get(name, "house", 4)).toBeUndefined();
    });

    it("are listed newest first, by policy, and are nobody else's", async () => {
      const { store, name } = open();
      const other = tenant();
      for (const id of ["house", "house-2", "garden"])
        for (const title of ["One", "Two"])
          await store.save(name, { document: documentOf(id, title), ...savedBy("a") });
      expect((await store.versions(name, "house", 10)).map(({ id, version }) => [id, version])).toEqual([
        ["house", 2],
        ["house", 1],
      ]);
      expect(await store.versions(name, "house", 1)).toEqual([
        { id: "house", version: 2, title: "Two", ...savedBy("a") },
      ]);
      expect((await store.list(name)).map(({ id, version }) => `${id} ${version}`)).toEqual(
        ["garden", "house", "house-2"].flatMap((id) => [`${id} 1`, `${id} 2`]),
      );
      expect(await store.list(other)).toEqual([]);
      expect(await store.get(other, "house", 1)).toBeUndefined();
    });

    it("saved by many at once have each their own number, and the same by many at once has one", async () => {
      const { store, name } = open();
      const many = Array.from({ length: 8 }, (_, index) => documentOf("busy", `Number ${index}`));
      const made = await Promise.all(many.map((document) => store.save(name, { document, ...savedBy("a") })));
      expect(made.map(({ saved }) => saved.version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      for (const { saved } of made) expect(await store.get(name, "busy", saved.version)).toEqual(saved);
      const same = await Promise.all(
        many.map(() => store.save(name, { document: documentOf("same", "S"), ...savedBy("a") })),
      );
      expect(new Set(same.map(({ saved }) => saved.version))).toEqual(new Set([1]));
      expect(same.filter(({ isNew }) => isNew)).toHaveLength(1);
    });

    it("hold the longest document", async () => {
      const { store, name } = open();
      const long = documentOf("long", "Long", {
        rules: Array.from({ length: 59 }, (_, index) => ({ name: `${index}`, when: "\u{1f600}".repeat(500) })),
      });
      const { saved } = await store.save(name, { document: long, ...savedBy("a") });
      expect((await store.get(name, "long", saved.version))?.document).toEqual(long);
    });
  });

  describe("the state", () => {
    const activated = (state: typeof NO_POLICIES, version: number, who: string) => {
      const change = activate(state, { id: "house", version }, by(who));
      if (change.kind !== "next") throw new Error(change.kind);
      return change.state;
    };

    it("begins with nothing and is changed as a whole", async () => {
      const { store, name } = open();
      expect(await store.active(name)).toEqual(NO_POLICIES);
      const first = activated(NO_POLICIES, 1, "a");
      expect(await store.change(name, first)).toBe(true);
      expect(await store.active(name, true)).toEqual(first);
      expect(await store.active(tenant(), true)).toEqual(NO_POLICIES);
    });

    it("changed by many at once is changed by one, and the others know", async () => {
      const { store, name } = open();
      const race = async (from: typeof NO_POLICIES) => {
        const nexts = ["a", "b", "c", "d", "e"].map((who, index) => activated(from, from.epoch * 10 + index + 1, who));
        const won = await Promise.all(nexts.map((next) => store.change(name, next)));
        expect(won.filter(Boolean)).toHaveLength(1);
        const state = await store.active(name, true);
        expect(state).toEqual(nexts[won.indexOf(true)]);
        return state;
      };
      const first = await race(NO_POLICIES);
      const second = await race(first);
      expect(second.epoch).toBe(2);
      expect(await store.change(name, activated(first, 99, "late"))).toBe(false);
    });

    it("that was written and not answered for is found to be there", async () => {
      const { store, name } = open();
      const first = activated(NO_POLICIES, 1, "a");
      expect(await store.change(name, first)).toBe(true);
      // The same write again, as the SDK sends it after a lost answer.
      expect(await store.change(name, first)).toBe(true);
      expect((await store.active(name, true)).epoch).toBe(1);
    });

    it("keeps a row of every change, also of one whose writer died before it could note it", async () => {
      const { store, name } = open();
      const first = activated(NO_POLICIES, 1, "a");
      const second = activated(first, 2, "b");
      await store.change(name, first);
      await store.change(name, second);
      const { client, name: TableName } = tables().directory;
      await client.send(new DeleteCommand({ TableName, Key: { pk: `tenant#${name}`, sk: "policy-event#00000002" } }));
      expect((await store.events(name, 10)).map(({ epoch }) => epoch)).toEqual([1]);
      const back = rollBack(second, "house", by("c", "worse than before"));
      if (back.kind !== "next") throw new Error(back.kind);
      await store.change(name, back.state);
      const events = await store.events(name, 10);
      expect(events.map(({ epoch, event, version, by: who }) => [epoch, event, version, who])).toEqual([
        [3, "rolled_back", 1, "key:c"],
        [2, "activated", 2, "key:b"],
        [1, "activated", 1, "key:a"],
      ]);
      expect((await store.events(name, 1, 3)).map(({ epoch }) => epoch)).toEqual([2]);
      expect(await store.events(tenant(), 10)).toEqual([]);
    });
  });
}
