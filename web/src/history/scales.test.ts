import { expect, test } from "vitest";
import type { Scale } from "../api/wire.ts";
import { automaticScale, finerScale, scalesFor, shortestSpan } from "./scales.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse("2026-11-25T00:00:00Z");

function ending(ago: number, length: number) {
  return { start: NOW - ago - length, end: NOW - ago };
}

test.each<[string, number, Scale]>([
  ["five minutes", 5 * MINUTE, "1S"],
  ["an hour", HOUR, "1MIN"],
  ["a day of 25 hours", 25 * HOUR, "15MIN"],
  ["a week", 7 * DAY, "1H"],
  ["thirty days", 30 * DAY, "1D"],
  ["a leap year", 366 * DAY, "1D"],
  ["five years", 5 * 365 * DAY, "1W"],
  ["twenty years", 20 * 365 * DAY, "1MON"],
])("%s are shown by themselves in buckets that can be taken in at a glance", (_, length, scale) => {
  expect(automaticScale(ending(0, length), NOW)).toBe(scale);
});

test("all scales are offered of which the range holds one to two thousand", () => {
  expect(scalesFor(ending(0, HOUR), NOW)).toEqual(["1MIN", "15MIN", "1H"]);
  expect(scalesFor(ending(0, DAY), NOW)).toEqual(["1MIN", "15MIN", "1H", "1D"]);
  expect(scalesFor(ending(0, 365 * DAY), NOW)).toEqual(["1D", "1W", "1MON", "1Y"]);
});

test("a day of 23 hours is offered as a day, and February as a month", () => {
  expect(scalesFor(ending(0, 23 * HOUR), NOW)).toContain("1D");
  expect(scalesFor(ending(0, 28 * DAY), NOW)).toContain("1MON");
});

test("what Emporia no longer keeps is not offered", () => {
  expect(scalesFor(ending(2 * HOUR, 30 * MINUTE), NOW)).toContain("1S");
  expect(scalesFor(ending(3 * HOUR, 30 * MINUTE), NOW)).toEqual(["1MIN", "15MIN"]);
  expect(scalesFor(ending(8 * DAY, HOUR), NOW)).toEqual(["15MIN", "1H"]);
  expect(scalesFor(ending(400 * DAY, DAY), NOW)).toEqual(["1H", "1D"]);
});

test("a range shorter than anything that is kept is shown by the finest that is", () => {
  expect(scalesFor(ending(400 * DAY, MINUTE), NOW)).toEqual(["1H"]);
});

test("a part of what was looked at is shown finer, also where that is more than at a glance", () => {
  expect(finerScale(ending(0, 20 * DAY), NOW, "1D")).toBe("1H");
  expect(finerScale(ending(0, 2 * DAY), NOW, "1D")).toBe("15MIN");
});

test("where nothing finer is kept, the scale stays", () => {
  expect(finerScale(ending(400 * DAY, 6 * HOUR), NOW, "1H")).toBe("1H");
});

test("the shortest span is a few of the finest buckets that are kept", () => {
  expect(shortestSpan(NOW - HOUR, NOW)).toBe(MINUTE);
  expect(shortestSpan(NOW - 2 * DAY, NOW)).toBe(4 * MINUTE);
  expect(shortestSpan(NOW - 400 * DAY, NOW)).toBe(4 * HOUR);
});
