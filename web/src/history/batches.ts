/** Which series are asked for in one request, and what is done where that is refused. */

import { readHistories } from "../api/archive.ts";
import { ApiError, readHistory } from "../api/client.ts";
import { BALANCE, type ChartUsage } from "../api/wire.ts";
import type { Wanted } from "./loader.ts";

/** As many as the gateway answers at once. */
export const MOST_TOGETHER = 64;

/** What the archive does not keep is asked of Emporia, a series at a time. */
export function isKept({ channel, energyUnit }: Wanted): boolean {
  return channel !== BALANCE && energyUnit === "KilowattHours";
}

/** Series of one group have the same buckets, and share a request. */
export function groupOf(wanted: Wanted): string {
  const { gid, channel, stretch, scale, energyUnit, location } = wanted;
  const alone = isKept(wanted) ? "" : `${gid}/${channel}`;
  const place = `${location.timeZone} ${location.billingDay}`;
  return [stretch.start, stretch.end, scale, energyUnit, place, alone].join(" ");
}

type Answer = ChartUsage | ApiError;

/** All of a group, an answer each; raises ApiError where there is none for any. */
export async function readGroup(
  token: string,
  group: readonly Wanted[],
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<readonly Answer[]> {
  const [first] = group;
  if (first === undefined) return [];
  const start = new Date(first.stretch.start);
  // What is yet to come is not asked for: it would be requests for nothing.
  const end = new Date(Math.min(first.stretch.end, Math.max(now, first.stretch.start + 1)));
  const { scale } = first;
  const alone = ({ gid, channel, energyUnit }: Wanted): Promise<ChartUsage> =>
    readHistory(token, { deviceGid: gid, channel, start, end, scale, energyUnit }, signal);
  if (!isKept(first)) return Promise.all(group.map(alone));
  try {
    return await readHistories(token, { series: group, start, end, scale }, signal);
  } catch (failure) {
    if (!(failure instanceof ApiError && isAboutOne(failure))) throw failure;
    return Promise.all(group.map((one) => alone(one).catch(itself)));
  }
}

/** Whether some of them may be answered though all of them together are not. */
function isAboutOne({ status }: ApiError): boolean {
  return status === 400 || status === 404 || status === 422;
}

function itself(failure: unknown): ApiError {
  if (failure instanceof ApiError) return failure;
  throw failure;
}
