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
  readonly amount: string | null;
  readonly kwh: number;
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
export interface Schedule {
  readonly weekday: readonly (readonly number[])[];
  readonly weekend?: readonly (readonly number[])[] | null;
  readonly days?: Readonly<Record<string, unknown>>;
}

export interface Tier {
  readonly price: string;
  /** Null goes on for ever. */
  readonly upToKwh?: string | null;
}

export interface EnergyPeriod {
  readonly name: string;
  readonly tiers: readonly Tier[];
}

export interface Fixed {
  readonly name: string;
  readonly amount: string;
  readonly by: "month" | "day";
}

/** As far as the page reads it; what it does not know it sends back as it was. */
export interface Rates {
  /** A local day, such as `2026-03-01`. */
  readonly since: string;
  readonly energy: {
    readonly periods: readonly EnergyPeriod[];
    readonly schedule?: Schedule | null;
    readonly tiersBy?: string;
    readonly limitsPer?: string;
  };
  readonly fixed?: readonly Fixed[];
  readonly netMetering?: { readonly name: string; readonly excessPrice?: string | null } | null;
  readonly netBilling?: {
    readonly periods: readonly { readonly name: string; readonly price: string }[];
    readonly schedule?: Schedule | null;
  } | null;
  readonly adjustments?: readonly unknown[];
  readonly demand?: readonly unknown[];
  readonly minimum?: unknown;
  readonly percentages?: readonly unknown[];
}

export interface Tariff {
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly rates: readonly Rates[];
  /** Null is the home's own. */
  readonly billingDay?: number | null;
  readonly holidays?: unknown;
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

/** Let homes without a tariff be priced by what Emporia was told, in this currency. */
export async function chooseCurrency(token: string, currency: string): Promise<void> {
  await call("PUT", "/me/currency", { token, body: { currency } });
}
