import { expect, test } from "vitest";
import { spread } from "./history-chart-signs.ts";

const WITHIN = { apart: 10, lowest: 100 };

test("letters that are apart stay where their lines end", () => {
  expect(spread([10, 40, 90], WITHIN)).toEqual([10, 40, 90]);
});

test("letters that would cover each other are moved apart, and stay on the chart", () => {
  expect(spread([10, 12, 14], WITHIN)).toEqual([10, 20, 30]);
  expect(spread([96, 98, 100], WITHIN)).toEqual([80, 90, 100]);
});
