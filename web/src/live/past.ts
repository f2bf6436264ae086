/** What the home drew before the page was opened, second by second, asked for once. */

import { readHistory } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { type ChartUsage, MAINS } from "../api/wire.ts";
import type { Home } from "../home/model.ts";
import { type Points, WINDOW_SECONDS } from "./track.ts";

const WATTS_OF_KWH_A_SECOND = 3_600_000;
/** Each panel costs a request of the day's budget: a mill with more begins with an empty line. */
const MOST_PANELS = 4;

export async function readPast(session: Session, home: Home, now: number): Promise<Points> {
  const panels = home.roots.filter((device) => device.circuits.length > 0);
  const asked = panels.length > 0 ? panels : home.roots;
  if (asked.length > MOST_PANELS) return { seconds: [], watts: [] };
  const query = {
    channel: MAINS,
    start: new Date(now - WINDOW_SECONDS * 1_000),
    end: new Date(now),
    scale: "1S",
    energyUnit: "KilowattHours",
  } as const;
  const series = await Promise.all(
    asked.map(({ gid }) =>
      session.use((token) => readHistory(token, { ...query, deviceGid: gid })),
    ),
  );
  return sumOf(series);
}

/** The sum of what is known at each second; null where nothing is. */
export function sumOf(series: readonly ChartUsage[]): Points {
  const watts = new Map<number, number | null>();
  for (const { firstUsageInstant, usageList } of series) {
    const first = Date.parse(firstUsageInstant ?? "") / 1_000;
    if (Number.isNaN(first)) continue;
    usageList.forEach((kwh, index) => {
      const known = watts.get(first + index) ?? null;
      const more = kwh === null ? null : kwh * WATTS_OF_KWH_A_SECOND;
      watts.set(first + index, known === null ? more : known + (more ?? 0));
    });
  }
  const seconds = [...watts.keys()].sort((one, other) => one - other);
  return { seconds, watts: seconds.map((second) => watts.get(second) ?? null) };
}
