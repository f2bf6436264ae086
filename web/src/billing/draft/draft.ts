/** A tariff as somebody fills it in who has a bill in hand; all of it is text, as fields have it. */

import { emptyPrices, type LineNames, type Prices } from "./prices.ts";

export type Exporting = "none" | "metering" | "credit";
export type By = "month" | "day";
/** What limits in kWh are counted over. */
export type Counted = "bill" | "month" | "day of the bill" | "day of the month";

export interface Draft {
  readonly name: string;
  readonly currency: string;
  /** A local day, such as `2026-03-01`. */
  readonly since: string;
  /** Empty is the home's own. */
  readonly billingDay: string;
  readonly energy: Prices;
  readonly counted: Counted;
  /** Without an amount there is none, as of all charges. */
  readonly fixed: readonly DraftCharge[];
  readonly adjustments: readonly DraftAdjustment[];
  readonly demand: readonly Prices[];
  readonly minimum: DraftCharge;
  readonly percentages: readonly DraftPercentage[];
  readonly exporting: Exporting;
  readonly metering: DraftMetering;
  readonly credit: Prices;
  readonly holidays: DraftHolidays;
  readonly isForAll: boolean;
  readonly panels: readonly number[];
  readonly kept: Kept;
}

export interface DraftCharge {
  readonly name: string;
  readonly amount: string;
  readonly by: By;
}

export interface DraftAdjustment {
  readonly name: string;
  readonly price: string;
}

export interface DraftPercentage {
  readonly name: string;
  readonly percent: string;
  readonly on: readonly string[];
}

export interface DraftMetering {
  readonly name: string;
  /** Empty carries what is left over to the next bill. */
  readonly excessPrice: string;
  /** A month from 1; 0 is never. */
  readonly settlesIn: number;
  readonly settlePrice: string;
}

/** Names and days stand on lines of their own. */
export interface DraftHolidays {
  readonly country: string;
  readonly subdivision: string;
  readonly names: string;
  readonly observed: boolean;
  readonly days: string;
}

/** What the gateway told and the form knows nothing of: it goes back as it came. */
export interface Kept {
  readonly tariff: Readonly<Record<string, unknown>>;
  readonly rates: Readonly<Record<string, unknown>>;
  readonly energy: Readonly<Record<string, unknown>>;
}

/** The kinds of lines that percentages are of, as a bill has them. */
export const KINDS = ["energy", "adjustment", "demand", "fixed", "credit", "minimum"] as const;

export const ENERGY_LINES: LineNames = {
  always: "Energy",
  times: [
    ...["Low-price hours", "High-price hours"],
    ...["Summer, low-price hours", "Summer, high-price hours"],
  ],
};
export const DEMAND_LINES: LineNames = {
  always: "Demand",
  times: [
    ...["Demand in low-price hours", "Demand in high-price hours"],
    ...["Summer demand in low-price hours", "Summer demand in high-price hours"],
  ],
};
export const CREDIT_LINES: LineNames = {
  always: "Export credit",
  times: [
    ...["Export credit in low-price hours", "Export credit in high-price hours"],
    ...["Summer export credit in low-price hours", "Summer export credit in high-price hours"],
  ],
};

export const NO_FIXED: DraftCharge = { name: "Fixed charge", amount: "", by: "month" };
export const NO_MINIMUM: DraftCharge = { name: "Minimum bill", amount: "", by: "month" };
export const NO_METERING: DraftMetering = {
  ...{ name: "Net metering", excessPrice: "", settlesIn: 0, settlePrice: "" },
};
const NO_HOLIDAYS: DraftHolidays = {
  ...{ country: "", subdivision: "", names: "", observed: false, days: "" },
};

export function emptyDraft(currency: string, since: string): Draft {
  return {
    ...{ name: "", currency, since, billingDay: "" },
    ...{ energy: emptyPrices(ENERGY_LINES), counted: "bill" },
    ...{ fixed: [NO_FIXED], adjustments: [], demand: [], minimum: NO_MINIMUM, percentages: [] },
    ...{ exporting: "none", metering: NO_METERING, credit: emptyPrices(CREDIT_LINES) },
    ...{ holidays: NO_HOLIDAYS, isForAll: true, panels: [] },
    kept: { tariff: {}, rates: {}, energy: {} },
  };
}
