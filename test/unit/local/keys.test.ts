import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openKeys } from "../../../local/parts/keys.ts";

const folder = mkdtempSync(join(tmpdir(), "keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

const one = { id: "11111111-1111-4111-8111-111111111111", arn: "arn:one", aliases: ["alias/one"] };
const two = { id: "22222222-2222-4222-8222-222222222222", arn: "arn:two", aliases: [] };
const file = join(folder, "keyring.json");

const ask = async (keys: ReturnType<typeof openKeys>, operation: string, input: object) => {
  const { status, body } = await keys.handle({
    service: "kms",
    headers: { "x-amz-target": `TrentService.${operation}` },
    body: JSON.stringify(input),
  });
  return { status, ...JSON.parse(body) };
};

describe("the embedded KMS", () => {
  test("unseals a data key under its own context only, after a restart too", async () => {
    const EncryptionContext = { tenant: "acme", purpose: "content" };
    const made = await ask(openKeys(file, [one, two]), "GenerateDataKey", {
      KeyId: "alias/one",
      KeySpec: "AES_256",
      EncryptionContext,
    });
    expect(made).toMatchObject({ status: 200, KeyId: "arn:one" });
    expect(Buffer.from(made.Plaintext, "base64")).toHaveLength(32);

    const again = openKeys(file, [one, two]);
    const { CiphertextBlob } = made;
    const turned = { purpose: "content", tenant: "acme" };
    expect(await ask(again, "Decrypt", { CiphertextBlob, EncryptionContext: turned })).toMatchObject({
      Plaintext: made.Plaintext,
      KeyId: "arn:one",
    });
    for (const context of [{}, { tenant: "other", purpose: "content" }, { tenant: "acme" }]) {
      expect(await ask(again, "Decrypt", { CiphertextBlob, EncryptionContext: context })).toMatchObject({
        status: 400,
        __type: "InvalidCiphertextException",
      });
    }
    expect(await ask(again, "Decrypt", { CiphertextBlob, EncryptionContext, KeyId: "arn:two" })).toMatchObject({
      __type: "IncorrectKeyException",
    });
    expect(again.keyArn({ ciphertext: CiphertextBlob })).toBe("arn:one");
  });

  test("encrypts and decrypts, differently each time", async () => {
    const keys = openKeys(file, [one, two]);
    const Plaintext = Buffer.from("a short secret").toString("base64");
    const [first, second] = [
      await ask(keys, "Encrypt", { KeyId: two.id, Plaintext }),
      await ask(keys, "Encrypt", { KeyId: "arn:two", Plaintext }),
    ];
    expect(first.CiphertextBlob).not.toBe(second.CiphertextBlob);
    expect(await ask(keys, "Decrypt", { CiphertextBlob: first.CiphertextBlob })).toMatchObject({
      Plaintext,
      KeyId: "arn:two",
    });
  });

  test.each([
    ["Encrypt", { KeyId: "nobody", Plaintext: "" }, "NotFoundException"],
    ["Encrypt", { KeyId: one.id, Plaintext: Buffer.alloc(4_097).toString("base64") }, "ValidationException"],
    ["Encrypt", { KeyId: one.id, Plaintext: "not base64!" }, "ValidationException"],
    ["GenerateDataKey", { KeyId: one.id }, "ValidationException"],
    ["Decrypt", { CiphertextBlob: "AAAA" }, "InvalidCiphertextException"],
    ["ScheduleKeyDeletion", { KeyId: one.id }, "UnknownOperationException"],
  ])("%s of %j is refused", async (operation, input, code) => {
    expect(await ask(openKeys(file, [one, two]), operation, input)).toMatchObject({ status: 400, __type: code });
  });

  test("notices a changed byte", async () => {
    const keys = openKeys(file, [one]);
    const { CiphertextBlob } = await ask(keys, "GenerateDataKey", { KeyId: one.id, NumberOfBytes: 16 });
    const blob = Buffer.from(CiphertextBlob, "base64");
    blob.writeUInt8(blob.readUInt8(blob.length - 1) ^ 1, blob.length - 1);
    expect(await ask(keys, "Decrypt", { CiphertextBlob: blob.toString("base64") })).toMatchObject({
      __type: "InvalidCiphertextException",
    });
  });

  test("keeps its keyring from others, and each key's master key when one is added", () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = JSON.parse(readFileSync(file, "utf8"));
    openKeys(file, [one, two, { id: "33333333-3333-4333-8333-333333333333", arn: "arn:three", aliases: [] }]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject(before);
  });
});
