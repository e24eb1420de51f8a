const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formats.set(timeZone, made);
  return made;
}

/** `Sun 22 Nov 2026, 13:00 (Europe/Zurich)`. @param at RFC 3339 */
export function momentIn(at: string, timeZone: string): string {
  const parts = formatOf(timeZone).formatToParts(new Date(at));
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? "";
  const day = `${of("weekday")} ${of("day")} ${of("month")} ${of("year")}`;
  return `${day}, ${of("hour")}:${of("minute")} (${timeZone})`;
}
