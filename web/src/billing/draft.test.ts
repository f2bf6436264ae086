import { expect, test } from "vitest";
import type { Tariff } from "../api/billing.ts";
import { complaintsOf, type Draft, draftOf, emptyDraft, fieldOf, tariffOf } from "./draft.ts";

const FLAT: Draft = { ...emptyDraft("USD", "2026-01-01"), name: "Home", price: "0.31" };
const TIERS: Draft = {
  ...FLAT,
  pricing: "tiers",
  price: "0.1",
  tiers: [
    { price: "0.1", upToKwh: "500" },
    { price: "0.2", upToKwh: "" },
  ],
};
const TIMES: Draft = {
  ...FLAT,
  ...{ pricing: "times", price: "0.12", fixed: "9.50", fixedBy: "day" },
  ...{ exporting: "credit", exportPrice: "0.08", panels: [7], billingDay: 12 },
  times: { ...FLAT.times, peakPrice: "0.4", offPeakPrice: "0.12" },
};
const SUMMER: Draft = {
  ...TIMES,
  exporting: "metering",
  exportPrice: "",
  times: {
    ...TIMES.times,
    ...{ from: 22, until: 6, atWeekends: true, hasSummer: true, summerFrom: 10, summerTo: 1 },
    ...{ summerPeakPrice: "0.5", summerOffPeakPrice: "0.2" },
  },
};

test.each([
  ["flat", FLAT],
  ["in tiers", TIERS],
  ["by time of use", TIMES],
  ["by time of use and season, around midnight and New Year", SUMMER],
])("a tariff that is %s comes back to the form as it was filled in", (_, draft) => {
  expect(complaintsOf(draft)).toEqual([]);
  expect(draftOf(tariffOf(draft))).toEqual(draft);
});

test("what the gateway adds by default changes nothing", () => {
  const { rates, ...tariff } = tariffOf(FLAT);
  const told = {
    ...{ ...tariff, billingDay: null, holidays: null, panels: [] },
    rates: rates.map((one) => ({
      ...one,
      energy: { ...one.energy, schedule: null, tiersBy: "bill", limitsPer: "period" },
      ...{ adjustments: [], demand: [], fixed: [], netMetering: null, netBilling: null },
      ...{ minimum: null, percentages: [] },
    })),
  };
  expect(draftOf(told)).toEqual(FLAT);
});

test("high prices hold on weekdays alone, unless weekends have them too", () => {
  const { weekday, weekend } = tariffOf(TIMES).rates[0]?.energy.schedule ?? { weekday: [] };
  expect(weekday[0]?.flatMap((period, hour) => (period === 1 ? [hour] : []))).toEqual([
    16, 17, 18, 19, 20,
  ]);
  expect(weekend?.flat().every((period) => period === 0)).toBe(true);
  expect(tariffOf(SUMMER).rates[0]?.energy.schedule?.weekend).toBeUndefined();
});

test.each([
  ["a demand", { demand: [{ periods: [] }] }],
  ["taxes", { percentages: [{ name: "Tax", percent: "8" }] }],
  ["two fixed charges", { fixed: [1, 2].map((n) => ({ name: `${n}`, amount: "1", by: "day" })) }],
])("a tariff with %s is more than the form shows", (_, more) => {
  const tariff = tariffOf(FLAT);
  const rates = tariff.rates.map((one) => ({ ...one, ...more }));
  expect(draftOf({ ...tariff, rates } as Tariff)).toBeNull();
});

test("of prices that changed the form shows the newest, and keeps those before", () => {
  const earlier = tariffOf({ ...TIMES, since: "2025-01-01" }).rates;
  const tariff = tariffOf(FLAT, earlier);
  expect(tariff.rates.map(({ since }) => since)).toEqual(["2025-01-01", "2026-01-01"]);
  expect(draftOf(tariff)).toEqual(FLAT);
});

test("what is wrong is told of each field", () => {
  const empty = { ...emptyDraft("dollars", ""), pricing: "times" as const };
  const times = { ...empty.times, until: 16, hasSummer: true };
  expect(complaintsOf({ ...empty, times }).map(({ field }) => field)).toEqual([
    ...["name", "currency", "since", "peakPrice", "offPeakPrice", "until"],
    ...["summerPeakPrice", "summerOffPeakPrice"],
  ]);
  const tiers = complaintsOf({ ...TIERS, tiers: [...FLAT.tiers], fixed: "x", exporting: "credit" });
  expect(tiers.map(({ field }) => field)).toEqual([
    ...["tier-0-price", "tier-0-upToKwh", "tier-1-price", "fixed", "exportPrice"],
  ]);
});

test("a comma is taken for the point that it is to many", () => {
  expect(complaintsOf({ ...FLAT, price: " 0,31 " })).toEqual([]);
  expect(tariffOf({ ...FLAT, price: " 0,31 " })).toEqual(tariffOf(FLAT));
});

test.each([
  ["currency: 'XXX1' is no code.", FLAT, "currency"],
  ["name: give 1 to 80 characters that can be printed.", FLAT, "name"],
  ["since: in order.", FLAT, "since"],
  ["price: write a number.", FLAT, "price"],
  ["price: write a number.", TIMES, "peakPrice"],
  ["tiers: each has a higher limit (upToKwh).", TIERS, "tier-0-upToKwh"],
  ["amount: it can't be negative.", FLAT, "fixed"],
  ["You have as many tariffs as one account may have.", FLAT, null],
])("the sentence %j is about a field", (sentence, draft, field) => {
  expect(fieldOf(sentence, draft)).toBe(field);
});
