import { expect, test } from "vitest";
import type { Tariff } from "../../api/billing.ts";
import { holdingsOf } from "./holdings.ts";

const ENERGY = { periods: [{ name: "Energy", tiers: [{ price: "0.1", upToKwh: "5" }] }] };
const tariff = (...rates: object[]) => ({ name: "A", currency: "USD", rates }) as unknown as Tariff;

test("what a tariff has is counted, of its newest rates", () => {
  const [period] = ENERGY.periods;
  const rates = {
    energy: { periods: [period, { name: "Peak", tiers: [{}, {}] }] },
    ...{ demand: [{}], fixed: [{}, {}], minimum: {}, netBilling: {} },
  };
  expect(holdingsOf(tariff({ energy: ENERGY, percentages: [{}] }, rates))).toBe(
    "3 prices of energy, 1 demand charge, 2 fixed charges, a minimum bill, and credits for what you give",
  );
});

test("a price alone is said as such", () => {
  expect(holdingsOf(tariff({ energy: ENERGY, netMetering: null }))).toBe("1 price of energy");
  expect(holdingsOf(tariff())).toBe("");
});
