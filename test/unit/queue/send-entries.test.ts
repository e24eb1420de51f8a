import { expect, it } from "vitest";
import { sendEntries } from "../../../shared/queue/send-entries.ts";

const entries = ["a", "b", "c"].map((Id) => ({ Id }));

it("sends again what the service could not take, and nothing else", async () => {
  const sent: string[][] = [];
  const lost = await sendEntries(entries, async (left) => {
    sent.push(left.map(({ Id }) => Id));
    return sent.length < 3 ? [{ Id: "b", SenderFault: false }] : [];
  });
  expect(sent).toEqual([["a", "b", "c"], ["b"], ["b"]]);
  expect(lost.size).toBe(0);
});

it("gives up on what is the sender's fault at once, and on the rest after five tries", async () => {
  const sent: string[][] = [];
  const lost = await sendEntries(entries, async (left) => {
    sent.push(left.map(({ Id }) => Id));
    return [...(sent.length === 1 ? [{ Id: "a", SenderFault: true }] : []), { Id: "c", SenderFault: false }];
  });
  expect(sent).toEqual([["a", "b", "c"], ["c"], ["c"], ["c"], ["c"]]);
  expect([...lost].sort()).toEqual(["a", "c"]);
});

it("fails where the call fails", async () => {
  await expect(sendEntries(entries, () => Promise.reject(new TypeError()))).rejects.toThrow(TypeError);
});
