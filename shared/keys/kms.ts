import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import type { DataKeys } from "../store/data-keys.ts";
import type { UnwrapDataKey } from "./keys.ts";

const contextOf = (tenant: string) => ({ tenant, purpose: "tenant-data-key" });

/** One KMS client; where KMS is comes from the environment. */
export const kmsClient = (): KMSClient => new KMSClient({ maxAttempts: 4 });

/** Opens data keys by KMS; the tenant is part of what KMS authenticates, so one tenant's key cannot pass for another's. */
export const unwrapByKms =
  (kms: KMSClient, keyId: string, stored: DataKeys): UnwrapDataKey =>
  async (tenant) => {
    const wrapped = await stored.wrapped(tenant);
    if (!wrapped) throw new Error("the tenant has no data key");
    const command = new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: contextOf(tenant) });
    const { Plaintext } = await kms.send(command);
    if (!Plaintext) throw new Error("KMS gave no plaintext");
    return Plaintext;
  };

/** Gives a tenant its data key, once. For operators; no function of the pipeline may do this. */
export async function createDataKey(kms: KMSClient, keyId: string, stored: DataKeys, tenant: string): Promise<void> {
  const command = new GenerateDataKeyCommand({
    KeyId: keyId,
    KeySpec: "AES_256",
    EncryptionContext: contextOf(tenant),
  });
  const { CiphertextBlob } = await kms.send(command);
  if (!CiphertextBlob) throw new Error("KMS gave no data key");
  await stored.add(tenant, CiphertextBlob);
}
