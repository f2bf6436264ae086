import { expect, test } from "vitest";
import type { CostRow } from "../api/billing.ts";
import { beside } from "./comparison.ts";

const DAY = 86_400_000;
const FIRST = Date.parse("2026-03-01T00:00:00Z");
const APRIL = Date.parse("2026-04-01T00:00:00Z");

function day(index: number, amount: string | null): CostRow {
  const [start, end] = [FIRST + index * DAY, FIRST + (index + 1) * DAY].map((at) =>
    new Date(at).toISOString(),
  );
  return { start: start ?? "", end: end ?? "", amount, kwh: 1, exportedKwh: 0, coverage: 1 };
}

const DAYS = Array.from({ length: 34 }, (_, index) => day(index, index < 31 ? "1.5" : "2"));

test("whole days of the bill stand beside as many of the one before", () => {
  const now = APRIL + 2.5 * DAY;
  expect(beside(DAYS, { from: APRIL, now })).toEqual({ days: 2, current: 4, before: 3 });
});

test("a day that is unknown makes the sum unknown", () => {
  const days = [day(0, null), ...DAYS.slice(1)];
  const told = beside(days, { from: APRIL, now: APRIL + 2.5 * DAY });
  expect(told).toEqual({ days: 2, current: 4, before: null });
});

test("a day that is known in part is no day to compare with", () => {
  const days = [{ ...day(0, "0.3"), coverage: 0.2 }, ...DAYS.slice(1)];
  expect(beside(days, { from: APRIL, now: APRIL + 2.5 * DAY })?.before).toBeNull();
});

test("without a whole day, or a bill before, nothing is compared", () => {
  expect(beside(DAYS, { from: APRIL, now: APRIL + 0.5 * DAY })).toBeNull();
  expect(beside(DAYS.slice(31), { from: APRIL, now: APRIL + 2.5 * DAY })).toBeNull();
});
