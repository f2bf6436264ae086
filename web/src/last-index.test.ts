import { expect, test } from "vitest";
import { lastIndexOf } from "./last-index.ts";

test("the last that fits is found, by its value and its place", () => {
  expect(lastIndexOf([1, null, 3, null], (one) => one !== null)).toBe(2);
  expect(lastIndexOf([5, 5, 5], (_, index) => index < 2)).toBe(1);
});

test("where none fits there is none", () => {
  expect(lastIndexOf([1, 2], (one) => one > 2)).toBe(-1);
  expect(lastIndexOf([], () => true)).toBe(-1);
});
