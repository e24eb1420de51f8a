import * as z from "zod";
import type { EventFacts } from "../domain/alert-event.ts";
import { timestamp } from "../domain/id.ts";

/**
 * The body of a webhook: a CloudEvents 1.0 event in structured JSON. `id` is the event's own and so the same in every
 * endpoint's delivery of it; `webhook-id` names the delivery.
 */
export const cloudEvent = z.strictObject({
  specversion: z.literal("1.0"),
  id: z.string().min(1),
  source: z.string().min(1),
  /** `touchstone.verdict.flagged` and so on. */
  type: z.string().regex(/^touchstone(\.[a-z_]+)+$/),
  subject: z.string().optional(),
  time: timestamp,
  datacontenttype: z.literal("application/json"),
  data: z.record(z.string(), z.unknown()),
});
export type CloudEvent = z.infer<typeof cloudEvent>;

/** @param tenant becomes the source: a receiver of several tenants can tell them apart. */
export const makeCloudEvent = (
  tenant: string,
  { id, type, subject, time, data }: Pick<CloudEvent, "id" | "type" | "time" | "data"> & { readonly subject?: string },
): CloudEvent => ({
  specversion: "1.0",
  id,
  source: `urn:touchstone:${tenant}`,
  type,
  ...(subject !== undefined && { subject }),
  time,
  datacontenttype: "application/json",
  data,
});

/** What an event is about: the item, else the case, else itself. */
export const subjectOf = ({ item, case: about, id }: EventFacts): string => item?.ref.id ?? about?.id ?? id;

/** An event as webhooks push it and the feed shows it. */
export const cloudEventOf = (event: EventFacts): CloudEvent =>
  makeCloudEvent(event.tenant, {
    id: event.id,
    type: `touchstone.${event.type}`,
    subject: subjectOf(event),
    time: event.at,
    data: event,
  });
