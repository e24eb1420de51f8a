import { useMemo } from "react";
import type { Marked } from "../../parts/marked-text.ts";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Shielded } from "../../parts/shielded.tsx";
import { placeOf } from "../queue/case-words.ts";
import type { CaseRecord } from "./case-record.ts";
import { hardToRead } from "./graphic-labels.ts";
import { ItemWords } from "./item-words.tsx";
import { MediaList } from "./media-list.tsx";
import { ParentItem } from "./parent-item.tsx";
import { PlatformLink } from "./platform-link.tsx";
import { Withheld } from "./withheld.tsx";

interface ItemInThreadProps {
  readonly record: CaseRecord;
  readonly activeLabel: string | undefined;
  setActiveLabel(label: string | undefined): void;
}

/** The item, below what it answers. */
export function ItemInThread({ record, activeLabel, setActiveLabel }: ItemInThreadProps) {
  const { content, thread, links, ref, verdict } = record;
  const hard = hardToRead(record);
  const marks = useMemo(() => marksOf(record), [record]);
  if (ref.kind === "audience") return null;
  return (
    <section className="thread" aria-label="The item in its thread">
      {thread?.parent && <ParentItem parent={thread.parent} hard={hard} />}
      <article className="thread-item" aria-label="The item">
        <h3>
          {capital(placeOf({ ...verdict, ref }))} by <SafeInline text={verdict.authorId} />
        </h3>
        {record.contentWithheld && <Withheld record={record} why={record.contentWithheld} />}
        {content && (
          <>
            {content.excerpt && <p className="quiet">The beginning of a longer text; evidence is not marked in it.</p>}
            {(content.text !== "" || content.title) && (
              <Shielded kind="text" when={hard !== undefined} what={`The words are blurred: ${hard}`}>
                {content.title && (
                  <p className="thread-title">
                    <SafeInline text={content.title} />
                  </p>
                )}
                <ItemWords text={content.text} marks={marks} activeMark={activeLabel} onMark={setActiveLabel} />
              </Shielded>
            )}
            <MediaList media={content.media ?? []} />
          </>
        )}
        {links?.item && !record.contentWithheld && (
          <p>
            <PlatformLink href={links.item}>See it at the platform</PlatformLink>
          </p>
        )}
      </article>
    </section>
  );
}

const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

/** The evidence: stretches of the text that labels rest on. */
function marksOf({ content, verdict: { labels, explanation } }: CaseRecord): readonly Marked[] {
  if (!content || content.excerpt) return [];
  const titles = new Map<string, string>(explanation.map(({ label, title }) => [label, title]));
  return labels.flatMap(({ label, spans }) =>
    spans.map(([start, end]) => ({ start, end, id: label, title: titles.get(label) ?? label })),
  );
}
