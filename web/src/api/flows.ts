/** What flowed in a home, by bucket, as the gateway tells it. */

import { call } from "./client.ts";
import type { Scale } from "./wire.ts";

export type FlowName =
  | "import"
  | "export"
  | "generation"
  | "selfUse"
  | "batteryIn"
  | "batteryOut"
  | "consumption";

export type FlowQuality = "measured" | "netted" | "partial" | "missing";

/** In kWh; value i is of the i-th bucket, and null is unknown. */
export interface HomeFlows {
  /** ISO 8601 in UTC; null without any bucket. */
  readonly firstUsageInstant: string | null;
  readonly flows: Readonly<Record<FlowName, readonly (number | null)[]>>;
  /** How many in a row were come by how. */
  readonly quality: readonly (readonly [FlowQuality, number])[];
  readonly coverage: number;
}

export interface FlowsQuery {
  /** A panel that hangs on no other. */
  readonly home: number;
  readonly start: Date;
  /** Exclusive. */
  readonly end: Date;
  readonly scale: Scale;
}

export async function readFlows(
  token: string,
  { home, start, end, scale }: FlowsQuery,
): Promise<HomeFlows> {
  const search = new URLSearchParams({
    home: String(home),
    start: start.toISOString(),
    end: end.toISOString(),
    scale,
  });
  return call("GET", `/flows?${search}`, { token });
}
