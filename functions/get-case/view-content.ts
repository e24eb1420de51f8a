import type * as z from "zod";
import type { caseView } from "../../shared/contracts/case-view.ts";
import { type Case, caseIdOf } from "../../shared/domain/case.ts";
import type { ItemRef } from "../../shared/domain/id.ts";
import type { Content, KeptMedia } from "../../shared/domain/kept-content.ts";
import { fillLink } from "../../shared/domain/link-template.ts";
import { seesItem } from "../../shared/domain/sees-item.ts";
import type { Caller, TenantSettings } from "../../shared/domain/tenant.ts";
import type { SettingsOf } from "../../shared/runtime/tenant-context.ts";
import type { Contents } from "../../shared/store/contents.ts";
import type { Verdicts } from "../../shared/store/verdicts.ts";

export interface ContentPorts {
  readonly contents: Pick<Contents, "get">;
  readonly verdicts: Pick<Verdicts, "find">;
  readonly settingsOf: SettingsOf;
}

type View = z.infer<typeof caseView>;
type Parent = NonNullable<NonNullable<View["thread"]>["parent"]>;
type Links = Pick<TenantSettings, "itemUrl" | "mediaUrl">;

interface Placed {
  readonly ref: Pick<ItemRef, "kind" | "id">;
  readonly channelId?: string | undefined;
}

/** What is shown of an item, and whose words beside its own were read for it. */
export interface ShownContent {
  readonly view: Pick<View, "content" | "contentWithheld" | "thread" | "links">;
  /** The case that the parent has, or would have. */
  readonly alsoRead?: string;
}

/** Why there are no words to show. */
function whyWithheld({ ref, verdict }: Pick<Case, "ref" | "verdict">): NonNullable<View["contentWithheld"]> {
  if (verdict.authorId.startsWith("erased.")) return "erased";
  if (ref.kind === "audience") return "no_text";
  return verdict.visibility === "private" ? "private" : "expired";
}

/** Who reads what the desk writes among itself, and people's words: those who work cases. */
export const worksCases = ({ role }: Caller): boolean => role !== "auditor" && role !== "brand";
const readsWords = (caller: Caller, { verdict }: Pick<Case, "verdict">): boolean =>
  worksCases(caller) || (caller.role === "brand" && verdict.visibility === "public");

const linkOf = ({ itemUrl }: Links, { ref: { kind, id }, channelId: channel }: Placed): string | undefined =>
  itemUrl === undefined ? undefined : fillLink(itemUrl, { kind, id, channel });

const wordsOf = ({ text, title, excerpt, media = [] }: Content, { mediaUrl }: Links, { ref, channelId }: Placed) => {
  const urlOf = ({ id, type }: KeptMedia) =>
    mediaUrl && fillLink(mediaUrl, { kind: type, id, item: ref.id, channel: channelId });
  const shown = media.map((one) => {
    const url = urlOf(one);
    return { ...one, ...(url === undefined ? {} : { url }) };
  });
  return {
    text,
    ...(title === undefined ? {} : { title }),
    excerpt,
    ...(shown.length > 0 ? { media: shown } : {}),
  };
};

/**
 * The words of a case's item where policy lets us keep them and the caller's role lets them see them, the reason where
 * not; what it answers, by the same rules; and where the platform shows them.
 */
export function viewContent({ contents, verdicts, settingsOf }: ContentPorts) {
  const parentOf = async (
    caller: Caller,
    id: string,
    links: Links,
    channelId: string | undefined,
    now: Date,
  ): Promise<{ readonly parent: Parent; readonly alsoRead?: string }> => {
    const { tenant } = caller;
    const [latest] = (await verdicts.find(tenant, "post", id, now)).verdicts;
    const ref = latest?.ref ?? { kind: "post" as const, id };
    const place = { ref, channelId: latest?.channelId ?? channelId };
    const link = linkOf(links, place);
    const known = { id, ...(link === undefined ? {} : { link }) };
    if (!latest) return { parent: { ...known, withheld: "unknown" } };
    if (!seesItem(caller, latest)) return { parent: { ...known, withheld: "role" } };
    const kept = await contents.get({ tenant, author: latest.authorId, ref: latest.ref }, now);
    if (!kept) {
      const withheld = latest.visibility === "private" ? "private" : "not_kept";
      return { parent: { ...known, ref: latest.ref, withheld } };
    }
    return {
      parent: { ...known, ref: latest.ref, ...wordsOf(kept, links, place) },
      alsoRead: caseIdOf(tenant, latest.ref),
    };
  };

  return async (found: Case, authorId: string, caller: Caller, now: Date): Promise<ShownContent> => {
    const { tenant, ref, verdict } = found;
    const links: Links = (await settingsOf(tenant)) ?? {};
    const place = { ref, channelId: verdict.channelId };
    const isErased = authorId.startsWith("erased.");
    const item = isErased ? undefined : linkOf(links, place);
    const linked = { links: item === undefined ? {} : { item } };
    if (!readsWords(caller, found)) return { view: { contentWithheld: "role", ...linked } };
    const kept = await contents.get({ tenant, author: authorId, ref }, now);
    if (!kept) return { view: { contentWithheld: whyWithheld(found), ...linked } };
    const content = wordsOf(kept, links, place);
    const { thread } = kept;
    if (!thread) return { view: { content, ...linked } };
    if (thread.parentId === undefined) return { view: { content, thread: { id: thread.id }, ...linked } };
    const { parent, alsoRead } = await parentOf(caller, thread.parentId, links, verdict.channelId, now);
    return {
      view: { content, thread: { id: thread.id, parent }, ...linked },
      ...(alsoRead === undefined ? {} : { alsoRead }),
    };
  };
}
