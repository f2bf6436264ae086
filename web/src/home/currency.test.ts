import { expect, test } from "vitest";
import { currencyOf } from "./currency.ts";

test.each([
  "America/New_York",
  "America/Indiana/Tell_City",
  "America/Puerto_Rico",
  "Pacific/Honolulu",
  "US/Central",
])("money in %s is dollars", (zone) => {
  expect(currencyOf(zone)).toBe("USD");
});

test.each(["Europe/Berlin", "America/Toronto", "America/Sao_Paulo", "Pacific/Auckland", "UTC"])(
  "money in %s is the account's own",
  (zone) => {
    expect(currencyOf(zone)).toBeNull();
  },
);
