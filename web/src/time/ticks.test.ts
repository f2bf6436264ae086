import { expect, test } from "vitest";
import { timeTicks } from "./ticks.ts";

function ticks(start: string, end: string, timeZone: string, most: number) {
  const found = timeTicks({ start: Date.parse(start), end: Date.parse(end) }, timeZone, () => most);
  const instants = found.instants.map((instant) => new Date(instant).toISOString().slice(5, 16));
  return { unit: found.unit, instants };
}

test("a minute is marked at round seconds", () => {
  const found = timeTicks({ start: 1_000, end: 61_000 }, "UTC", () => 6);
  expect(found).toEqual({
    unit: "second",
    instants: [10_000, 20_000, 30_000, 40_000, 50_000, 60_000],
  });
});

test("minutes are round in local time, where the zone is off by three quarters of an hour", () => {
  expect(ticks("2026-03-01T10:00Z", "2026-03-01T12:00Z", "Asia/Kathmandu", 5)).toEqual({
    unit: "minute",
    instants: ["03-01T10:15", "03-01T10:45", "03-01T11:15", "03-01T11:45"],
  });
});

test("a day is marked at round local hours", () => {
  expect(ticks("2026-11-24T05:00Z", "2026-11-25T05:00Z", "America/New_York", 5)).toEqual({
    unit: "hour",
    instants: ["11-24T05:00", "11-24T11:00", "11-24T17:00", "11-24T23:00", "11-25T05:00"],
  });
});

test("hours stay round when the clock goes forward", () => {
  expect(ticks("2026-03-28T23:00Z", "2026-03-29T22:00Z", "Europe/Berlin", 8)).toEqual({
    unit: "hour",
    instants: [
      "03-28T23:00",
      "03-29T01:00",
      "03-29T04:00",
      "03-29T07:00",
      "03-29T10:00",
      "03-29T13:00",
      "03-29T16:00",
      "03-29T19:00",
      "03-29T22:00",
    ],
  });
});

test("an hour that the clock skips is left out, and a skipped midnight is where it jumps", () => {
  expect(ticks("2026-03-29T00:00Z", "2026-03-29T03:00Z", "Europe/Berlin", 3).instants).toEqual([
    "03-29T00:00",
    "03-29T01:00",
    "03-29T02:00",
    "03-29T03:00",
  ]);
  expect(ticks("2026-09-05T04:00Z", "2026-09-07T03:00Z", "America/Santiago", 3).instants).toEqual([
    "09-05T04:00",
    "09-06T04:00",
    "09-07T03:00",
  ]);
});

test("a month is marked on Mondays", () => {
  expect(ticks("2026-11-01T04:00Z", "2026-12-01T05:00Z", "America/New_York", 8)).toEqual({
    unit: "day",
    instants: ["11-02T05:00", "11-09T05:00", "11-16T05:00", "11-23T05:00", "11-30T05:00"],
  });
});

test("a year is marked at the first of its months", () => {
  const { unit, instants } = ticks("2025-12-31T23:00Z", "2026-12-31T23:00Z", "Europe/Berlin", 6);
  expect(unit).toBe("month");
  expect(instants.slice(0, 4)).toEqual([
    "12-31T23:00",
    "03-31T22:00",
    "06-30T22:00",
    "09-30T22:00",
  ]);
});

test("decades are marked by the tens of years", () => {
  const { unit, instants } = ticks("1999-06-01T00:00Z", "2029-05-01T00:00Z", "UTC", 3);
  expect(unit).toBe("year");
  expect(instants).toEqual(["01-01T00:00", "01-01T00:00", "01-01T00:00"]);
});

test("where labels of days are narrow, there may be more of them than of hours", () => {
  const mostOf = (unit: string) => (unit === "day" ? 7 : 2);
  const week = { start: Date.parse("2026-11-02T00:00Z"), end: Date.parse("2026-11-09T00:00Z") };
  expect(timeTicks(week, "UTC", mostOf).instants).toHaveLength(8);
});
