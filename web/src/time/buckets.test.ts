import { expect, test } from "vitest";
import type { Scale } from "../api/wire.ts";
import { bucketCeiling, bucketStart, bucketStarts, nextBucket } from "./buckets.ts";

const HOUR = 3_600_000;

function at(text: string): number {
  return Date.parse(text);
}

function starts(
  scale: Scale,
  [from, until]: readonly [string, string],
  timeZone: string,
  billingDay = 1,
): string[] {
  const range = { from: at(from), until: at(until) };
  const found = bucketStarts(scale, range, { timeZone, billingDay });
  return [...found].map((start) => new Date(start).toISOString().slice(0, 16));
}

test.each<[Scale, string]>([
  ["1S", "2026-03-01T10:47:31Z"],
  ["1MIN", "2026-03-01T10:47:00Z"],
  ["15MIN", "2026-03-01T10:45:00Z"],
  ["1H", "2026-03-01T10:00:00Z"],
])(
  "a bucket of %s begins by the UTC clock, also where local time is off by 45 minutes",
  (scale, start) => {
    const kathmandu = { timeZone: "Asia/Kathmandu", billingDay: 1 };
    expect(bucketStart(scale, at("2026-03-01T10:47:31.500Z"), kathmandu)).toBe(at(start));
  },
);

test("a day begins at local midnight and has 23 hours when the clock goes forward", () => {
  expect(starts("1D", ["2026-03-07T12:00Z", "2026-03-09T12:00Z"], "America/New_York")).toEqual([
    "2026-03-07T05:00",
    "2026-03-08T05:00",
    "2026-03-09T04:00",
  ]);
});

test("a day has 25 hours when the clock goes back", () => {
  expect(starts("1D", ["2026-10-24T12:00Z", "2026-10-26T12:00Z"], "Europe/Berlin")).toEqual([
    "2026-10-23T22:00",
    "2026-10-24T22:00",
    "2026-10-25T23:00",
  ]);
});

test.each([
  [
    "America/Santiago",
    "2026-09-05T12:00Z",
    ["2026-09-05T04:00", "2026-09-06T04:00", "2026-09-07T03:00"],
  ],
  [
    "Africa/Cairo",
    "2026-04-23T12:00Z",
    ["2026-04-22T22:00", "2026-04-23T22:00", "2026-04-24T21:00"],
  ],
])("a day whose midnight is skipped in %s begins when the clock jumps", (zone, from, expected) => {
  const until = new Date(at(from) + 48 * HOUR).toISOString();
  expect(starts("1D", [from, until], zone)).toEqual(expected);
});

test("a day whose midnight comes twice begins with the first one", () => {
  expect(starts("1D", ["2026-10-31T12:00Z", "2026-11-02T12:00Z"], "America/Havana")).toEqual([
    "2026-10-31T04:00",
    "2026-11-01T04:00",
    "2026-11-02T05:00",
  ]);
});

test("weeks begin on Monday, across a change of the clock", () => {
  expect(starts("1W", ["2026-03-26T12:00Z", "2026-04-06T12:00Z"], "Europe/Berlin")).toEqual([
    "2026-03-22T23:00",
    "2026-03-29T22:00",
    "2026-04-05T22:00",
  ]);
});

test("months begin on the billing day, or on the last day of a shorter month", () => {
  expect(starts("1MON", ["2026-02-15T12:00Z", "2026-05-01T00:00Z"], "Europe/Berlin", 31)).toEqual([
    "2026-01-30T23:00",
    "2026-02-27T23:00",
    "2026-03-30T22:00",
    "2026-04-29T22:00",
  ]);
});

test("the day before the billing day belongs to the month before", () => {
  const home = { timeZone: "America/New_York", billingDay: 5 };
  expect(bucketStart("1MON", at("2026-11-04T12:00Z"), home)).toBe(at("2026-10-05T04:00Z"));
});

test("years begin on the first of January, whatever the billing day", () => {
  expect(starts("1Y", ["2026-03-26T12:00Z", "2027-03-01T00:00Z"], "Europe/Berlin", 31)).toEqual([
    "2025-12-31T23:00",
    "2026-12-31T23:00",
  ]);
});

test("the bucket after the last of the year begins the next year", () => {
  const home = { timeZone: "Europe/Berlin", billingDay: 15 };
  expect(nextBucket("1MON", at("2026-12-14T23:00Z"), home)).toBe(at("2027-01-14T23:00Z"));
});

test("the ceiling of a start is itself, and of what follows the next start", () => {
  const home = { timeZone: "Europe/Berlin", billingDay: 1 };
  expect(bucketCeiling("1D", at("2026-03-28T23:00Z"), home)).toBe(at("2026-03-28T23:00Z"));
  expect(bucketCeiling("1D", at("2026-03-28T23:01Z"), home)).toBe(at("2026-03-29T22:00Z"));
});
