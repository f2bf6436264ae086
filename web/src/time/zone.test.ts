import { expect, test } from "vitest";
import { instantOf, offsetAt, wallTime } from "./zone.ts";

const HOUR = 3_600_000;
const NOON = { hour: 12, minute: 0, second: 0 };

test("an instant is read off the zone's own clock", () => {
  expect(wallTime(Date.parse("2026-11-25T00:43:53Z"), "America/New_York")).toEqual({
    year: 2026,
    month: 11,
    day: 24,
    hour: 19,
    minute: 43,
    second: 53,
  });
});

test("offsets follow the clock's changes, and need not be whole hours", () => {
  expect(offsetAt(Date.parse("2026-01-01T00:00:00Z"), "America/New_York")).toBe(-5 * HOUR);
  expect(offsetAt(Date.parse("2026-07-01T00:00:00.750Z"), "America/New_York")).toBe(-4 * HOUR);
  expect(offsetAt(Date.parse("2026-07-01T00:00:00Z"), "Asia/Kathmandu")).toBe(5.75 * HOUR);
});

test("a local time names one instant, before and after a change of the clock", () => {
  const saturday = { year: 2026, month: 3, day: 28, ...NOON };
  const sunday = { year: 2026, month: 3, day: 29, ...NOON };
  expect(instantOf(saturday, "Europe/Berlin")).toBe(Date.parse("2026-03-28T11:00:00Z"));
  expect(instantOf(sunday, "Europe/Berlin")).toBe(Date.parse("2026-03-29T10:00:00Z"));
});

test("a local time that comes twice is the first one", () => {
  const twice = { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0 };
  expect(instantOf(twice, "Europe/Berlin")).toBe(Date.parse("2026-10-25T00:30:00Z"));
});

test("a local time that is skipped counts on from before the jump", () => {
  const skipped = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 };
  expect(instantOf(skipped, "Europe/Berlin")).toBe(Date.parse("2026-03-29T01:30:00Z"));
});

test("a day that a zone left out begins where the clock jumped over it", () => {
  const leftOut = { year: 2011, month: 12, day: 30, hour: 0, minute: 0, second: 0 };
  const dayAfter = { ...leftOut, day: 31 };
  expect(instantOf(leftOut, "Pacific/Apia")).toBe(Date.parse("2011-12-30T10:00:00Z"));
  expect(instantOf(dayAfter, "Pacific/Apia")).toBe(Date.parse("2011-12-30T10:00:00Z"));
});
