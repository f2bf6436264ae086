import { expect, test } from "vitest";
import { EMPTY_TIMES, scheduleOf } from "./times.ts";
import { whenOf } from "./words.ts";

test("without a schedule the first price holds always", () => {
  expect(whenOf(null, 0)).toEqual(["Always"]);
  expect(whenOf(null, 1)).toEqual([]);
});

test("hours are told by season and kind of day", () => {
  const schedule = scheduleOf({ ...EMPTY_TIMES, hasSummer: true, atHolidays: false });
  expect(whenOf(schedule, 1)).toEqual(["October to May, Monday to Friday: 4 PM to 9 PM"]);
  expect(whenOf(schedule, 3)).toEqual(["June to September, Monday to Friday: 4 PM to 9 PM"]);
  expect(whenOf(schedule, 2)).toEqual([
    "June to September, Monday to Friday: 9 PM to 4 PM",
    "June to September, Saturday and Sunday: all day",
    "June to September, holidays: all day",
  ]);
});

test("days of their own have their names", () => {
  const weekday = Array.from({ length: 12 }, () => Array(24).fill(0));
  const friday = Array.from({ length: 12 }, () => Array(24).fill(1));
  const days = { friday, holiday: friday };
  expect(whenOf({ weekday, days }, 1)).toEqual(["Fridays: all day", "Holidays: all day"]);
  expect(whenOf({ weekday, days }, 0)).toEqual(["Every day: all day"]);
});
