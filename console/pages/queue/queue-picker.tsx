import Select from "@cloudscape-design/components/select";
import { useAnswer } from "../../api/use-answer.ts";
import { duration } from "../../parts/duration.ts";
import { LANE_WORDS } from "./case-words.ts";
import type { QueueQuery } from "./queue-query.ts";

const PACE = 30_000;

/** Which queue is shown, with how many cases wait in each. */
export function QueuePicker({ queue, set }: Pick<QueueQuery, "queue" | "set">) {
  const { value } = useAnswer("list-queues", {}, { every: PACE, fresh: PACE });
  const known = (value?.queues ?? []).map(({ name, lanes }) => {
    const waiting = lanes.reduce((all, lane) => all + lane.waiting, 0);
    const oldest = Math.max(0, ...lanes.map(({ oldestSeconds = 0 }) => oldestSeconds));
    const severe = lanes.find(({ lane }) => lane === "severe_safety")?.waiting ?? 0;
    return {
      value: name,
      label: name,
      labelTag: waiting.toLocaleString(),
      description: waiting === 0 ? "nothing waits" : `oldest ${duration(oldest)}`,
      ...(severe > 0 && { tags: [`${severe} ${LANE_WORDS.severe_safety.toLowerCase()}`] }),
    };
  });
  const waiting = value?.queues.find(({ name }) => name === queue)?.lanes.reduce((all, lane) => all + lane.waiting, 0);
  const title = waiting === undefined ? "Queue" : `Queue, ${waiting.toLocaleString()} waiting`;
  const options = known.some(({ value: name }) => name === queue) ? known : [{ value: queue, label: queue }, ...known];
  return (
    <Select
      ariaLabel={title}
      inlineLabelText={title}
      selectedOption={options.find(({ value: name }) => name === queue) ?? null}
      options={options}
      expandToViewport
      triggerVariant="label"
      onChange={({ detail }) => set({ queue: detail.selectedOption.value })}
    />
  );
}
