import { expect, test } from "vitest";
import { type Column, sideBySide } from "../scene/frame.ts";
import { change, statistics } from "./statistics.ts";

const HOUR = 3_600_000;
const LATER = 100 * HOUR;

function frameOf(usages: readonly (number | null)[], asOf = LATER) {
  const buckets = usages.map((_, index) => ({ start: index * HOUR, end: (index + 1) * HOUR }));
  const frame = sideBySide([{ buckets, usages, asOf, qualities: [], coverage: null }]);
  return { frame, column: frame.columns[0] as Column };
}

function figures(usages: readonly (number | null)[], asOf = LATER) {
  const { frame, column } = frameOf(usages, asOf);
  return statistics(frame, column, "kwh");
}

test("a total is of what is known, a mean over the time that it covers", () => {
  expect(figures([1, null, 3])).toEqual({
    total: 4,
    mean: 2_000,
    peak: { bucket: { start: 2 * HOUR, end: 3 * HOUR }, value: 3 },
    missing: 1,
    coverage: 2 / 3,
  });
});

test("without any value there are no figures, which is not zero", () => {
  expect(figures([null, null])).toEqual({
    total: null,
    mean: null,
    peak: null,
    missing: 2,
    coverage: 0,
  });
});

test("zero is a figure", () => {
  expect(figures([0, 0])).toMatchObject({ total: 0, mean: 0, peak: { value: 0 }, missing: 0 });
});

test("a bucket that runs counts in the total, not in the mean; what is to come is not missing", () => {
  expect(figures([1, 0.25, null], 1.5 * HOUR)).toEqual({
    total: 1.25,
    mean: 1_000,
    peak: { bucket: { start: 0, end: HOUR }, value: 1 },
    missing: 0,
    coverage: 1,
  });
});

test("the peak of what exports is the most exported", () => {
  expect(figures([0.01, -3, -2]).peak?.value).toBe(-3);
});

test("the peak is told in what is shown", () => {
  const { frame, column } = frameOf([1, 3]);
  expect(statistics(frame, column, "watts").peak?.value).toBe(3_000);
});

test("the mean cost is a day's", () => {
  const { frame, column } = frameOf([0.5, 0.25]);
  expect(statistics(frame, column, "cost").mean).toBe(9);
});

test("a change is that of the whole where both periods are known", () => {
  expect(change(frameOf([2, 2]), frameOf([5, 3]), [0, 1])).toEqual({
    now: 4,
    before: 8,
    difference: -4,
    ratio: -0.5,
    isPartial: false,
  });
});

test("buckets that are not complete in both periods are left out on both sides", () => {
  const now = frameOf([2, 0.5, null], 1.5 * HOUR);
  expect(change(now, frameOf([1, 7, 7]), [0, 1, 2])).toEqual({
    now: 2,
    before: 1,
    difference: 1,
    ratio: 1,
    isPartial: true,
  });
});

test("a bucket without a partner is left out", () => {
  expect(change(frameOf([2, 9]), frameOf([1]), [0, null])).toMatchObject({
    before: 1,
    isPartial: true,
  });
});

test("more export than before is more, and a change of sign has no ratio", () => {
  expect(change(frameOf([-12]), frameOf([-10]), [0])?.ratio).toBeCloseTo(0.2);
  expect(change(frameOf([-1]), frameOf([1]), [0])?.ratio).toBeNull();
  expect(change(frameOf([1]), frameOf([0]), [0])?.ratio).toBeNull();
});

test("without a pair there is nothing to compare", () => {
  expect(change(frameOf([1]), frameOf([null]), [0])).toBeNull();
});
