import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A certificate and its key, PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateOptions {
  /** Names that it is for. */
  readonly names: readonly string[];
  /** Days from now; 1 if absent. In the past for one that has expired. */
  readonly days?: number;
}

export interface Authority extends Certificate {
  issue(options: CertificateOptions): Certificate;
}

// X.509 in DER, as much of it as TLS asks for: Node reads certificates and makes none.
const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  if (body.length < 128) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 255 ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
const bits = (body: Uint8Array): Buffer => tlv(0x03, Buffer.of(0), body);
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, "hex"));
const time = (at: Date): Buffer => tlv(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)}Z`));
const name = (common: string): Buffer => sequence(tlv(0x31, sequence(oid("550403"), tlv(0x0c, Buffer.from(common)))));
const extension = (id: string, isCritical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(isCritical ? [tlv(0x01, Buffer.of(0xff))] : []), tlv(0x04, value));

const ECDSA_WITH_SHA256 = sequence(oid("2a8648ce3d040302"));
const DAY = 86_400_000;

interface Content {
  readonly issuer: string;
  readonly subject: string;
  readonly until: Date;
  readonly extensions: readonly Buffer[];
}

function certificate({ issuer, subject, until, extensions }: Content, of: KeyObject, by: KeyObject): string {
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.of(2))),
    tlv(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    name(issuer),
    sequence(time(new Date(Date.now() - 30 * DAY)), time(until)),
    name(subject),
    createPublicKey(of).export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...extensions)),
  );
  const signed = sequence(body, ECDSA_WITH_SHA256, bits(sign("sha256", body, by)));
  const lines = signed.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const newKey = (): KeyObject => generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const pem = (key: KeyObject): string => String(key.export({ type: "pkcs8", format: "pem" }));

/** A certificate authority of a test's own. */
export function newAuthority(): Authority {
  const issuer = `Authority ${randomBytes(4).toString("hex")}`;
  const key = newKey();
  const until = new Date(Date.now() + 7 * DAY);
  const isAuthority = extension("551d13", true, sequence(tlv(0x01, Buffer.of(0xff))));
  return {
    key: pem(key),
    cert: certificate({ issuer, subject: issuer, until, extensions: [isAuthority] }, key, key),
    issue({ names, days = 1 }) {
      const own = newKey();
      const named = sequence(...names.map((one) => tlv(0x82, Buffer.from(one))));
      const extensions = [extension("551d11", false, named)];
      const content = { issuer, subject: names[0] ?? "", until: new Date(Date.now() + days * DAY), extensions };
      return { key: pem(own), cert: certificate(content, own, key) };
    },
  };
}
