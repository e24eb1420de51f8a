import { seeded, seedOf } from "./seeded.ts";
import type { Line, PostInput, Story } from "./story.ts";

const DAY = 86_400_000;

interface Placed {
  readonly story: Story;
  readonly line: Line;
  readonly index: number;
  /** Seconds from the begin of the sample. */
  readonly at: number;
}

function place(story: Story): Placed[] {
  let at = story.begins;
  return story.lines.map((line, index) => {
    if (index > 0) at += line.after ?? story.pace;
    return { story, line, index, at };
  });
}

function authorOf({ story, line }: Placed, now: Date): PostInput["author"] {
  const random = seeded(seedOf(line.by));
  const ordinary = { days: 30 + Math.floor(random() * 2000), followers: Math.floor(random() ** 3 * 4000) };
  const { days, ...facts } = {
    ...ordinary,
    following: Math.floor(random() * 600),
    itemsPosted: Math.floor(random() * 3000),
    ...story.cast?.[line.by],
  };
  return { id: line.by, createdAt: new Date(now.getTime() - days * DAY).toISOString(), ...facts };
}

/** What of an edited post's identity comes from the line that it edits. */
const origin = ({ story, line, index }: Placed): number =>
  line.edits === undefined ? index : story.lines.findIndex(({ named }) => named === line.edits);

function toPost(placed: Placed, run: string, now: Date, createdAt: Date): PostInput {
  const { story, line } = placed;
  const idOf = (index: number): string => `${story.name}.${String(index + 1).padStart(2, "0")}.${run}`;
  const id = idOf(origin(placed));
  const channel = { ...story.channel, ...line.channel };
  const language = line.language ?? story.language;
  const revision = line.edits === undefined ? "1" : String(1 + revisionsBefore(placed));
  return {
    kind: "post",
    id,
    ...(line.named || line.edits ? { revision } : {}),
    createdAt: createdAt.toISOString(),
    channel,
    author: authorOf(placed, now),
    brandIds: [...(line.brandIds ?? story.brandIds ?? [])],
    ...(line.text === undefined ? {} : { text: line.text }),
    ...(language ? { language } : {}),
    ...(line.media ? { media: line.media.map((one, index) => ({ id: `${id}.${index + 1}`, ...one })) } : {}),
    ...(story.threaded ? { thread: threadOf(placed, idOf, run) } : {}),
  };
}

const revisionsBefore = ({ story, line, index }: Placed): number =>
  story.lines.filter((other, at) => at < index && (other.named === line.edits || other.edits === line.edits)).length;

const threadOf = (placed: Placed, idOf: (index: number) => string, run: string): NonNullable<PostInput["thread"]> => ({
  id: `${placed.story.name}.${run}`,
  ...(origin(placed) > 0 ? { parentId: idOf(0) } : {}),
});

/**
 * The posts of stories, interleaved in the order of time, the last one written at `now`. The same `now` gives the same
 * posts; another gives other ids, so that each run hands in new ones.
 */
export function postItems(stories: readonly Story[], now: Date): PostInput[] {
  const run = Math.floor(now.getTime() / 1000).toString(36);
  const placed = stories.flatMap(place).sort((a, b) => a.at - b.at);
  const end = placed.at(-1)?.at ?? 0;
  return placed.map((one) => toPost(one, run, now, new Date(now.getTime() - (end - one.at) * 1000)));
}
