import { expect, test } from "vitest";
import type { FlowQuality, HomeFlows } from "../api/flows.ts";
import { HOUR_MILLISECONDS, QUARTER_MILLISECONDS, todayOf, usualOf } from "./figures.ts";

const ZONE = "America/New_York";
const at = (iso: string) => Date.parse(iso);

/** Every flow the same, from a start on. */
function told(
  start: string,
  kwh: readonly (number | null)[],
  quality: readonly (readonly [FlowQuality, number])[] = [["measured", kwh.length]],
): HomeFlows {
  const names = ["import", "export", "generation", "selfUse", "batteryIn", "batteryOut"] as const;
  const flows = Object.fromEntries([...names, "consumption"].map((name) => [name, kwh]));
  return { firstUsageInstant: start, flows: flows as HomeFlows["flows"], quality, coverage: 1 };
}

/** Yesterday a quarter at 0.25 each, today at 0.5 each. */
const TWO_DAYS = told("2026-04-07T04:00:00Z", [
  ...new Array<number>(96).fill(0.25),
  ...new Array<number>(41).fill(0.5),
]);
/** 10:10 in the morning, where the clock is four hours behind. */
const NOW = at("2026-04-08T14:10:00Z");

test("today is told up to the last quarter hour that is over, beside yesterday at that time", () => {
  expect(todayOf(TWO_DAYS, NOW, ZONE)).toEqual({
    until: at("2026-04-08T14:00:00Z"),
    today: { kwh: 20, known: 1 },
    yesterday: { kwh: 10, known: 1 },
    peak: { from: at("2026-04-08T04:00:00Z"), until: at("2026-04-08T04:15:00Z"), watts: 2_000 },
    sun: { generation: { kwh: 20, known: 1 }, selfUse: { kwh: 20, known: 1 } },
  });
});

test("what is known in part is unknown, and not a low figure", () => {
  const kwh = [...new Array<number>(96).fill(0.25), 0.5, 0.1, null, 0.5];
  const some = told("2026-04-07T04:00:00Z", kwh, [
    ["netted", 97],
    ["partial", 1],
    ["missing", 1],
    ["measured", 1],
  ]);
  const { today, until } = todayOf(some, at("2026-04-08T05:00:00Z"), ZONE);
  expect(until).toBe(at("2026-04-08T05:00:00Z"));
  expect(today).toEqual({ kwh: 1, known: 0.5 });
});

test("of a day of which nothing is known there are no figures", () => {
  const { until, today, yesterday, peak } = todayOf(told("2026-04-08T04:00:00Z", []), NOW, ZONE);
  expect([today, yesterday, peak]).toEqual([null, null, null]);
  expect(until).toBe(at("2026-04-08T04:00:00Z"));
});

test("the usual is the median of the same weekday, to the same time of day", () => {
  const start = at("2026-03-11T04:00:00Z");
  const hours = (NOW - start) / HOUR_MILLISECONDS - 10;
  const day = (hour: number) => Math.floor(hour / 24);
  // The four Wednesdays are days 0, 7, 14 and 21.
  const byDay: Readonly<Record<number, number>> = { 0: 1, 7: 2, 14: 3, 21: 10 };
  const kwh = Array.from({ length: Math.floor(hours) }, (_, hour) => byDay[day(hour)] ?? 5);
  const until = at("2026-04-08T14:30:00Z");
  const { usual } = usualOf(told("2026-03-11T04:00:00Z", kwh), until, NOW, ZONE);
  expect(usual).toEqual({ kwh: 10.5 * 2.5, days: 4 });
});

test("a weekday of which hours lack is no part of the usual", () => {
  const kwh = new Array<number | null>(28 * 24).fill(1);
  kwh[3] = null;
  const { usual } = usualOf(
    told("2026-03-11T04:00:00Z", kwh, [
      ["measured", 3],
      ["missing", 1],
      ["measured", 28 * 24 - 4],
    ]),
    at("2026-04-08T14:00:00Z"),
    NOW,
    ZONE,
  );
  expect(usual?.days).toBe(3);
});

test("what is always on is the quietest hour of the last week", () => {
  const kwh = new Array<number>(28 * 24).fill(1);
  kwh[10] = 0.1; // of another week
  kwh[27 * 24 + 3] = 0.3;
  const { alwaysOn } = usualOf(told("2026-03-11T04:00:00Z", kwh), NOW, NOW, ZONE);
  const from = at("2026-04-07T07:00:00Z");
  expect(alwaysOn).toEqual({ from, until: from + HOUR_MILLISECONDS, watts: 300 });
});

test("the day after the clock changed compares the same times of day", () => {
  // The 8th of March 2026 has 23 hours in New York.
  const kwh = [...new Array<number>(92).fill(1), ...new Array<number>(40).fill(2)];
  const now = at("2026-03-09T14:00:00Z");
  const { today, yesterday } = todayOf(told("2026-03-08T05:00:00Z", kwh), now, ZONE);
  expect([today?.kwh, yesterday?.kwh]).toEqual([80, 36]);
  expect(QUARTER_MILLISECONDS).toBe(HOUR_MILLISECONDS / 4);
});
