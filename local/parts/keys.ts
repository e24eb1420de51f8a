import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import * as z from "zod";
import type { Answer, Call } from "../gate/call.ts";

/** A key that the template declares. */
export interface DeclaredKey {
  id: string;
  arn: string;
  aliases: string[];
}

interface EmbeddedKeys {
  handle(call: Call): Promise<Answer>;
  /** ARN of a key by id, ARN or alias, or by what it sealed. */
  keyArn(reference: { key: string } | { ciphertext: string }): string | undefined;
}

const version = 1;
const idBytes = 36;
const nonceBytes = 12;
const tagBytes = 16;
const plainLimit = 4_096;

const context = z.record(z.string(), z.string()).default({});
const base64 = z.base64().transform((text) => Buffer.from(text, "base64"));
const inputs = {
  Encrypt: z.object({ KeyId: z.string(), Plaintext: base64, EncryptionContext: context }),
  Decrypt: z.object({ KeyId: z.string().optional(), CiphertextBlob: base64, EncryptionContext: context }),
  GenerateDataKey: z.object({
    KeyId: z.string(),
    KeySpec: z.enum(["AES_256", "AES_128"]).optional(),
    NumberOfBytes: z.int().min(1).max(1_024).optional(),
    EncryptionContext: context,
  }),
};

/** KMS's embedded part: a master key for each declared key in a file that only its owner may read. */
export function openKeys(file: string, declared: readonly DeclaredKey[]): EmbeddedKeys {
  const masters = loadKeyring(file, declared);
  const byName = new Map(
    declared.flatMap((key) => [key.id, key.arn, ...key.aliases].map((name): [string, DeclaredKey] => [name, key])),
  );

  function keyNamed(name: string): DeclaredKey {
    const key = byName.get(
      name.startsWith("arn:") && name.includes(":alias/") ? name.slice(name.indexOf("alias/")) : name,
    );
    if (key === undefined) throw new KeyFault("NotFoundException", "The key is not found.");
    return key;
  }

  function seal(key: DeclaredKey, plain: Buffer, about: Record<string, string>): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", masterOf(masters, key.id), nonce);
    cipher.setAAD(contextBytes(about));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([Buffer.from([version]), Buffer.from(key.id), nonce, cipher.getAuthTag(), sealed]).toString(
      "base64",
    );
  }

  function open(blob: Buffer, about: Record<string, string>): { key: DeclaredKey; plain: Buffer } {
    const key = byName.get(sealingKey(blob) ?? "");
    if (key === undefined) throw new KeyFault("InvalidCiphertextException", "The ciphertext cannot be opened.");
    const [nonceAt, tagAt, sealedAt] = [1 + idBytes, 1 + idBytes + nonceBytes, 1 + idBytes + nonceBytes + tagBytes];
    try {
      const decipher = createDecipheriv("aes-256-gcm", masterOf(masters, key.id), blob.subarray(nonceAt, tagAt));
      decipher.setAAD(contextBytes(about));
      decipher.setAuthTag(blob.subarray(tagAt, sealedAt));
      return { key, plain: Buffer.concat([decipher.update(blob.subarray(sealedAt)), decipher.final()]) };
    } catch {
      throw new KeyFault("InvalidCiphertextException", "The ciphertext cannot be opened.");
    }
  }

  const operations: Record<string, (input: unknown) => object> = {
    Encrypt(input) {
      const { KeyId, Plaintext, EncryptionContext } = read(inputs.Encrypt, input);
      if (Plaintext.length > plainLimit) throw new KeyFault("ValidationException", "The plaintext is over 4096 bytes.");
      const key = keyNamed(KeyId);
      return {
        KeyId: key.arn,
        CiphertextBlob: seal(key, Plaintext, EncryptionContext),
        EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
      };
    },
    Decrypt(input) {
      const { KeyId, CiphertextBlob, EncryptionContext } = read(inputs.Decrypt, input);
      const { key, plain } = open(CiphertextBlob, EncryptionContext);
      if (KeyId !== undefined && keyNamed(KeyId) !== key) {
        throw new KeyFault("IncorrectKeyException", "The ciphertext was sealed with another key.");
      }
      return { KeyId: key.arn, Plaintext: plain.toString("base64"), EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
    },
    GenerateDataKey(input) {
      const { KeyId, KeySpec, NumberOfBytes, EncryptionContext } = read(inputs.GenerateDataKey, input);
      if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
        throw new KeyFault("ValidationException", "Give either KeySpec or NumberOfBytes.");
      }
      const key = keyNamed(KeyId);
      const plain = randomBytes(NumberOfBytes ?? (KeySpec === "AES_128" ? 16 : 32));
      return {
        KeyId: key.arn,
        Plaintext: plain.toString("base64"),
        CiphertextBlob: seal(key, plain, EncryptionContext),
      };
    },
  };

  return {
    async handle({ headers, body }) {
      const operation = operations[String(headers["x-amz-target"]).split(".")[1] ?? ""];
      if (operation === undefined)
        return fault("UnknownOperationException", "The embedded KMS does not know this operation.");
      try {
        return answer(200, operation(JSON.parse(body)));
      } catch (error) {
        if (error instanceof KeyFault) return fault(error.code, error.message);
        throw error;
      }
    },
    keyArn(reference) {
      const name = "key" in reference ? reference.key : sealingKey(Buffer.from(reference.ciphertext, "base64"));
      try {
        return name === undefined ? undefined : keyNamed(name).arn;
      } catch {
        return undefined;
      }
    },
  };
}

class KeyFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function read<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => issue.path[0]).join(", ");
  throw new KeyFault("ValidationException", `Not valid: ${places}`);
}

function sealingKey(blob: Buffer): string | undefined {
  if (blob[0] !== version || blob.length < 1 + idBytes + nonceBytes + tagBytes) return undefined;
  return blob.subarray(1, 1 + idBytes).toString("latin1");
}

/** The same bytes whatever the order in which the context's names were written. */
function contextBytes(about: Record<string, string>): Buffer {
  const pairs = Object.entries(about).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(pairs)).digest();
}

function masterOf(masters: ReadonlyMap<string, Buffer>, id: string): Buffer {
  const master = masters.get(id);
  if (master === undefined) throw new Error("a declared key has no master key in the keyring");
  return master;
}

function loadKeyring(file: string, declared: readonly DeclaredKey[]): Map<string, Buffer> {
  const kept: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const missing = declared.filter(({ id }) => kept[id] === undefined);
  for (const { id } of missing) kept[id] = randomBytes(32).toString("base64");
  if (missing.length > 0) {
    // Renamed into place: a keyring cut short would make everything sealed unreadable.
    writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  }
  return new Map(Object.entries(kept).map(([id, master]) => [id, Buffer.from(master, "base64")]));
}

function answer(status: number, value: object): Answer {
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(value) };
}

function fault(code: string, message: string): Answer {
  return answer(400, { __type: code, message });
}
