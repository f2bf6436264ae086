/** The utility's own readings, beside what the archive holds. Money travels as text. */

import { ApiError, call } from "./client.ts";

export interface KeptFile {
  readonly hours: number;
  readonly quarters: number;
  /** What is not kept, in sentences. */
  readonly leftOut: readonly string[];
}

export interface Finding {
  readonly reason: string;
  readonly sentence: string;
}

export interface UtilityDay {
  /** Local, such as `2026-03-01`. */
  readonly day: string;
  /** The utility's hours, and how many of them the archive knows. */
  readonly hours: number;
  readonly compared: number;
  /** Of the hours that both know. */
  readonly utilityKwh: number;
  readonly kwh: number;
  readonly differenceKwh: number;
}

export interface Comparison {
  /** ISO 8601 in UTC. */
  readonly changedAt: string;
  /** How many hours both know; energy and bills are of those. */
  readonly compared: number;
  readonly utilityKwh: number;
  readonly kwh: number;
  readonly differenceKwh: number;
  readonly findings: readonly Finding[];
  readonly bills: {
    readonly currency: string;
    readonly amount: string;
    readonly utilityAmount: string;
  } | null;
  readonly days: readonly UtilityDay[];
}

/** Send a Green Button file. */
export async function sendUtilityFile(token: string, home: number, file: Blob): Promise<KeptFile> {
  return call("POST", `/utility?home=${home}`, { token, file, fileType: "application/xml" });
}

/** Null where nothing is kept. */
export async function readUtility(token: string, home: number): Promise<Comparison | null> {
  try {
    return await call<Comparison>("GET", `/utility?home=${home}`, { token });
  } catch (failure) {
    if (failure instanceof ApiError && failure.code === "no_utility_readings") return null;
    throw failure;
  }
}

export async function removeUtility(token: string, home: number): Promise<void> {
  await call("DELETE", `/utility?home=${home}`, { token });
}
