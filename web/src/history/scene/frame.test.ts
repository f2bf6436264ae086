import { expect, test } from "vitest";
import { isMissing, measured, measuredColumn, sideBySide, standing } from "./frame.ts";

const TOLD = { qualities: ["live", "missing"] as const, coverage: 0.5 };
const UNTOLD = { qualities: [], coverage: null };

const HOUR = 3_600_000;
const MINUTE = 60_000;

function hour(index: number) {
  return { start: index * HOUR, end: (index + 1) * HOUR };
}

test("series stand side by side, over all buckets that any of them has", () => {
  const one = { buckets: [hour(0), hour(1)], usages: [1, null], asOf: 9 * HOUR, ...TOLD };
  const other = { buckets: [hour(1), hour(2)], usages: [2, 3], asOf: 8 * HOUR, ...UNTOLD };
  expect(sideBySide([one, other])).toEqual({
    buckets: [hour(0), hour(1), hour(2)],
    columns: [
      {
        asOf: 9 * HOUR,
        usages: [1, null, null],
        qualities: ["live", "missing", null],
        coverage: 0.5,
      },
      { asOf: 8 * HOUR, usages: [null, 2, 3], qualities: [null, null, null], coverage: null },
    ],
  });
});

test("a bucket is closed, runs, or is to come", () => {
  expect(standing(hour(1), 2 * HOUR)).toBe("closed");
  expect(standing(hour(1), 2 * HOUR - 1)).toBe("running");
  expect(standing(hour(1), HOUR)).toBe("to-come");
});

test("a bucket without a value is a gap once it had time to be known", () => {
  expect(isMissing(hour(0), null, HOUR + 2 * MINUTE)).toBe(true);
  expect(isMissing(hour(0), null, HOUR + MINUTE)).toBe(false);
  expect(isMissing(hour(0), 0, HOUR + 2 * MINUTE)).toBe(false);
});

test("energy and cost are shown as they come, also while the bucket runs", () => {
  expect(measured(hour(0), 0.5, { measure: "kwh", asOf: HOUR / 2 })).toBe(0.5);
  expect(measured(hour(0), 0.5, { measure: "cost", asOf: HOUR / 2 })).toBe(0.5);
});

test("a mean that still runs is no power", () => {
  expect(measured(hour(0), 0.5, { measure: "watts", asOf: HOUR })).toBe(500);
  expect(measured(hour(0), 0.5, { measure: "watts", asOf: HOUR / 2 })).toBeNull();
});

test("watts of a day are over the hours that it has", () => {
  const days = [
    { start: 0, end: 23 * HOUR },
    { start: 23 * HOUR, end: 48 * HOUR },
  ];
  const column = { asOf: 48 * HOUR, usages: [23, null], ...UNTOLD };
  expect(measuredColumn({ buckets: days, columns: [column] }, column, "watts")).toEqual([
    1_000,
    null,
  ]);
});
