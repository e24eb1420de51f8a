/** How a request ended without an answer, as a code. */
export type TransportFailure =
  | "name_not_resolved"
  | "connection_refused"
  | "connection_timed_out"
  | "connection_reset"
  | "unreachable"
  | "certificate_not_trusted"
  | "certificate_expired"
  | "certificate_of_another_name"
  | "tls_failed"
  | "answer_timed_out"
  | "not_http"
  | "request_not_writable";

const BY_CODE: Readonly<Record<string, TransportFailure>> = {
  ECONNREFUSED: "connection_refused",
  ETIMEDOUT: "connection_timed_out",
  ECONNRESET: "connection_reset",
  EPIPE: "connection_reset",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  CERT_HAS_EXPIRED: "certificate_expired",
  CERT_NOT_YET_VALID: "certificate_expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate_of_another_name",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate_not_trusted",
  UNABLE_TO_GET_ISSUER_CERT: "certificate_not_trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate_not_trusted",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate_not_trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate_not_trusted",
  CERT_SIGNATURE_FAILURE: "certificate_not_trusted",
  CERT_UNTRUSTED: "certificate_not_trusted",
  CERT_REVOKED: "certificate_not_trusted",
};

/** What Node's error of a request means, without its message: that quotes names and certificates. */
export function transportFailure(error: unknown): TransportFailure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = BY_CODE[code];
  if (known) return known;
  if (code.startsWith("HPE_")) return "not_http";
  if (code === "EPROTO" || code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) return "tls_failed";
  return "connection_reset";
}
