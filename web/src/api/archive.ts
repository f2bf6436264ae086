/** What the gateway keeps for good: several series at once, what is known of each day, recording. */

import { call } from "./client.ts";
import type { ChartUsage, FigureQuality, Scale } from "./wire.ts";

/** One series in Emporia's terms: `1,2,3` is the mains, one number a circuit. */
export interface SeriesName {
  readonly gid: number;
  readonly channel: string;
}

export interface ManyQuery {
  readonly series: readonly SeriesName[];
  readonly start: Date;
  /** Exclusive. */
  readonly end: Date;
  readonly scale: Scale;
}

interface ManyHistories {
  readonly firstUsageInstant: string;
  readonly series: readonly {
    readonly usageList: readonly (number | null)[];
    readonly quality: readonly (readonly [FigureQuality, number])[];
    readonly coverage: number;
  }[];
}

/** In kWh, and in the order of the question. */
export async function readHistories(
  token: string,
  { series, start, end, scale }: ManyQuery,
  signal?: AbortSignal,
): Promise<readonly ChartUsage[]> {
  const search = new URLSearchParams(series.map((one) => ["series", textOf(one)]));
  search.append("start", start.toISOString());
  search.append("end", end.toISOString());
  search.append("scale", scale);
  search.append("energyUnit", "KilowattHours");
  const many = await call<ManyHistories>("GET", `/history?${search}`, { token, signal });
  return many.series.map(({ usageList, quality, coverage }) => ({
    firstUsageInstant: many.firstUsageInstant,
    usageList,
    quality,
    coverage,
  }));
}

/** A day as `2026-03-01`, in the device's own time, and the share of it that is known, 0 to 1. */
export type DayShare = readonly [string, number];

/** The oldest first. */
export async function readCoverage(
  token: string,
  series: SeriesName,
): Promise<readonly DayShare[]> {
  const search = new URLSearchParams({ series: textOf(series) });
  return (await call<{ days: DayShare[] }>("GET", `/archive/coverage?${search}`, { token })).days;
}

export type RecordedSeconds = "off" | "mains" | "all";

export interface Recording {
  readonly minutes: boolean;
  readonly seconds: RecordedSeconds;
}

/** What is recorded and how far it is; null is what nobody knows. Times are ISO 8601 in UTC. */
export interface Recorder extends Recording {
  readonly state: string;
  readonly waitsFor: string | null;
  readonly requestsPerDay: number | null;
  readonly plannedRequests: number | null;
  readonly fillRequests: number | null;
  readonly fillCompleteAt: string | null;
  readonly lastRequestAt: string | null;
}

export async function readRecorder(token: string): Promise<Recorder> {
  return call("GET", "/me/recorder", { token });
}

export async function chooseRecording(
  token: string,
  choice: Partial<Recording>,
): Promise<Recorder> {
  return call("PUT", "/me/recorder", { token, body: { ...choice } });
}

function textOf({ gid, channel }: SeriesName): string {
  return `${gid}:${channel}`;
}
