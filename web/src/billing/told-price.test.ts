import { expect, test } from "vitest";
import { centsText, isPrice } from "./told-price.ts";

test.each([
  [17.5, true],
  [0, false],
  [-3, false],
  [null, false],
])("%j is a price: %j", (cents, is) => {
  expect(isPrice(cents)).toBe(is);
});

test("a price is written to its last digit", () => {
  expect([17.5, 30, 13.1234].map(centsText)).toEqual([
    "17.5 cents per kWh",
    "30 cents per kWh",
    "13.1234 cents per kWh",
  ]);
});
