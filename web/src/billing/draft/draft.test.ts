import { expect, test } from "vitest";
import { complaintsOf } from "./complaints.ts";
import { type Draft, emptyDraft, NO_FIXED } from "./draft.ts";
import { draftOf } from "./of-tariff.ts";
import { tariffOf } from "./to-tariff.ts";

const EMPTY = emptyDraft("USD", "2026-01-01");
const FLAT: Draft = { ...EMPTY, name: "Home", energy: { ...EMPTY.energy, price: "0.31" } };
const STEPS = [
  { price: "0.1", upTo: "500" },
  { price: "0.2", upTo: "" },
];
const TIERS: Draft = {
  ...{ ...FLAT, counted: "day of the month" },
  energy: { ...FLAT.energy, pricing: "tiers", price: "0.1", tiers: STEPS },
};
const TIMES: Draft = {
  ...FLAT,
  energy: {
    ...{ ...FLAT.energy, pricing: "times", price: "0.12" },
    times: { ...FLAT.energy.times, peakPrice: "0.4", offPeakPrice: "0.12" },
  },
  fixed: [{ ...NO_FIXED, amount: "9.50", by: "day" }],
  ...{ exporting: "credit", credit: { ...FLAT.credit, price: "0.08" } },
  ...{ isForAll: false, panels: [7], billingDay: "12" },
};
const SUMMER: Draft = {
  ...FLAT,
  energy: {
    ...TIMES.energy,
    times: {
      ...{ ...TIMES.energy.times, from: 22, until: 6, atWeekends: true, atHolidays: false },
      ...{ hasSummer: true, summerFrom: 10, summerTo: 1 },
      ...{ summerPeakPrice: "0.5", summerOffPeakPrice: "0.2" },
    },
  },
  exporting: "metering",
  metering: { ...FLAT.metering, settlesIn: 3, settlePrice: "0.02" },
  holidays: {
    ...{ country: "US", subdivision: "CA", observed: true },
    ...{ names: "Labor Day\nNew Year", days: "2026-12-24" },
  },
};
const FULL: Draft = {
  ...TIMES,
  fixed: [
    { name: "Meter", amount: "3", by: "month" },
    { name: "Grid", amount: "0.2", by: "day" },
  ],
  adjustments: [{ name: "Fuel", price: "-0.01" }],
  demand: [
    { ...(EMPTY.demand[0] ?? TIERS.energy), name: "Peak of the bill" },
    {
      ...{ ...TIMES.energy, name: "Demand", price: "0" },
      times: { ...TIMES.energy.times, peakPrice: "12", offPeakPrice: "0", atHolidays: false },
    },
  ],
  minimum: { name: "At least", amount: "12", by: "month" },
  percentages: [
    { name: "State tax", percent: "7.5", on: ["energy", "fixed"] },
    {
      ...{ name: "City tax", percent: "1" },
      on: ["energy", "adjustment", "demand", "fixed", "credit", "minimum"],
    },
  ],
  holidays: { ...EMPTY.holidays, country: "US" },
};

test.each([
  ["flat", FLAT],
  ["in tiers", TIERS],
  ["by time of use", TIMES],
  ["by time of use and season, around midnight and New Year, with holidays", SUMMER],
  ["with demands, additions, taxes and a minimum", FULL],
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

test("high prices hold on weekdays alone, unless weekends and holidays have them too", () => {
  const { weekday, weekend, days } = tariffOf(TIMES).rates[0]?.energy.schedule ?? { weekday: [] };
  expect(weekday[0]?.flatMap((period, hour) => (period === 1 ? [hour] : []))).toEqual([
    16, 17, 18, 19, 20,
  ]);
  expect(weekend?.flat().every((period) => period === 0)).toBe(true);
  expect(days).toBeUndefined();
  const summer = tariffOf(SUMMER).rates[0]?.energy.schedule;
  expect(summer?.weekend).toBeUndefined();
  expect(summer?.days?.holiday?.[0]?.every((period) => period === 2)).toBe(true);
});

test("of prices that changed the form shows those asked for, and keeps the others", () => {
  const [before, after] = ["2025-01-01", "2027-01-01"].map((since) => ({ ...TIMES, since }));
  const earlier = tariffOf(before ?? TIMES).rates;
  const later = tariffOf(after ?? TIMES).rates;
  const tariff = tariffOf(FLAT, { earlier, later });
  expect(tariff.rates.map(({ since }) => since)).toEqual([
    ...["2025-01-01", "2026-01-01", "2027-01-01"],
  ]);
  expect(draftOf(tariff, 1)).toEqual(FLAT);
  expect(draftOf(tariff)?.since).toBe("2027-01-01");
});

test("a comma is taken for the point that it is to many", () => {
  const typed: Draft = { ...FLAT, energy: { ...FLAT.energy, price: " 0,31 " } };
  expect(complaintsOf(typed)).toEqual([]);
  expect(tariffOf(typed)).toEqual(tariffOf(FLAT));
});
