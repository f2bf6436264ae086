/** The form's view of a tariff. */

import type {
  DemandCharge,
  EnergyRates,
  Fixed,
  Holidays,
  NetMetering,
  Tariff,
} from "../../api/billing.ts";
import {
  type Counted,
  CREDIT_LINES,
  DEMAND_LINES,
  type Draft,
  type DraftCharge,
  ENERGY_LINES,
  emptyDraft,
  KINDS,
  NO_METERING,
  NO_MINIMUM,
} from "./draft.ts";
import { meanTheSame } from "./meaning.ts";
import { draftPeriod, emptyPrices, readPrices } from "./prices.ts";
import { tariffOf } from "./to-tariff.ts";

/**
 * The rates at this place, by default the newest; null where the form would change what nobody
 * changed in it.
 */
export function draftOf(tariff: Tariff, place = tariff.rates.length - 1): Draft | null {
  const { name, currency, rates, billingDay, holidays, panels = [], ...others } = tariff;
  const one = rates[place];
  if (one === undefined) return null;
  const { since, energy, fixed = [], minimum, netMetering, netBilling, ...rest } = one;
  const { adjustments = [], demand = [], percentages = [], ...otherRates } = rest;
  const base = emptyDraft(currency, since);
  const draft: Draft = {
    ...base,
    ...{ name, billingDay: billingDay == null ? "" : String(billingDay) },
    ...energyOf(energy),
    fixed: fixed.length > 0 ? fixed.map(chargeOf) : base.fixed,
    adjustments: adjustments.map(({ name, price }) => ({ name, price })),
    demand: demand.map(({ periods, schedule = null }) =>
      readPrices({ periods: periods.map(inKw), schedule }, DEMAND_LINES),
    ),
    minimum: minimum ? chargeOf(minimum) : NO_MINIMUM,
    percentages: percentages.map(({ name, percent, on }) => ({
      ...{ name, percent, on: on ?? KINDS },
    })),
    exporting: netMetering ? "metering" : netBilling ? "credit" : "none",
    metering: netMetering ? meteringOf(netMetering) : NO_METERING,
    credit: netBilling
      ? readPrices(
          {
            periods: netBilling.periods.map(({ name, price }) => ({ name, tiers: [{ price }] })),
            schedule: netBilling.schedule ?? null,
          },
          CREDIT_LINES,
        )
      : emptyPrices(CREDIT_LINES),
    holidays: holidaysOf(holidays ?? {}),
    ...{ isForAll: panels.length === 0, panels },
    kept: { tariff: others, rates: otherRates, energy: unknownOf(energy) },
  };
  return meanTheSame(tariffOf(draft), { ...tariff, rates: [one] }) ? draft : null;
}

function energyOf({ periods, schedule, tiersBy, limitsPer }: EnergyRates) {
  const months = tiersBy === "month";
  const days = limitsPer === "day";
  const counted: Counted = days
    ? `day of the ${months ? "month" : "bill"}`
    : months
      ? "month"
      : "bill";
  const told = { periods: periods.map(inKwh), schedule: schedule ?? null };
  const energy = readPrices(told, ENERGY_LINES);
  // Without limits it makes no difference what they are counted over, but it is not lost.
  if (counted === "bill" || energy.pricing === "tiers") return { energy, counted };
  const own = { periods: told.periods.map(draftPeriod), schedule: told.schedule };
  return { energy: { ...energy, pricing: "own" as const, own }, counted };
}

function unknownOf(energy: EnergyRates): Record<string, unknown> {
  const { periods: _periods, schedule: _schedule, tiersBy: _by, limitsPer: _per, ...rest } = energy;
  return rest;
}

function inKwh({ name, tiers }: EnergyRates["periods"][number]) {
  return { name, tiers: tiers.map(({ price, upToKwh = null }) => ({ price, upTo: upToKwh })) };
}

function inKw({ name, tiers }: DemandCharge["periods"][number]) {
  return { name, tiers: tiers.map(({ price, upToKw = null }) => ({ price, upTo: upToKw })) };
}

function chargeOf({ name, amount, by = "month" }: Fixed): DraftCharge {
  return { name, amount, by };
}

function meteringOf({ name, excessPrice, settlesIn, settlePrice }: NetMetering) {
  return {
    ...{ name, excessPrice: excessPrice ?? "", settlesIn: settlesIn ?? 0 },
    settlePrice: settlePrice == null || settlePrice === "0" ? "" : settlePrice,
  };
}

function holidaysOf({ country, subdivision, names = [], observed = false, days = [] }: Holidays) {
  return {
    ...{ country: country ?? "", subdivision: subdivision ?? "", observed },
    ...{ names: names.join("\n"), days: days.join("\n") },
  };
}
