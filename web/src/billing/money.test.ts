import { expect, test } from "vitest";
import { moneyText, unitPriceText } from "./money.ts";

test.each([
  ["111.04", "USD", "$111.04"],
  ["-0.291", "EUR", "-€0.29"],
  ["-0.001", "USD", "$0.00"],
  ["1234.5", "JPY", "¥1,235"],
  [null, "USD", "–"],
])("%j in %s is written %s", (amount, currency, text) => {
  expect(moneyText(amount, currency)).toBe(text);
});

test("a price is told to its last digit", () => {
  expect(unitPriceText("0.13425", "USD")).toBe("$0.13425");
  expect(unitPriceText("0.1", "USD")).toBe("$0.10");
});
