import { expect, test } from "vitest";
import { readSeries, wholeBuckets } from "./series.ts";
import { spanOf } from "./span.ts";

const BERLIN = { timeZone: "Europe/Berlin", billingDay: 31 };
const NEW_YORK = { timeZone: "America/New_York", billingDay: 5 };

function stretch(start: string, end: string) {
  return { start: Date.parse(start), end: Date.parse(end) };
}

function hours({ buckets }: ReturnType<typeof readSeries>): number[] {
  return buckets.map(({ start, end }) => (end - start) / 3_600_000);
}

test("values cover the buckets from the first instant on, a null is a gap", () => {
  const series = readSeries(
    { firstUsageInstant: "2026-03-01T00:00:00Z", usageList: [0.5, null, 0.7] },
    { stretch: stretch("2026-03-01T00:00Z", "2026-03-01T03:00Z"), scale: "1H", location: NEW_YORK },
  );
  expect(series.usages).toEqual([0.5, null, 0.7]);
  expect(hours(series)).toEqual([1, 1, 1]);
});

test("days around a change of the clock are as long as they were", () => {
  const series = readSeries(
    { firstUsageInstant: "2026-03-27T23:00:00Z", usageList: [24, 23, 24] },
    { stretch: stretch("2026-03-27T23:00Z", "2026-03-30T22:00Z"), scale: "1D", location: BERLIN },
  );
  expect(hours(series)).toEqual([24, 23, 24]);
  expect(series.usages).toEqual([24, 23, 24]);
});

test("a day with 25 hours has 25 buckets of an hour", () => {
  const day = stretch("2026-10-24T22:00Z", "2026-10-25T23:00Z");
  const usageList = Array.from({ length: 25 }, (_, index) => index);
  const series = readSeries(
    { firstUsageInstant: "2026-10-24T22:00:00Z", usageList },
    { stretch: day, scale: "1H", location: BERLIN },
  );
  expect(series.usages).toEqual(usageList);
});

test("what the answer does not hold is null, before, after and without any bucket", () => {
  const place = {
    stretch: stretch("2026-03-01T00:00Z", "2026-03-01T04:00Z"),
    scale: "1H",
    location: NEW_YORK,
  } as const;
  const late = { firstUsageInstant: "2026-03-01T01:00:00Z", usageList: [1, 2] };
  const nothing = { firstUsageInstant: null, usageList: [] };
  expect(readSeries(late, place).usages).toEqual([null, 1, 2, null]);
  expect(readSeries(nothing, place).usages).toEqual([null, null, null, null]);
});

test("what the answer holds beyond the stretch is left out", () => {
  const series = readSeries(
    { firstUsageInstant: "2026-03-01T00:00:00Z", usageList: [1, 2, 3, 4] },
    { stretch: stretch("2026-03-01T01:00Z", "2026-03-01T03:00Z"), scale: "1H", location: NEW_YORK },
  );
  expect(series.usages).toEqual([2, 3]);
});

test("Emporia's own alignment is followed where it is another", () => {
  const series = readSeries(
    { firstUsageInstant: "2026-03-01T06:00:00Z", usageList: [1, 2] },
    { stretch: stretch("2026-03-01T05:00Z", "2026-03-03T05:00Z"), scale: "1D", location: NEW_YORK },
  );
  const starts = series.buckets.map(({ start }) => new Date(start).toISOString().slice(0, 16));
  expect(starts).toEqual(["2026-02-28T06:00", "2026-03-01T06:00", "2026-03-02T06:00"]);
  expect(series.usages).toEqual([null, 1, 2]);
});

test("a span is widened to the buckets that hold it, and one that fits is left as it is", () => {
  const days = spanOf(stretch("2026-11-18T05:00Z", "2026-11-25T05:00Z"), NEW_YORK);
  expect(wholeBuckets(days, "1D", NEW_YORK)).toBe(days);
  expect(wholeBuckets(days, "1W", NEW_YORK)).toEqual({
    ...stretch("2026-11-16T05:00Z", "2026-11-30T05:00Z"),
    step: "days",
  });
  expect(wholeBuckets(days, "1MON", NEW_YORK)).toEqual({
    ...stretch("2026-11-05T05:00Z", "2026-12-05T05:00Z"),
    step: "months",
  });
});
