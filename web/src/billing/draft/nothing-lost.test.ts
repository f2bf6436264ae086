/** Whatever a tariff has goes back as it came, whether the form shows it or not. */

import { expect, test } from "vitest";
import type { Tariff } from "../../api/billing.ts";
import type { Draft } from "./draft.ts";
import { meanTheSame } from "./meaning.ts";
import { draftOf } from "./of-tariff.ts";
import { tariffOf } from "./to-tariff.ts";

const table = (hours: readonly number[]) => Array.from({ length: 12 }, () => [...hours]);
const ALWAYS = table(Array(24).fill(0));
const EVENING = table([...Array(16).fill(0), ...Array(5).fill(1), ...Array(3).fill(0)]);

/** As the gateway tells one that has all there is. */
const EVERYTHING = {
  name: "Everything",
  currency: "EUR",
  billingDay: 31,
  holidays: {
    ...{ country: "US", subdivision: "CA", names: ["Independence", "Labor"] },
    ...{ observed: true, days: ["2026-12-24"] },
  },
  panels: [7, 1001],
  rates: [
    {
      since: "2026-01-01",
      energy: {
        periods: [
          { name: "Night", tiers: [{ price: "0.10", upToKwh: "500" }, { price: "0.12" }] },
          { name: "Peak", tiers: [{ price: "0.3", upToKwh: null }] },
        ],
        schedule: { weekday: EVENING, weekend: ALWAYS, days: { friday: ALWAYS, holiday: ALWAYS } },
        ...{ tiersBy: "month", limitsPer: "day" },
      },
      adjustments: [{ name: "Fuel", price: "0.01" }],
      demand: [
        {
          periods: [{ name: "Demand", tiers: [{ price: "3", upToKw: "5" }, { price: "4" }] }],
          schedule: null,
        },
        {
          periods: [
            { name: "None", tiers: [{ price: "0" }] },
            { name: "Peak kW", tiers: [{ price: "7" }] },
          ],
          schedule: { weekday: EVENING, weekend: null, days: {} },
        },
      ],
      fixed: [{ name: "Meter", amount: "0.40", by: "day" }],
      netMetering: null,
      netBilling: {
        periods: [
          { name: "Given", price: "0.05" },
          { name: "Given at the peak", price: "0.15" },
        ],
        schedule: { weekday: EVENING, weekend: null, days: {} },
      },
      minimum: { name: "Minimum", amount: "12", by: "day" },
      percentages: [
        { name: "Tax", percent: "7.5", on: ["fixed", "energy"] },
        { name: "Rebate", percent: "-1", on: null },
      ],
    },
  ],
} as Tariff;
const [RATES] = EVERYTHING.rates;

function edited(tariff: Tariff, change: (draft: Draft) => Draft = (draft) => draft): Tariff {
  const draft = draftOf(tariff);
  if (draft === null) throw new Error("The form does not take it.");
  return tariffOf(change(draft));
}

test("a tariff with all there is goes back as it came", () => {
  expect(meanTheSame(edited(EVERYTHING), EVERYTHING)).toBe(true);
});

test("what somebody changes is all that is changed", () => {
  const renamed = edited(EVERYTHING, (draft) => ({ ...draft, name: "Mine" }));
  expect(meanTheSame(renamed, { ...EVERYTHING, name: "Mine" })).toBe(true);

  const dearer = edited(EVERYTHING, (draft) => {
    const [night, peak] = draft.energy.own.periods;
    const periods = [night, { name: "Peak", tiers: [{ price: "0.35", upTo: "" }] }];
    expect(peak?.tiers).toEqual([{ price: "0.3", upTo: "" }]);
    return {
      ...draft,
      energy: { ...draft.energy, own: { ...draft.energy.own, periods } },
    } as Draft;
  });
  const text = JSON.stringify(EVERYTHING).replace('"price":"0.3"', '"price":"0.35"');
  expect(meanTheSame(dearer, JSON.parse(text))).toBe(true);
});

test("net metering with all there is goes back as it came", () => {
  const netMetering = { name: "Credit", excessPrice: "0.03", settlesIn: 3, settlePrice: "0.02" };
  const tariff = { ...EVERYTHING, rates: [{ ...RATES, netBilling: null, netMetering }] } as Tariff;
  expect(meanTheSame(edited(tariff), tariff)).toBe(true);
});

test("limits that nothing is counted by are kept", () => {
  const periods = [{ name: "Energy", tiers: [{ price: "0.2" }] }];
  const energy = { periods, schedule: null, tiersBy: "month", limitsPer: "period" };
  const tariff = { ...EVERYTHING, rates: [{ ...RATES, energy }] } as Tariff;
  expect(meanTheSame(edited(tariff), tariff)).toBe(true);
});

test("what a newer gateway tells is kept", () => {
  const told = {
    ...{ ...EVERYTHING, colour: "green" },
    rates: [{ ...RATES, surcharge: [{ name: "New" }], energy: { ...RATES?.energy, grid: "1" } }],
  } as unknown as Tariff;
  const back = edited(told, (draft) => ({ ...draft, name: "Mine" }));
  expect(meanTheSame(back, { ...told, name: "Mine" })).toBe(true);
});

test.each([
  ["a line of which it knows only a part", { fixed: [{ name: "A", amount: "1", per: "leg" }] }],
  ["a demand of which it knows only a part", { demand: [{ ...RATES?.demand?.[0], hours: 1 }] }],
  ["names with spaces around them", { adjustments: [{ name: " A ", price: "1" }] }],
])("the form leaves alone what it would change: %s", (_, part) => {
  expect(draftOf({ ...EVERYTHING, rates: [{ ...RATES, ...part }] } as Tariff)).toBeNull();
});
