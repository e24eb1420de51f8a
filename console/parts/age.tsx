import { clockTime, duration, moment } from "./duration.ts";
import { useNow } from "./now.ts";
import "./parts.css";

/** How long ago something was, "12 min"; the moment itself on pointing at it. */
export function Age({ since, ago = false }: { readonly since: string; readonly ago?: boolean }) {
  const now = useNow();
  const length = duration((now - Date.parse(since)) / 1_000);
  return (
    <time className="age" dateTime={since} title={moment(since)}>
      {ago ? `${length} ago` : length}
    </time>
  );
}

/** How long something lasts yet, "9:05", second by second; `over` once it is past. */
export function Countdown({
  until,
  over,
  after = "",
}: {
  readonly until: string;
  readonly over: string;
  /** Said after the time that is left. */
  readonly after?: string;
}) {
  const left = (Date.parse(until) - useNow(1_000)) / 1_000;
  return (
    <time className="age" dateTime={until} title={moment(until)}>
      {left > 0 ? `${clockTime(left)}${after}` : over}
    </time>
  );
}

/** A moment on the reader's clock. */
export function Moment({ at }: { readonly at: string }) {
  return (
    <time className="age" dateTime={at}>
      {moment(at)}
    </time>
  );
}
