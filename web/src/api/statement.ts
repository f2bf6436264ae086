/** What some circuits owe for a month. Money travels as text, never as a float. */

import { call, callForText } from "./client.ts";

export interface StatementLine {
  readonly name: string;
  readonly kind: string;
  /** Null is unknown. */
  readonly amount: string | null;
  /** Why there is no amount. */
  readonly unknown: string | null;
}

export interface StatementCircuit {
  readonly deviceGid: number;
  readonly channel: string;
  readonly name: string | null;
  readonly kwh: number;
  readonly amount: string | null;
  /** The share of its time so far that is known, 0 to 1. */
  readonly coverage: number;
  /** Its share of each line, in the order of the statement's. */
  readonly lines: readonly { readonly amount: string | null }[];
}

export interface Statement {
  readonly period: {
    /** Local days, both in it. */
    readonly first: string;
    readonly last: string;
    readonly isOver: boolean;
  };
  readonly currency: string;
  readonly pricedBy: { readonly name: string };
  readonly total: string | null;
  readonly kwh: number;
  readonly coverage: number;
  readonly netted: number;
  readonly lines: readonly StatementLine[];
  readonly circuits: readonly StatementCircuit[];
  readonly home: {
    readonly name: string | null;
    readonly kwh: number;
    readonly amount: string | null;
  };
}

export interface StatementQuery {
  readonly home: number;
  /** Such as `2026-03`. */
  readonly month: string;
  /** Each as gid, colon and channel. */
  readonly series: readonly string[];
}

export async function readStatement(token: string, query: StatementQuery): Promise<Statement> {
  return call("GET", `/costs/statement?${searchOf(query)}`, { token });
}

/** The same as a table. */
export async function readStatementTable(token: string, query: StatementQuery): Promise<string> {
  return callForText(`/costs/statement?${searchOf(query)}&format=csv`, { token });
}

function searchOf({ home, month, series }: StatementQuery): URLSearchParams {
  const search = new URLSearchParams({ home: String(home), month });
  for (const name of series) search.append("series", name);
  return search;
}
