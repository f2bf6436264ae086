import { expect, test } from "vitest";
import { complaintsOf, fieldOf } from "./complaints.ts";
import { type Draft, emptyDraft, NO_FIXED } from "./draft.ts";

const EMPTY = emptyDraft("USD", "2026-01-01");
const FLAT: Draft = { ...EMPTY, name: "Home", energy: { ...EMPTY.energy, price: "0.31" } };
const fieldsOf = (draft: Draft) => complaintsOf(draft).map(({ field }) => field);

test("what is wrong is told of each field", () => {
  const empty = emptyDraft("dollars", "");
  const times = { ...empty.energy.times, until: 16, hasSummer: true };
  expect(fieldsOf({ ...empty, energy: { ...empty.energy, pricing: "times", times } })).toEqual([
    ...["name", "currency", "since", "energy-peakPrice", "energy-offPeakPrice", "energy-until"],
    ...["energy-summerPeakPrice", "energy-summerOffPeakPrice"],
  ]);
  const more: Draft = {
    ...{ ...FLAT, billingDay: "32", isForAll: false, exporting: "credit" },
    energy: { ...FLAT.energy, pricing: "tiers" },
    fixed: [{ ...NO_FIXED, amount: "x" }],
    adjustments: [{ name: "", price: "" }],
    demand: [{ ...FLAT.energy, name: "", price: "" }],
    minimum: { ...FLAT.minimum, amount: "-1" },
    percentages: [{ name: "Tax", percent: "101", on: [] }],
    holidays: { ...FLAT.holidays, country: "USA", subdivision: "long", days: "2026-02-30" },
  };
  expect(fieldsOf(more)).toEqual([
    ...["billingDay", "panels", "energy-tier-0-price", "energy-tier-0-upTo"],
    ...["energy-tier-1-price", "fixed-0-amount", "adjustments-0-name", "adjustments-0-price"],
    ...["demand-0-name", "demand-0-price", "minimum-amount"],
    ...["percentages-0-percent", "percentages-0-on", "credit-price"],
    ...["holidays-country", "holidays-subdivision", "holidays-days"],
  ]);
});

test("where holidays have prices of their own, somebody says which days they are", () => {
  const times = { ...FLAT.energy.times, peakPrice: "1", offPeakPrice: "1", atHolidays: false };
  const draft: Draft = { ...FLAT, energy: { ...FLAT.energy, pricing: "times", times } };
  expect(fieldsOf(draft)).toEqual(["holidays-country"]);
  const days = { ...draft.holidays, days: "2026-12-24\n2026-12-31" };
  expect(fieldsOf({ ...draft, holidays: days })).toEqual([]);
  expect(fieldsOf({ ...draft, holidays: { ...draft.holidays, country: "us" } })).toEqual([]);
});

test("limits go up", () => {
  const tiers = ["500", "500", ""].map((upTo) => ({ price: "1", upTo }));
  const draft: Draft = { ...FLAT, energy: { ...FLAT.energy, pricing: "tiers", tiers } };
  expect(complaintsOf(draft)).toEqual([
    { field: "energy-tier-1-upTo", sentence: "Write more than the limit before." },
  ]);
});

const FULL: Draft = {
  ...{ ...FLAT, exporting: "metering" },
  fixed: ["1", "0.123456789"].map((amount) => ({ ...NO_FIXED, amount })),
  adjustments: [{ name: "Fuel", price: "1" }],
  demand: [{ ...FLAT.energy, pricing: "tiers", tiers: [{ price: "1", upTo: "2" }] }],
  minimum: { ...FLAT.minimum, amount: "1" },
  percentages: [{ name: "Tax", percent: "8", on: ["energy"] }],
  metering: { ...FLAT.metering, excessPrice: "1" },
};
const DEAR: Draft = { ...FULL, demand: [{ ...FLAT.energy, price: "0.123456789" }] };
const STEPS: Draft = {
  ...FULL,
  demand: [
    {
      ...{ ...FLAT.energy, pricing: "tiers" },
      tiers: ["2", ""].map((upTo) => ({ price: "1", upTo })),
    },
  ],
};

test.each([
  ["currency: 'XXX1' is no code.", FLAT, "currency"],
  ["name: give 1 to 80 characters that can be printed.", FLAT, "name"],
  ["rates: each begins (since) after the one before.", FLAT, "since"],
  ["billingDay: a day of the month is a number from 1 to 31.", FLAT, "billingDay"],
  ["panels: name panels by their gids.", FLAT, "panels"],
  ["price: write a number.", FLAT, "energy-price"],
  ["price: write a number up to 1,000,000,000 with 8 decimals at most.", DEAR, "demand-0-price"],
  ["tiers: each has a higher limit (upToKw) than the one before.", STEPS, "demand-0-tier-0-upTo"],
  ["fixed.amount: write a number.", FULL, "fixed-1-amount"],
  ["adjustments.name: give 1 to 80 characters.", FULL, "adjustments-0-name"],
  ["minimum.amount: it can't be negative.", FULL, "minimum-amount"],
  ["percentages: write -100 to 100 per cent.", FULL, "percentages-0-percent"],
  ["export.excessPrice: write a number.", FULL, "metering-excessPrice"],
  ["holidays.country: write two capitals, such as US.", FULL, "holidays-country"],
  ["holidays: the holidays of XX are not known.", FULL, "holidays-country"],
  ["holidays.names: give 0 to 40 of them.", FULL, "holidays-names"],
  ["netMetering, netBilling: give one of them, or none.", FULL, null],
  ["You have as many tariffs as one account may have.", FLAT, null],
])("the sentence %j is about a field", (sentence, draft, field) => {
  expect(fieldOf(sentence, draft)).toBe(field);
});
