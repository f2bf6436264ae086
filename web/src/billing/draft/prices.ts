/** Prices as a form has them: one, in steps, by the time of day, or by hours of their own. */

import type { Schedule } from "../../api/billing.ts";
import { meanTheSame } from "./meaning.ts";
import { plain } from "./text.ts";
import { EMPTY_TIMES, pricesOf, scheduleOf, type Times, timesOf } from "./times.ts";

/** `own` is what the other kinds can't say: its prices are changed, its hours stay. */
export type Pricing = "flat" | "tiers" | "times" | "own";

/** A price up to a limit; of the last one that is empty. */
export interface DraftTier {
  readonly price: string;
  readonly upTo: string;
}

/** A time of use, as its line is named. */
export interface DraftPeriod {
  readonly name: string;
  readonly tiers: readonly DraftTier[];
}

export interface Prices {
  readonly pricing: Pricing;
  /** The line of a price that is the same always, or in steps. */
  readonly name: string;
  readonly price: string;
  readonly tiers: readonly DraftTier[];
  readonly times: Times;
  readonly own: { readonly periods: readonly DraftPeriod[]; readonly schedule: Schedule | null };
}

/** How lines are called before somebody names them: one always, and four by time and season. */
export interface LineNames {
  readonly always: string;
  readonly times: readonly string[];
}

/** As the gateway has prices of energy, demand and credits alike. */
export interface Periods {
  readonly periods: readonly Period[];
  readonly schedule?: Schedule | null;
}

interface Period {
  readonly name: string;
  readonly tiers: readonly { readonly price: string; readonly upTo?: string | null }[];
}

const NO_TIER: DraftTier = { price: "", upTo: "" };

export function emptyPrices({ always }: LineNames): Prices {
  return {
    ...{ pricing: "flat", name: always, price: "", tiers: [NO_TIER, NO_TIER] },
    ...{ times: EMPTY_TIMES, own: { periods: [], schedule: null } },
  };
}

/** As the gateway takes them. */
export function periodsOf(prices: Prices, { times: names }: LineNames): Periods {
  const { pricing, name, price, tiers, times, own } = prices;
  if (pricing === "flat") return { periods: [{ name, tiers: stepsOf([{ price, upTo: "" }]) }] };
  if (pricing === "tiers") return { periods: [{ name, tiers: stepsOf(tiers) }] };
  if (pricing === "times") {
    const periods = pricesOf(times).map((price, place) => ({
      name: names[place] ?? "",
      tiers: stepsOf([{ price, upTo: "" }]),
    }));
    return { periods, schedule: scheduleOf(times) };
  }
  const periods = own.periods.map(({ name, tiers }) => ({
    name: name.trim(),
    tiers: stepsOf(tiers),
  }));
  return { periods, ...(own.schedule === null ? {} : { schedule: own.schedule }) };
}

function stepsOf(tiers: readonly DraftTier[]): Period["tiers"] {
  return tiers.map(({ price, upTo }, place) =>
    place === tiers.length - 1
      ? { price: plain(price) }
      : { price: plain(price), upTo: plain(upTo) },
  );
}

/** In the simplest words that say all of it. */
export function readPrices(told: Periods, names: LineNames): Prices {
  const periods = told.periods.map(draftPeriod);
  const [first] = periods;
  const tiers = first?.tiers ?? [];
  const own = { periods, schedule: told.schedule ?? null };
  const base = { ...emptyPrices(names), name: first?.name ?? "" };
  const simple: Prices[] = [
    { ...base, pricing: "flat", price: tiers[0]?.price ?? "" },
    { ...base, pricing: "tiers", price: tiers[0]?.price ?? "", tiers },
  ];
  if (told.schedule) {
    const prices = periods.map(({ tiers }) => tiers[0]?.price ?? "");
    const times = timesOf(told.schedule, prices);
    simple.push({ ...emptyPrices(names), pricing: "times", price: prices[0] ?? "", times });
  }
  const fitting = simple.find((prices) => meanTheSame(periodsOf(prices, names), told));
  return fitting ?? { ...base, name: names.always, pricing: "own", own };
}

export function draftPeriod({ name, tiers }: Period): DraftPeriod {
  return { name, tiers: tiers.map(({ price, upTo }) => ({ price, upTo: upTo ?? "" })) };
}
