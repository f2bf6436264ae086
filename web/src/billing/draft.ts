/** A tariff as somebody fills it in who has a bill in hand, and the gateway's form of it. */

import type { Fixed, Rates, Schedule, Tariff, Tier } from "../api/billing.ts";

export type Pricing = "flat" | "tiers" | "times";
export type Exporting = "none" | "metering" | "credit";

/** All of it is text, as it stands in fields; prices are for a kWh. */
export interface Draft {
  readonly name: string;
  readonly currency: string;
  /** A local day, such as `2026-03-01`. */
  readonly since: string;
  readonly pricing: Pricing;
  readonly price: string;
  readonly tiers: readonly DraftTier[];
  readonly times: Times;
  /** Empty is none. */
  readonly fixed: string;
  readonly fixedBy: "month" | "day";
  readonly exporting: Exporting;
  readonly exportPrice: string;
  /** How lines are named on the bill, which the form does not show. */
  readonly names: LineNames;
  /** The panels it is for, which the form does not show. */
  readonly panels: readonly number[];
  readonly billingDay: number | null;
}

export interface LineNames {
  /** Of a price that is the same always, or in tiers. */
  readonly energy: string;
  readonly fixed: string;
  readonly exported: string;
}

export interface DraftTier {
  readonly price: string;
  /** Of the last one it is empty. */
  readonly upToKwh: string;
}

/** Hours and months are counted from 0; `until` is the hour at which it ends. */
export interface Times {
  readonly peakPrice: string;
  readonly offPeakPrice: string;
  readonly from: number;
  readonly until: number;
  readonly atWeekends: boolean;
  readonly hasSummer: boolean;
  readonly summerFrom: number;
  readonly summerTo: number;
  readonly summerPeakPrice: string;
  readonly summerOffPeakPrice: string;
}

export interface Complaint {
  readonly field: string;
  readonly sentence: string;
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const A_NUMBER = "Write a number, such as 0.31.";
const [OFF_PEAK, PEAK, SUMMER_OFF_PEAK, SUMMER_PEAK] = [0, 1, 2, 3];
const MONTHS = 12;
const HOURS = 24;

export function emptyDraft(currency: string, since: string): Draft {
  return {
    ...{ name: "", currency, since, pricing: "flat", price: "" },
    tiers: [
      { price: "", upToKwh: "" },
      { price: "", upToKwh: "" },
    ],
    times: {
      ...{ peakPrice: "", offPeakPrice: "", from: 16, until: 21, atWeekends: false },
      ...{ hasSummer: false, summerFrom: 5, summerTo: 8 },
      ...{ summerPeakPrice: "", summerOffPeakPrice: "" },
    },
    ...{ fixed: "", fixedBy: "month", exporting: "none", exportPrice: "" },
    names: { energy: "Energy", fixed: "Fixed charge", exported: "Export credit" },
    ...{ panels: [], billingDay: null },
  };
}

/** What is wrong with it, field by field; the gateway knows the finer rules. */
export function complaintsOf(draft: Draft): readonly Complaint[] {
  const found: Complaint[] = [];
  const need = (field: string, value: string, sentence = A_NUMBER) => {
    if (!NUMBER.test(plain(value))) found.push({ field, sentence });
  };
  if (draft.name.trim() === "") {
    found.push({ field: "name", sentence: "Give it a name, such as that of the plan." });
  }
  if (!/^[A-Z]{3}$/.test(currencyText(draft.currency))) {
    found.push({ field: "currency", sentence: "Write three letters, such as USD or EUR." });
  }
  if (draft.since === "") found.push({ field: "since", sentence: "Choose a day." });
  if (draft.pricing === "flat") need("price", draft.price);
  if (draft.pricing === "tiers") {
    draft.tiers.forEach(({ price, upToKwh }, index) => {
      need(`tier-${index}-price`, price);
      if (index === draft.tiers.length - 1) return;
      need(`tier-${index}-upToKwh`, upToKwh, "Write how many kWh a bill, such as 500.");
    });
  }
  if (draft.pricing === "times") complainOfTimes(draft.times, need, found);
  if (draft.fixed.trim() !== "") need("fixed", draft.fixed, "Write an amount, such as 9.50.");
  if (draft.exporting === "credit") need("exportPrice", draft.exportPrice);
  return found;
}

function complainOfTimes(
  times: Times,
  need: (field: string, value: string) => void,
  found: Complaint[],
): void {
  need("peakPrice", times.peakPrice);
  need("offPeakPrice", times.offPeakPrice);
  if (times.from === times.until) {
    found.push({
      field: "until",
      sentence: "High-price hours end at another hour than they begin.",
    });
  }
  if (!times.hasSummer) return;
  need("summerPeakPrice", times.summerPeakPrice);
  need("summerOffPeakPrice", times.summerOffPeakPrice);
}

/** With the rates that held before, the oldest first. */
export function tariffOf(draft: Draft, earlier: readonly Rates[] = []): Tariff {
  const { name, names, panels, billingDay, fixed, fixedBy } = draft;
  const charges: Fixed[] =
    fixed.trim() === "" ? [] : [{ name: names.fixed, amount: plain(fixed), by: fixedBy }];
  const rates: Rates = {
    since: draft.since,
    energy: energyOf(draft),
    ...(charges.length > 0 ? { fixed: charges } : {}),
    ...(draft.exporting === "metering" ? { netMetering: { name: "Net metering" } } : {}),
    ...(draft.exporting === "credit"
      ? { netBilling: { periods: [{ name: names.exported, price: plain(draft.exportPrice) }] } }
      : {}),
  };
  return {
    ...{ name: name.trim(), currency: currencyText(draft.currency), rates: [...earlier, rates] },
    ...(panels.length > 0 ? { panels } : {}),
    ...(billingDay === null ? {} : { billingDay }),
  };
}

function energyOf({ pricing, price, tiers, times, names }: Draft): Rates["energy"] {
  const one = (text: string): Tier[] => [{ price: plain(text) }];
  if (pricing === "flat") return { periods: [{ name: names.energy, tiers: one(price) }] };
  if (pricing === "tiers") {
    const steps = tiers.map(({ price, upToKwh }, index) =>
      index === tiers.length - 1
        ? { price: plain(price) }
        : { price: plain(price), upToKwh: plain(upToKwh) },
    );
    return { periods: [{ name: names.energy, tiers: steps }] };
  }
  const periods = [
    { name: "Low-price hours", tiers: one(times.offPeakPrice) },
    { name: "High-price hours", tiers: one(times.peakPrice) },
  ];
  if (times.hasSummer) {
    periods.push(
      { name: "Summer, low-price hours", tiers: one(times.summerOffPeakPrice) },
      { name: "Summer, high-price hours", tiers: one(times.summerPeakPrice) },
    );
  }
  return { periods, schedule: scheduleOf(times) };
}

function scheduleOf(times: Times): Schedule {
  const table = (hasPeak: boolean) =>
    Array.from({ length: MONTHS }, (_, month) =>
      Array.from({ length: HOURS }, (_, hour) => {
        const isPeak = hasPeak && isWithin(hour, times.from, times.until);
        if (!isSummer(month, times)) return isPeak ? PEAK : OFF_PEAK;
        return isPeak ? SUMMER_PEAK : SUMMER_OFF_PEAK;
      }),
    ) as number[][];
  const weekday = table(true);
  return times.atWeekends ? { weekday } : { weekday, weekend: table(false) };
}

function isSummer(month: number, { hasSummer, summerFrom, summerTo }: Times): boolean {
  return hasSummer && isWithin(month, summerFrom, (summerTo + 1) % MONTHS);
}

/** Around midnight, and around New Year, too; from one to the same is all of it. */
function isWithin(value: number, from: number, until: number): boolean {
  if (from === until) return true;
  return from < until ? value >= from && value < until : value >= from || value < until;
}

/** The form's view of a tariff's newest rates; null where they have more than the form shows. */
export function draftOf(tariff: Tariff): Draft | null {
  const rates = tariff.rates[tariff.rates.length - 1];
  if (rates === undefined) return null;
  const { energy, fixed = [], netMetering, netBilling } = rates;
  const base = emptyDraft(tariff.currency, rates.since);
  const [first] = energy.periods;
  const tiers = first?.tiers ?? [];
  const draft: Draft = {
    ...base,
    name: tariff.name,
    pricing: energy.schedule ? "times" : tiers.length > 1 ? "tiers" : "flat",
    price: tiers[0]?.price ?? "",
    tiers:
      tiers.length > 1
        ? tiers.map(({ price, upToKwh }) => ({ price, upToKwh: upToKwh ?? "" }))
        : base.tiers,
    times: timesOf(energy, base.times),
    fixed: fixed[0]?.amount ?? "",
    fixedBy: fixed[0]?.by ?? "month",
    exporting: netMetering ? "metering" : netBilling ? "credit" : "none",
    exportPrice: netBilling?.periods[0]?.price ?? "",
    names: {
      energy: energy.schedule ? base.names.energy : (first?.name ?? ""),
      fixed: fixed[0]?.name ?? base.names.fixed,
      exported: netBilling?.periods[0]?.name ?? base.names.exported,
    },
    panels: tariff.panels ?? [],
    billingDay: tariff.billingDay ?? null,
  };
  return meaning(tariffOf(draft)) === meaning({ ...tariff, rates: [rates] }) ? draft : null;
}

function timesOf({ periods, schedule }: Rates["energy"], base: Times): Times {
  if (!schedule) return base;
  const price = (index: number) => periods[index]?.tiers[0]?.price ?? "";
  const { weekday } = schedule;
  const summer = weekday.flatMap((hours, month) =>
    hours.some((period) => period >= SUMMER_OFF_PEAK) ? [month] : [],
  );
  const peaks = (weekday[0] ?? []).flatMap((period, hour) => (period % 2 === PEAK ? [hour] : []));
  return {
    peakPrice: price(PEAK),
    offPeakPrice: price(OFF_PEAK),
    from: beginning(peaks, HOURS),
    until: (beginning(peaks, HOURS) + peaks.length) % HOURS,
    atWeekends: !schedule.weekend,
    hasSummer: summer.length > 0,
    summerFrom: summer.length > 0 ? beginning(summer, MONTHS) : base.summerFrom,
    summerTo:
      summer.length > 0 ? (beginning(summer, MONTHS) + summer.length - 1) % MONTHS : base.summerTo,
    summerPeakPrice: price(SUMMER_PEAK),
    summerOffPeakPrice: price(SUMMER_OFF_PEAK),
  };
}

/** The one whose former is not among them: they may go on around the end. */
function beginning(values: readonly number[], count: number): number {
  return values.find((value) => !values.includes((value + count - 1) % count)) ?? 0;
}

/** The same for tariffs that mean the same, whatever is left out by default. */
function meaning(tariff: Tariff): string {
  return JSON.stringify(stripped(tariff));
}

const DEFAULTS: Readonly<Record<string, unknown>> = {
  tiersBy: "bill",
  limitsPer: "period",
  settlePrice: "0",
};

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, stripped(inner)] as const)
    .filter(([name, inner]) => !isNothing(inner) && DEFAULTS[name] !== inner)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(kept);
}

function isNothing(value: unknown): boolean {
  if (value == null) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** A comma is how many people write it. */
function plain(text: string): string {
  return text.trim().replace(",", ".");
}

function currencyText(text: string): string {
  return text.trim().toUpperCase();
}

/** Which field the gateway's sentence is about; null is none that the form has. */
export function fieldOf(sentence: string, { pricing }: Draft): string | null {
  const about = sentence.split(":")[0] ?? "";
  if (/currency/i.test(about)) return "currency";
  if (/since/.test(about)) return "since";
  if (/^name/.test(about)) return "name";
  if (/upToKwh|tiers/.test(sentence)) return pricing === "tiers" ? "tier-0-upToKwh" : null;
  if (/fixed|amount/.test(about)) return "fixed";
  if (/export|netBilling/.test(about)) return "exportPrice";
  if (/price/.test(about)) {
    return { flat: "price", tiers: "tier-0-price", times: "peakPrice" }[pricing];
  }
  return null;
}
