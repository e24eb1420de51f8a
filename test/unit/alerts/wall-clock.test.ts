import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextDaily, nextFullHour, nextShown, wallMinutes } from "../../../shared/alerts/wall-clock.ts";

const daily = (after: string, time: string, zone: string): string =>
  nextDaily(new Date(after), time, zone).toISOString();

describe("wall clocks", () => {
  it("keep their hour over a change of time", () => {
    expect(daily("2026-03-28T12:00:00Z", "08:00", "Europe/Zurich")).toBe("2026-03-29T06:00:00.000Z");
    expect(daily("2026-03-27T12:00:00Z", "08:00", "Europe/Zurich")).toBe("2026-03-28T07:00:00.000Z");
    expect(daily("2026-10-25T07:00:00Z", "08:00", "Europe/Zurich")).toBe("2026-10-26T07:00:00.000Z");
  });

  it("come once a day: the first of an hour that comes twice, an hour later where it is skipped", () => {
    expect(daily("2026-10-24T22:30:00Z", "02:30", "Europe/Zurich")).toBe("2026-10-25T00:30:00.000Z");
    expect(daily("2026-10-25T00:30:00Z", "02:30", "Europe/Zurich")).toBe("2026-10-26T01:30:00.000Z");
    expect(daily("2026-03-29T00:00:00Z", "02:30", "Europe/Zurich")).toBe("2026-03-29T01:30:00.000Z");
    expect(daily("2026-03-08T07:00:00Z", "02:30", "America/New_York")).toBe("2026-03-08T07:30:00.000Z");
  });

  it("show a time of the repeated hour twice", () => {
    const shown = (after: string) => nextShown(new Date(after), "02:30", "Europe/Zurich").toISOString();
    expect(shown("2026-10-25T00:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
    expect(shown("2026-10-25T00:30:00Z")).toBe("2026-10-25T01:30:00.000Z");
  });

  it("know zones that are off by parts of an hour", () => {
    expect(daily("2026-11-23T00:00:00Z", "06:00", "Asia/Kathmandu")).toBe("2026-11-23T00:15:00.000Z");
    expect(nextFullHour(new Date("2026-11-23T00:20:00Z"), "Asia/Kolkata").toISOString()).toBe(
      "2026-11-23T00:30:00.000Z",
    );
    expect(nextFullHour(new Date("2026-11-23T00:15:00Z"), "Asia/Kathmandu").toISOString()).toBe(
      "2026-11-23T01:15:00.000Z",
    );
    expect(nextFullHour(new Date("2026-04-04T14:40:00Z"), "Australia/Lord_Howe").toISOString()).toBe(
      "2026-04-04T15:30:00.000Z",
    );
  });

  it("of half an hour's change, and of a day that is skipped, miss no digest and repeat none", () => {
    const series = (next: (after: Date) => Date, from: string, count: number) => {
      let at = new Date(from);
      return Array.from({ length: count }, () => {
        at = next(at);
        return at.toISOString().slice(5, 16);
      });
    };
    const lordHowe = "Australia/Lord_Howe";
    // Put back by 30 minutes on 5 April at 2:00 (+11 to +10:30), forward on 4 October at 2:00.
    expect(series((after) => nextDaily(after, "01:45", lordHowe), "2026-04-03T00:00:00Z", 3)).toEqual([
      "04-03T14:45",
      "04-04T14:45",
      "04-05T15:15",
    ]);
    expect(series((after) => nextDaily(after, "02:15", lordHowe), "2026-10-02T00:00:00Z", 3)).toEqual([
      "10-02T15:45",
      "10-03T15:45",
      "10-04T15:15",
    ]);
    expect(series((after) => nextFullHour(after, lordHowe), "2026-04-04T13:00:00Z", 4)).toEqual([
      "04-04T14:00",
      "04-04T15:30",
      "04-04T16:30",
      "04-04T17:30",
    ]);
    expect(series((after) => nextFullHour(after, lordHowe), "2026-10-03T13:35:00Z", 4)).toEqual([
      "10-03T14:30",
      "10-03T16:00",
      "10-03T17:00",
      "10-03T18:00",
    ]);
    // Apia had no 30 December 2011: from -10 to +14 at midnight.
    expect(series((after) => nextDaily(after, "08:00", "Pacific/Apia"), "2011-12-28T19:00:00Z", 3)).toEqual([
      "12-29T18:00",
      "12-30T18:00",
      "12-31T18:00",
    ]);
    expect(series((after) => nextFullHour(after, "Pacific/Apia"), "2011-12-30T08:30:00Z", 3)).toEqual([
      "12-30T09:00",
      "12-30T10:00",
      "12-30T11:00",
    ]);
    expect(series((after) => nextDaily(after, "00:15", "Asia/Kathmandu"), "2026-11-22T18:30:00Z", 2)).toEqual([
      "11-23T18:30",
      "11-24T18:30",
    ]);
  });

  it("end where no full hour is shown at a quarter, as in zones of long ago", () => {
    // By the sun, New York was 4 hours, 56 minutes and 2 seconds behind.
    const next = nextFullHour(new Date("1880-06-01T00:00:00Z"), "America/New_York");
    expect(next.getTime() - Date.parse("1880-06-01T00:00:00Z")).toBeLessThanOrEqual(3_600_000);
  });

  const zones = [
    "UTC",
    "Europe/Zurich",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Casablanca",
  ];
  it("are never late by more than a day and some, and never early, in any zone", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
        fc.integer({ min: 0, max: 1439 }),
        fc.constantFrom(...zones),
        (at, minutes, zone) => {
          const after = new Date(at);
          const time = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
          for (const next of [nextDaily(after, time, zone), nextShown(after, time, zone)]) {
            expect(next.getTime()).toBeGreaterThan(at);
            expect(next.getTime() - at).toBeLessThanOrEqual(26 * 3_600_000);
            const shown = wallMinutes(next, zone);
            // Where the time is skipped, clocks show it later by what they were put forward.
            const off = (shown - minutes + 1440) % 1440;
            expect([0, 30, 60]).toContain(off);
            if (off > 0) expect(wallMinutes(new Date(next.getTime() - off * 60_000), zone)).not.toBe(minutes);
          }
          const full = nextFullHour(after, zone);
          expect(wallMinutes(full, zone) % 60).toBe(0);
          expect(full.getTime() - at).toBeLessThanOrEqual(2 * 3_600_000);
        },
      ),
      { numRuns: 200 },
    );
  });
});
