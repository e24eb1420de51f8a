import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from "@aws-sdk/client-kms";
import { describe, expect, it } from "vitest";
import { tenantKeys } from "../../../shared/keys/keys.ts";
import { createDataKey, unwrapByKms } from "../../../shared/keys/kms.ts";
import type { DataKeys } from "../../../shared/store/data-keys.ts";
import { NOW } from "../domain/examples.ts";

/** A KMS whose ciphertext is what it was asked for: key, context and a serial number; it opens only what agrees. */
function fakeKms() {
  const plain = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const client = {
    async send(command: GenerateDataKeyCommand | DecryptCommand) {
      asked.push(command.constructor.name);
      const { KeyId, EncryptionContext } = command.input;
      const seal = JSON.stringify([KeyId, EncryptionContext]);
      if (command instanceof GenerateDataKeyCommand) {
        const text = `${seal}#${plain.size}`;
        plain.set(text, Buffer.alloc(32, plain.size + 1));
        return { CiphertextBlob: Buffer.from(text), Plaintext: plain.get(text) };
      }
      const text = Buffer.from(command.input.CiphertextBlob ?? []).toString();
      if (!text.startsWith(`${seal}#`)) throw Object.assign(new Error("no"), { name: "InvalidCiphertextException" });
      return { Plaintext: plain.get(text) };
    },
  } as unknown as KMSClient;
  return { client, asked };
}

function memoryDataKeys() {
  const rows = new Map<string, Uint8Array>();
  const port: DataKeys = {
    wrapped: async (tenant) => rows.get(tenant),
    async add(tenant, wrapped) {
      if (rows.has(tenant)) return false;
      rows.set(tenant, wrapped);
      return true;
    },
  };
  return { ...port, rows };
}

describe("data keys wrapped by KMS", () => {
  it("are made once and open by their own key and tenant", async () => {
    const [{ client }, stored] = [fakeKms(), memoryDataKeys()];
    await createDataKey(client, "key-1", stored, "acme");
    const first = stored.rows.get("acme");
    await createDataKey(client, "key-1", stored, "acme");
    expect(stored.rows.get("acme")).toBe(first);
    expect(await unwrapByKms(client, "key-1", stored)("acme")).toEqual(Buffer.alloc(32, 1));
    await expect(unwrapByKms(client, "key-2", stored)("acme")).rejects.toThrow();
  });

  it("open for no other tenant, even if its row was copied there", async () => {
    const [{ client }, stored] = [fakeKms(), memoryDataKeys()];
    await createDataKey(client, "key-1", stored, "acme");
    stored.rows.set("other", stored.rows.get("acme") ?? Buffer.of());
    await expect(unwrapByKms(client, "key-1", stored)("other")).rejects.toThrow();
  });

  it("cost one call to KMS, however much is sealed", async () => {
    const [{ client, asked }, stored] = [fakeKms(), memoryDataKeys()];
    await createDataKey(client, "key-1", stored, "acme");
    const keys = tenantKeys(unwrapByKms(client, "key-1", stored), () => NOW);
    for (let round = 0; round < 20; round += 1) await keys.open("acme", "c", await keys.seal("acme", "c", "x"));
    expect(asked).toEqual([GenerateDataKeyCommand.name, DecryptCommand.name]);
  });

  it("are missing for a tenant that nobody created, and KMS is not asked", async () => {
    const { client, asked } = fakeKms();
    await expect(unwrapByKms(client, "key-1", memoryDataKeys())("nobody")).rejects.toThrow("no data key");
    expect(asked).toEqual([]);
  });
});
