import { expect, test } from "vitest";
import { currencyCode } from "./text.ts";

test.each([
  ["usd", "USD"],
  [" EUR ", "EUR"],
  ["", null],
  ["euro", null],
  ["€", null],
])("%j is the currency %j", (text, code) => {
  expect(currencyCode(text)).toBe(code);
});
