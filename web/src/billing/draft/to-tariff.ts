/** What was filled in, in the gateway's form. */

import type { EnergyRates, Fixed, Holidays, Rates, Tariff } from "../../api/billing.ts";
import {
  type Counted,
  CREDIT_LINES,
  DEMAND_LINES,
  type Draft,
  type DraftCharge,
  type DraftHolidays,
  type DraftPercentage,
  ENERGY_LINES,
  KINDS,
} from "./draft.ts";
import { periodsOf } from "./prices.ts";
import { capitals, linesOf, plain } from "./text.ts";

interface Others {
  /** The rates that hold before those of the form, the oldest first. */
  readonly earlier?: readonly Rates[];
  readonly later?: readonly Rates[];
}

export function tariffOf(draft: Draft, { earlier = [], later = [] }: Others = {}): Tariff {
  const { name, currency, billingDay, holidays, isForAll, panels, kept } = draft;
  const told = holidaysOf(holidays);
  return {
    ...kept.tariff,
    ...{ name: name.trim(), currency: capitals(currency) },
    rates: [...earlier, ratesOf(draft), ...later],
    ...(isForAll ? {} : { panels }),
    ...(billingDay.trim() === "" ? {} : { billingDay: Number(billingDay) }),
    ...(told === null ? {} : { holidays: told }),
  };
}

function ratesOf(draft: Draft): Rates {
  const { since, exporting, kept } = draft;
  const adjustments = draft.adjustments.map(({ name, price }) => ({
    ...{ name: name.trim(), price: plain(price) },
  }));
  const fixed = draft.fixed.flatMap(chargeOf);
  const [minimum] = chargeOf(draft.minimum);
  const percentages = draft.percentages.map(percentageOf);
  const demand = draft.demand.map(demandOf);
  return {
    ...kept.rates,
    since,
    energy: energyOf(draft),
    ...(adjustments.length > 0 ? { adjustments } : {}),
    ...(demand.length > 0 ? { demand } : {}),
    ...(fixed.length > 0 ? { fixed } : {}),
    ...(exporting === "metering" ? { netMetering: meteringOf(draft) } : {}),
    ...(exporting === "credit" ? { netBilling: creditOf(draft) } : {}),
    ...(minimum ? { minimum } : {}),
    ...(percentages.length > 0 ? { percentages } : {}),
  };
}

const COUNTED: Readonly<Record<Counted, Pick<EnergyRates, "tiersBy" | "limitsPer">>> = {
  bill: {},
  month: { tiersBy: "month" },
  "day of the bill": { limitsPer: "day" },
  "day of the month": { tiersBy: "month", limitsPer: "day" },
};

function energyOf({ energy, counted, kept }: Draft): EnergyRates {
  const { periods, schedule } = periodsOf(energy, ENERGY_LINES);
  return {
    ...kept.energy,
    periods: periods.map(({ name, tiers }) => ({
      name,
      tiers: tiers.map(({ price, upTo }) => (upTo == null ? { price } : { price, upToKwh: upTo })),
    })),
    ...(schedule ? { schedule } : {}),
    ...(energy.pricing === "tiers" || energy.pricing === "own" ? COUNTED[counted] : {}),
  };
}

function demandOf(prices: Draft["demand"][number]) {
  const { periods, schedule } = periodsOf(prices, DEMAND_LINES);
  return {
    periods: periods.map(({ name, tiers }) => ({
      name,
      tiers: tiers.map(({ price, upTo }) => (upTo == null ? { price } : { price, upToKw: upTo })),
    })),
    ...(schedule ? { schedule } : {}),
  };
}

function creditOf({ credit }: Draft) {
  const { periods, schedule } = periodsOf(credit, CREDIT_LINES);
  return {
    periods: periods.map(({ name, tiers }) => ({ name, price: tiers[0]?.price ?? "" })),
    ...(schedule ? { schedule } : {}),
  };
}

function meteringOf({ metering: { name, excessPrice, settlesIn, settlePrice } }: Draft) {
  return {
    name,
    ...(excessPrice.trim() === "" ? {} : { excessPrice: plain(excessPrice) }),
    ...(settlesIn === 0 ? {} : { settlesIn }),
    ...(settlePrice.trim() === "" ? {} : { settlePrice: plain(settlePrice) }),
  };
}

function chargeOf({ name, amount, by }: DraftCharge): Fixed[] {
  return amount.trim() === "" ? [] : [{ name: name.trim(), amount: plain(amount), by }];
}

function percentageOf({ name, percent, on }: DraftPercentage) {
  const told = { name: name.trim(), percent: plain(percent) };
  return on.length === KINDS.length ? told : { ...told, on };
}

/** Null where there are none. */
function holidaysOf(draft: DraftHolidays): Holidays | null {
  const [country, subdivision] = [capitals(draft.country), capitals(draft.subdivision)];
  const [names, days] = [linesOf(draft.names), linesOf(draft.days)];
  const { observed } = draft;
  if (country === "" && subdivision === "" && names.length + days.length === 0 && !observed) {
    return null;
  }
  return {
    ...(country === "" ? {} : { country }),
    ...(subdivision === "" ? {} : { subdivision }),
    ...(names.length > 0 ? { names } : {}),
    ...(observed ? { observed } : {}),
    ...(days.length > 0 ? { days } : {}),
  };
}
