import { expect, test } from "vitest";
import type { Scale } from "../../api/wire.ts";
import { readSeries } from "../series.ts";
import { type Span, shifted, spanOf } from "../span.ts";
import { partners } from "./comparison.ts";

const location = { timeZone: "Europe/Berlin", billingDay: 1 };
const NOTHING = { firstUsageInstant: null, usageList: [] };

function period(span: Span, scale: Scale) {
  return { span, buckets: readSeries(NOTHING, { stretch: span, scale, location }).buckets };
}

function compared(start: string, end: string, scale: Scale): readonly (number | null)[] {
  const span = spanOf({ start: Date.parse(start), end: Date.parse(end) }, location);
  const before = shifted(span, -1, location);
  return partners(period(span, scale), period(before, scale), {
    scale,
    timeZone: location.timeZone,
  });
}

test("hours stand beside those as many before, by position", () => {
  expect(compared("2026-11-24T10:00Z", "2026-11-24T13:00Z", "1H")).toEqual([0, 1, 2]);
});

test("days stand beside days, also in a week when the clock changes", () => {
  expect(compared("2026-03-28T23:00Z", "2026-04-04T22:00Z", "1D")).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("a day of 23 hours stands beside the same times of the day before", () => {
  const [first, second, third, fourth] = compared("2026-03-28T23:00Z", "2026-03-29T22:00Z", "1H");
  expect([first, second, third, fourth]).toEqual([0, 1, 3, 4]);
});

test("the hour that comes twice has one partner", () => {
  const found = compared("2026-10-24T22:00Z", "2026-10-25T23:00Z", "1H");
  expect(found).toHaveLength(25);
  expect(found.slice(0, 6)).toEqual([0, 1, 2, null, 3, 4]);
  expect(found.at(-1)).toBe(23);
});

test("after a day of 25 hours the same times stand side by side", () => {
  const found = compared("2026-10-25T23:00Z", "2026-10-26T23:00Z", "1H");
  expect(found.slice(0, 5)).toEqual([0, 1, 2, 4, 5]);
});

test("the days of a longer month that the month before does not have stand alone", () => {
  const march = compared("2026-02-28T23:00Z", "2026-03-31T22:00Z", "1D");
  expect(march.slice(26)).toEqual([26, 27, null, null, null]);
  const marchByHours = compared("2026-02-28T23:00Z", "2026-03-31T22:00Z", "1H");
  expect(marchByHours.filter((partner) => partner === null)).toHaveLength(3 * 24 - 1);
});
