import { expect, it } from "vitest";
import type { Member } from "../../../shared/domain/member.ts";
import { memberStore } from "../../../shared/store/members.ts";
import { subjectStore } from "../../../shared/store/subjects.ts";
import type { Tables } from "./tables.ts";

/** What ties those who sign in to members has to hold on whatever stores it. */
export function subjectsSuite(tables: () => Tables, tenant: () => string): void {
  const subjectOf = (name: string): string => Buffer.from(name).toString("hex").padEnd(64, "0");
  const open = () => subjectStore(tables().directory);

  it("ties somebody to one member of one tenant, whoever asks at the same time", async () => {
    const subjects = open();
    const subject = subjectOf(tenant());
    const tenants = Array.from({ length: 12 }, tenant);
    const won = await Promise.all(tenants.map((name) => subjects.claim(subject, { tenant: name, member: "mona" })));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await subjects.get(subject)).toEqual({ tenant: tenants[won.indexOf(true)], member: "mona" });
  });

  it("lets the same be said twice, and moves nobody but by the name of whose they are", async () => {
    const subjects = open();
    const name = tenant();
    const subject = subjectOf(name);
    const mona = { tenant: name, member: "mona" };
    const malik = { tenant: name, member: "malik" };
    expect([await subjects.claim(subject, mona), await subjects.claim(subject, mona)]).toEqual([true, true]);
    expect(await subjects.claim(subject, malik)).toBe(false);
    expect(await subjects.claim(subject, malik, "somebody")).toBe(false);
    expect(await subjects.claim(subject, { tenant: tenant(), member: "malik" }, "mona")).toBe(false);
    expect(await subjects.claim(subject, malik, "mona")).toBe(true);
    expect(await subjects.get(subject)).toEqual(malik);
  });

  it("unties nobody from a member that they are not", async () => {
    const subjects = open();
    const name = tenant();
    const subject = subjectOf(name);
    const mona = { tenant: name, member: "mona" };
    await subjects.claim(subject, mona);
    await subjects.release(subject, { tenant: name, member: "malik" });
    await subjects.release(subject, { tenant: tenant(), member: "mona" });
    expect(await subjects.get(subject)).toEqual(mona);
    await subjects.release(subject, mona);
    expect(await subjects.get(subject)).toBeUndefined();
    await subjects.release(subject, mona);
  });

  it("forgets a member who is removed, at once", async () => {
    const members = memberStore(tables().directory);
    const name = tenant();
    const mona: Member = { id: "mona", role: "brand", languages: [], skills: [], queues: [], brands: ["kettles"] };
    const whole = { ...mona, subject: subjectOf("mona"), suspended: true };
    await members.set(name, whole);
    expect(await members.get(name, "mona")).toEqual({ ...whole, version: 1 });
    await members.remove(name, "mona");
    expect([await members.get(name, "mona"), await members.list(name)]).toEqual([undefined, []]);
  });
}
