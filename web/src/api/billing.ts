/** What a home costs, and the tariffs by which it does. Money travels as text, never as a float. */

import { call } from "./client.ts";

export interface CostLine {
  readonly name: string;
  readonly kind: string;
  /** Null is unknown. */
  readonly amount: string | null;
  readonly quantity?: string | null;
  readonly unit?: string;
  readonly price?: string | null;
  /** Why there is no amount. */
  readonly unknown?: string | null;
}

export interface CostCircuit {
  /** Null, as the channel, for what no circuit used. */
  readonly deviceGid: number | null;
  readonly channel: string | null;
  /** Null, as the kWh, where nothing is known of it. */
  readonly amount: string | null;
  readonly kwh: number | null;
  /** The share of the row's time so far in which it is known, 0 to 1. */
  readonly coverage: number;
}

export interface CostRow {
  /** ISO 8601 in UTC. */
  readonly start: string;
  readonly end: string;
  readonly amount: string | null;
  readonly kwh: number;
  readonly exportedKwh: number;
  /** The share of its time so far that is known, 0 to 1. */
  readonly coverage: number;
  readonly lines?: readonly CostLine[];
  readonly circuits?: readonly CostCircuit[];
}

export interface Costs {
  readonly currency: string;
  /** The id of the tariff; null where it is nobody's, but the price that Emporia was told. */
  readonly tariff: string | null;
  readonly pricedBy: { readonly source: "own" | "emporia"; readonly name: string };
  readonly total: string;
  readonly coverage: number;
  readonly netted: number;
  readonly rows: readonly CostRow[];
  /** Of the current bill, where rows are bills. */
  readonly forecast: { readonly total: string; readonly method: string } | null;
}

export interface CostsQuery {
  readonly home: number;
  readonly start: Date;
  /** Exclusive. */
  readonly end: Date;
  readonly by: "hour" | "day" | "month" | "bill";
  readonly split?: "none" | "circuit" | "line";
}

export async function readCosts(token: string, query: CostsQuery): Promise<Costs> {
  const search = new URLSearchParams({
    home: String(query.home),
    start: query.start.toISOString(),
    end: query.end.toISOString(),
    by: query.by,
    split: query.split ?? "none",
  });
  return call("GET", `/costs?${search}`, { token });
}

/** The period of each hour, counted from 0: twelve months of 24 hours. */
export type HourTable = readonly (readonly number[])[];

export interface Schedule {
  readonly weekday: HourTable;
  /** Null is as the weekday. */
  readonly weekend?: HourTable | null;
  /** Of single days, such as `friday`, and of `holiday`. */
  readonly days?: Readonly<Record<string, HourTable>>;
}

export interface Tier {
  readonly price: string;
  /** Null goes on for ever. */
  readonly upToKwh?: string | null;
}

export interface DemandTier {
  readonly price: string;
  readonly upToKw?: string | null;
}

export interface EnergyRates {
  readonly periods: readonly { readonly name: string; readonly tiers: readonly Tier[] }[];
  readonly schedule?: Schedule | null;
  readonly tiersBy?: string;
  readonly limitsPer?: string;
}

export interface DemandCharge {
  readonly periods: readonly { readonly name: string; readonly tiers: readonly DemandTier[] }[];
  readonly schedule?: Schedule | null;
}

export interface Fixed {
  readonly name: string;
  readonly amount: string;
  readonly by?: "month" | "day";
}

export interface Adjustment {
  readonly name: string;
  /** Of each kWh. */
  readonly price: string;
}

export interface Percentage {
  readonly name: string;
  readonly percent: string;
  /** Kinds of lines; null is all but percentages. */
  readonly on?: readonly string[] | null;
}

export interface NetMetering {
  readonly name: string;
  readonly excessPrice?: string | null;
  /** A month, 1 to 12. */
  readonly settlesIn?: number | null;
  readonly settlePrice?: string | null;
}

export interface NetBilling {
  readonly periods: readonly { readonly name: string; readonly price: string }[];
  readonly schedule?: Schedule | null;
}

export interface Rates {
  /** A local day, such as `2026-03-01`. */
  readonly since: string;
  readonly energy: EnergyRates;
  readonly adjustments?: readonly Adjustment[];
  readonly demand?: readonly DemandCharge[];
  readonly fixed?: readonly Fixed[];
  readonly netMetering?: NetMetering | null;
  readonly netBilling?: NetBilling | null;
  readonly minimum?: Fixed | null;
  readonly percentages?: readonly Percentage[];
}

export interface Holidays {
  /** Two capitals. */
  readonly country?: string | null;
  readonly subdivision?: string | null;
  /** Parts of names; none takes all. */
  readonly names?: readonly string[];
  readonly observed?: boolean;
  /** Such as `2026-12-24`. */
  readonly days?: readonly string[];
}

export interface Tariff {
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly rates: readonly Rates[];
  /** Null is the home's own. */
  readonly billingDay?: number | null;
  readonly holidays?: Holidays | null;
  /** The gids of the panels it is for; none is all. */
  readonly panels?: readonly number[];
}

export interface KnownTariff {
  readonly id: string;
  readonly tariff: Tariff;
}

export async function listTariffs(token: string): Promise<readonly KnownTariff[]> {
  return (await call<{ tariffs: KnownTariff[] }>("GET", "/me/tariffs", { token })).tariffs;
}

/** Put it in the place of another, or add it where that is null. */
export async function keepTariff(token: string, id: string | null, tariff: Tariff): Promise<void> {
  const body = { ...tariff };
  if (id === null) await call("POST", "/me/tariffs", { token, body });
  else await call("PUT", `/me/tariffs/${encodeURIComponent(id)}`, { token, body });
}

export async function removeTariff(token: string, id: string): Promise<void> {
  await call("DELETE", `/me/tariffs/${encodeURIComponent(id)}`, { token });
}

export interface TariffPreview {
  readonly tariff: Tariff;
  /** A sentence for each thing that the tariff does not have. */
  readonly leftOut: readonly string[];
}

/** What a rate of the Utility Rate Database would become; nothing is kept. */
export async function previewRate(
  token: string,
  rate: Readonly<Record<string, unknown>>,
): Promise<TariffPreview> {
  return call("POST", "/me/tariffs/import?preview=true", { token, body: rate });
}

export async function importRate(
  token: string,
  rate: Readonly<Record<string, unknown>>,
): Promise<void> {
  await call("POST", "/me/tariffs/import", { token, body: rate });
}

/** Let homes without a tariff be priced by what Emporia was told, in this currency. */
export async function chooseCurrency(token: string, currency: string): Promise<void> {
  await call("PUT", "/me/currency", { token, body: { currency } });
}
