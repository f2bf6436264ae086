import { expect, test } from "vitest";
import { dayStretch, dayText, meanShare, monthsOf, placeAfter } from "./coverage.ts";

const MONTHS = monthsOf([
  ["2026-02-27", 0.5],
  ["2026-02-28", 1],
  ["2026-03-01", 0],
  ["2026-03-02", 0.25],
  ["no day", 1],
]);

test("days stand in months, the newest first, each with its share", () => {
  expect(MONTHS.map(({ name, share, days }) => [name, share, days.map(({ day }) => day)])).toEqual([
    ["Mar 2026", 0.125, [1, 2]],
    ["Feb 2026", 0.75, [27, 28]],
  ]);
  expect(monthsOf([])).toEqual([]);
  expect(meanShare([])).toBe(0);
});

test("a day is told in full, and is as long as it was", () => {
  const day = { year: 2026, month: 3, day: 8 };
  expect(dayText(day)).toBe("Sunday, March 8, 2026");
  const { start, end } = dayStretch(day, "America/New_York");
  expect((end - start) / 3_600_000).toBe(23);
});

test.each([
  ["ArrowRight", { month: 0, day: 0 }, { month: 0, day: 1 }],
  ["ArrowRight", { month: 0, day: 1 }, { month: 0, day: 1 }],
  ["ArrowRight", { month: 1, day: 1 }, { month: 0, day: 0 }],
  ["ArrowLeft", { month: 0, day: 0 }, { month: 1, day: 1 }],
  ["ArrowLeft", { month: 1, day: 0 }, { month: 1, day: 0 }],
  ["ArrowDown", { month: 0, day: 1 }, { month: 1, day: 0 }],
  ["ArrowDown", { month: 1, day: 1 }, { month: 1, day: 1 }],
  ["ArrowUp", { month: 1, day: 1 }, { month: 0, day: 1 }],
  ["ArrowUp", { month: 0, day: 1 }, { month: 0, day: 1 }],
  ["Home", { month: 0, day: 1 }, { month: 0, day: 0 }],
  ["End", { month: 1, day: 0 }, { month: 1, day: 1 }],
])("%s leads from %j to %j", (key, from, to) => {
  expect(placeAfter(key, from, MONTHS)).toEqual(to);
});

test("another key is the page's", () => {
  expect(placeAfter("Tab", { month: 0, day: 0 }, MONTHS)).toBeNull();
});
