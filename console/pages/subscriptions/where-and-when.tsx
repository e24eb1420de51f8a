import { useAnswer } from "../../api/use-answer.ts";
import { OneField, Switched, TextField, ZoneField } from "../../parts/fields.tsx";
import { Section } from "../../parts/section.tsx";
import { CHANNEL_WORDS } from "../../parts/subscription-words.ts";
import type { Field } from "./field-pointers.ts";
import { type Draft, isStream } from "./subscription-draft.ts";

interface WhereAndWhenProps {
  readonly id: string;
  readonly draft: Draft;
  /** The address of a room may stand there already, of which only the host is shown. */
  readonly isRoomKept: boolean;
  change(next: Partial<Draft>): void;
  error(field: Field): string | undefined;
}

const CHANNELS = (["inbox", "email", "slack", "teams", "webhook"] as const).map(
  (one) => [one, CHANNEL_WORDS[one]] as const,
);
const TIMINGS = [
  ["immediate", "At once"],
  ["hour", "Gathered, every hour"],
  ["day", "Gathered, every day"],
] as const;

/** By which channel, when, how much at most, and who has to acknowledge. */
export function WhereAndWhen(props: WhereAndWhenProps) {
  const { draft, change, error } = props;
  return (
    <>
      <Section title="Where it goes">
        <Where {...props} />
      </Section>
      {!isStream(draft) && (
        <Section title="When">
          <div className="subscriptions-fields">
            <OneField
              label="Told"
              error={error("timing")}
              all={TIMINGS}
              value={draft.timing}
              onChange={(timing) => change({ timing })}
            />
            {draft.timing === "day" && (
              <TextField
                label="At"
                error={error("at")}
                value={draft.at}
                placeholder="08:00"
                onChange={(at) => change({ at })}
              />
            )}
            {draft.timing !== "immediate" && (
              <ZoneField
                label="Time zone"
                error={error("zone")}
                value={draft.zone}
                onChange={(zone) => change({ zone })}
              />
            )}
            <TextField
              label="Most messages an hour"
              description="What is beyond is told in one summary."
              error={error("perHour")}
              value={draft.perHour}
              isNumber
              onChange={(perHour) => change({ perHour })}
            />
          </div>
          <Quiet {...props} />
        </Section>
      )}
      {!isStream(draft) && (
        <Section title="Duty">
          <Duty {...props} />
        </Section>
      )}
    </>
  );
}

const HINTS = {
  slack: "The incoming webhook's address. Whoever knows it can write there: it is stored sealed, and not shown again.",
  teams: "The workflow's address. Whoever knows it can write there: it is stored sealed, and not shown again.",
  webhook: "Begins with https://. Messages are signed; the secret is made once the subscription is there.",
} as const;

function Where({ draft, change, error, isRoomKept }: WhereAndWhenProps) {
  const { channel } = draft;
  const isRoom = channel === "slack" || channel === "teams";
  return (
    <div className="subscriptions-fields">
      <OneField
        label="Channel"
        description="Every alert stands in the inbox, too."
        error={error("channel")}
        all={CHANNELS}
        value={channel}
        onChange={(chosen) => change({ channel: chosen })}
      />
      {channel === "email" && (
        <TextField
          label="E-mail address"
          description="Its reader is asked by mail first; nothing is sent until they agree."
          error={error("to")}
          value={draft.to}
          onChange={(to) => change({ to })}
        />
      )}
      {(isRoom || channel === "webhook") && (
        <TextField
          label="Address"
          description={
            isRoom && isRoomKept ? `${HINTS[channel]} One that ends with /… stays as it is.` : HINTS[channel]
          }
          error={error("url")}
          value={draft.url}
          placeholder="https://"
          onChange={(url) => change({ url })}
        />
      )}
      {channel === "webhook" && (
        <Switched
          label="Every event by itself"
          description="For platforms: as it happens, without grouping, quiet hours or duty."
          checked={draft.stream}
          onChange={(stream) => change({ stream })}
        />
      )}
    </div>
  );
}

const Quiet = ({ draft, change, error }: WhereAndWhenProps) => (
  <div className="subscriptions-fields">
    <Switched
      label="Quiet hours"
      description="What comes then is told afterwards; severe safety passes."
      checked={draft.isQuiet}
      onChange={(isQuiet) => change({ isQuiet })}
    />
    {draft.isQuiet && (
      <>
        <TextField
          label="Quiet from"
          error={error("quietFrom")}
          value={draft.quietFrom}
          placeholder="22:00"
          onChange={(quietFrom) => change({ quietFrom })}
        />
        <TextField
          label="Quiet until"
          error={error("quietTo")}
          value={draft.quietTo}
          placeholder="07:00"
          onChange={(quietTo) => change({ quietTo })}
        />
        <ZoneField
          label="Time zone of the quiet hours"
          error={error("quietZone")}
          value={draft.quietZone}
          onChange={(quietZone) => change({ quietZone })}
        />
      </>
    )}
  </div>
);

function Duty({ id, draft, change, error }: WhereAndWhenProps) {
  const { value } = useAnswer("list-subscriptions", {}, { fresh: 60_000 });
  const others = (value?.subscriptions ?? []).flatMap(({ id: other, document: { name, channel } }) =>
    other === id || (channel.type === "webhook" && channel.stream) ? [] : [[other, name] as const],
  );
  return (
    <div className="subscriptions-fields">
      <Switched
        label="Pass on what nobody acknowledges"
        description="Adverse events, harm to life or to a child, and threats must be acknowledged. Where nobody does so in time, another subscription is told; without one, this one is told again after an hour."
        checked={draft.hasDuty}
        onChange={(hasDuty) => change({ hasDuty })}
      />
      {draft.hasDuty && (
        <>
          <TextField
            label="Minutes to acknowledge"
            error={error("ackMinutes")}
            value={draft.ackMinutes}
            isNumber
            onChange={(ackMinutes) => change({ ackMinutes })}
          />
          <OneField
            label="Then told"
            error={error("escalateTo")}
            all={others}
            value={draft.escalateTo}
            onChange={(escalateTo) => change({ escalateTo })}
          />
        </>
      )}
    </div>
  );
}
