import { expect, test } from "vitest";
import { dayText, monthsUntil, monthText } from "./months.ts";

test("this month comes first, then those before it", () => {
  const months = monthsUntil(Date.parse("2026-02-10T12:00:00Z"), "America/New_York");
  expect(months.slice(0, 3)).toEqual(["2026-02", "2026-01", "2025-12"]);
  expect(months).toHaveLength(36);
});

test("the month is the home's", () => {
  const months = monthsUntil(Date.parse("2026-03-01T02:00:00Z"), "America/New_York");
  expect(months[0]).toBe("2026-02");
});

test("months and days are told in words", () => {
  expect(monthText("2026-03")).toBe("March 2026");
  expect(dayText("2026-03-01")).toBe("March 1, 2026");
});
