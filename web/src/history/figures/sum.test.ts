import { expect, test } from "vitest";
import type { Answered } from "../scene/frame.ts";
import { summed } from "./sum.ts";

function series(usages: readonly (number | null)[], rest: Partial<Answered> = {}): Answered {
  const buckets = usages.map((_, index) => ({ start: index, end: index + 1 }));
  const qualities = usages.map((usage) => (usage === null ? "missing" : "live"));
  return {
    buckets,
    usages,
    qualities: qualities as Answered["qualities"],
    coverage: 1,
    asOf: 9,
    ...rest,
  };
}

test("a sum is unknown where one of its parts is", () => {
  const { usages, qualities } = summed([series([1, 2, null]), series([10, null, 30])]);
  expect(usages).toEqual([11, null, null]);
  expect(qualities).toEqual(["live", "missing", "missing"]);
});

test("a sum is as good as the worst in it, and as old as the oldest", () => {
  const averaged = series([1], { qualities: ["averaged"], coverage: 0.5, asOf: 7 });
  expect(summed([series([1]), averaged])).toMatchObject({
    qualities: ["averaged"],
    coverage: 0.5,
    asOf: 7,
  });
  expect(summed([averaged, series([1], { coverage: null })]).coverage).toBeNull();
});

test("one alone is itself", () => {
  const one = series([1]);
  expect(summed([one])).toBe(one);
});
