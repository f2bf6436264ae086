import { expect, test } from "vitest";
import { readLine, secondAfter } from "./line-reading.ts";

const POINTS = { seconds: [100, 110, 120], watts: [5, null, 7] };

test.each([
  [99, null],
  [100, 5],
  [109, 5],
  [110, null],
  [119.5, null],
  [120, 7],
  [500, 7],
])("at second %d the line says %j", (second, watts) => {
  expect(readLine(POINTS, second)).toEqual({ second, watts });
});

test("a line without a point says nothing", () => {
  expect(readLine({ seconds: [], watts: [] }, 5).watts).toBeNull();
});

test.each([
  ["ArrowLeft", null, 9_999],
  ["ArrowLeft", 9_500, 9_499],
  ["ArrowRight", 9_500, 9_501],
  ["ArrowRight", 10_000, 10_000],
  ["PageDown", 9_500, 9_440],
  ["PageUp", 9_990, 10_000],
  ["Home", 9_500, 9_100],
  ["End", 9_500, 10_000],
  ["ArrowLeft", 50, 9_100],
  ["a", 9_500, null],
])("%s from %j leads to %j", (key, from, to) => {
  expect(secondAfter(key, from, 10_000.7)).toBe(to);
});
