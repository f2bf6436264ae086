import { expect, test } from "vitest";
import { addressOf, chosenIn, STATEMENT } from "./address.ts";

test("the costs are no statement", () => {
  expect(chosenIn("#/costs")).toBeNull();
  expect(chosenIn("#/history?statement=yes")).toBeNull();
});

test("a statement of which nothing is chosen yet", () => {
  expect(chosenIn(STATEMENT)).toEqual({ home: null, month: null, series: [] });
  expect(addressOf({ home: null, month: null, series: [] })).toBe(STATEMENT);
});

test("what is chosen comes back from its address", () => {
  const chosen = { home: 1001, month: "2026-03", series: ["1001:1", "1001:2"] };
  expect(chosenIn(addressOf(chosen))).toEqual(chosen);
});

test("what makes no sense in an address is not taken", () => {
  expect(chosenIn(`${STATEMENT}&home=x&month=March&series=oven`)).toEqual({
    home: null,
    month: null,
    series: [],
  });
});
