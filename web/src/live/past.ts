/** What came from the grid before the page was opened, second by second, asked for once. */

import { readHistory } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { type ChartUsage, MAINS } from "../api/wire.ts";
import type { HomePower } from "../home/power.ts";
import { type Points, WINDOW_SECONDS } from "./track.ts";

const WATTS_OF_KWH_A_SECOND = 3_600_000;
/** Each panel costs a request of the day's budget: a mill with more begins with an empty line. */
const MOST_PANELS = 4;

/** The past of each home, by its key. */
export async function readPast(
  session: Session,
  homes: readonly HomePower[],
  now: number,
): Promise<ReadonlyMap<string, Points>> {
  if (homes.flatMap(({ gridGids }) => gridGids).length > MOST_PANELS) return new Map();
  const query = {
    channel: MAINS,
    start: new Date(now - WINDOW_SECONDS * 1_000),
    end: new Date(now),
    scale: "1S",
    energyUnit: "KilowattHours",
  } as const;
  const pastOf = ({ gridGids }: HomePower) =>
    Promise.all(
      gridGids.map((deviceGid) =>
        session.use((token) => readHistory(token, { ...query, deviceGid })),
      ),
    );
  const pasts = await Promise.all(
    homes.map(async (home) => [home.key, sumOf(await pastOf(home))] as const),
  );
  return new Map(pasts);
}

/** The sum at each second; null where any is unknown, and mains at exactly 0 have no clamp. */
export function sumOf(series: readonly ChartUsage[]): Points {
  const known = new Map<number, number[]>();
  for (const { firstUsageInstant, usageList } of series) {
    const first = Date.parse(firstUsageInstant ?? "") / 1_000;
    if (Number.isNaN(first)) continue;
    usageList.forEach((kwh, index) => {
      const parts = known.get(first + index) ?? [];
      known.set(first + index, kwh ? [...parts, kwh] : parts);
    });
  }
  const seconds = [...known.keys()].sort((one, other) => one - other);
  const sum = (parts: readonly number[] = []) =>
    parts.length < series.length ? null : parts.reduce((all, kwh) => all + kwh, 0);
  return {
    seconds,
    watts: seconds.map((second) => {
      const kwh = sum(known.get(second));
      return kwh === null ? null : kwh * WATTS_OF_KWH_A_SECOND;
    }),
  };
}
