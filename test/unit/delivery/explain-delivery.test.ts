import { expect, it } from "vitest";
import type { PostFailure } from "../../../shared/delivery/guarded-post.ts";
import { explainAttempt, explainDelivery } from "../../../shared/domain/explain-delivery.ts";
import { PAUSES } from "../../../shared/domain/subscription.ts";

/** Every way in which a request ends without an answer: one that is added does not compile until it stands here. */
const FAILURES: Record<PostFailure, true> = {
  not_a_url: true,
  url_too_long: true,
  not_https: true,
  url_with_credentials: true,
  port_not_allowed: true,
  not_a_public_name: true,
  not_an_address: true,
  address_not_public: true,
  name_not_resolved: true,
  connection_refused: true,
  connection_timed_out: true,
  connection_reset: true,
  unreachable: true,
  certificate_not_trusted: true,
  certificate_expired: true,
  certificate_of_another_name: true,
  tls_failed: true,
  answer_timed_out: true,
  not_http: true,
  request_not_writable: true,
};
const UNKNOWN = "It could not be sent";

it("every failure has words of its own", () => {
  for (const outcome of Object.keys(FAILURES)) expect(explainAttempt({ outcome })).not.toContain(UNKNOWN);
  const words = Object.keys(FAILURES).map((outcome) => explainAttempt({ outcome }));
  expect(new Set(words).size).toBe(words.length);
});

it("every status has words that name it", () => {
  for (let status = 300; status < 600; status += 1)
    expect(explainAttempt({ outcome: "status", status })).toContain(String(status));
});

it("every reason that a delivery can have has words", () => {
  const paused = PAUSES.map((why) => `paused_${why}`);
  const others = [
    "gone",
    "attempts_used_up",
    "waited_too_long",
    "endpoint_failing",
    "test",
    "channel_unavailable",
    "address_missing",
    "subscription_deleted",
  ];
  for (const reason of [...paused, ...others])
    expect(explainDelivery({ state: "cancelled", reason, attempts: [] })).not.toContain(UNKNOWN);
});

it("of one that waits after a failure its last attempt speaks, and of one that arrived nothing", () => {
  const attempt = { at: "2026-11-23T00:00:00Z", ms: 1, outcome: "connection_refused" };
  expect(explainDelivery({ state: "waiting", attempts: [attempt] })).toBe(explainAttempt(attempt));
  expect(explainDelivery({ state: "delivered", attempts: [attempt] })).toBeUndefined();
});
