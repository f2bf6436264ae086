/** What a frame tells of each home. The gateway works it out, and the page shows it as it is. */

import type { HomeWatts, LiveFlows, LiveHome } from "../api/wire.ts";
import { circuitKey, type Home } from "./model.ts";

export interface HomePower extends HomeWatts {
  /** The same from frame to frame. */
  readonly key: string;
  readonly name: string | null;
  /** The devices that its mains run through. */
  readonly gids: readonly number[];
  /** Those of them whose mains make up what comes from the grid. */
  readonly gridGids: readonly number[];
  /** Those whose mains are unknown. */
  readonly silentGids: readonly number[];
  readonly hasSolar: boolean;
  readonly hasBattery: boolean;
  /** The keys of the circuits by which the battery charges and gives. */
  readonly batteryKeys: readonly string[];
  /** What goes which way, each 0 or more. */
  readonly flows: LiveFlows;
  /** The minute of which the figures are an average, in milliseconds since 1970; null is none. */
  readonly minute: number | null;
}

/** The device by which the gateway is asked for this home; any that its mains run through would do. */
export function gidOf({ gridGids, gids }: Pick<HomePower, "gridGids" | "gids">): number {
  return gridGids[0] ?? gids[0] ?? 0;
}

/** The figures of the second, or of the newest minute where that stands in for it. */
export function powerOf(told: LiveHome): HomePower {
  const { newestMinute } = told;
  const { watts, gridWatts, solarWatts, batteryWatts } = newestMinute ?? told;
  return {
    key: told.deviceGids.join(),
    name: told.name,
    gids: told.deviceGids,
    gridGids: told.gridGids,
    silentGids: told.silentGids,
    hasSolar: told.hasSolar,
    hasBattery: told.hasBattery,
    batteryKeys: told.batteryChannels.map(({ gid, channel }) => circuitKey(gid, channel)),
    ...{ watts, gridWatts, solarWatts, batteryWatts },
    flows: (newestMinute ? undefined : told.flows) ?? flowsOf(newestMinute ?? told),
    minute: newestMinute ? Date.parse(newestMinute.sampledAt) : null,
  };
}

/** Of figures that tell no more than their sign: those of a minute, which is told without flows. */
function flowsOf({ watts, gridWatts, solarWatts, batteryWatts }: HomeWatts): LiveFlows {
  return {
    importWatts: partOf(gridWatts, 1),
    exportWatts: partOf(gridWatts, -1),
    generationWatts: partOf(solarWatts, 1),
    selfUseWatts: null,
    batteryInWatts: partOf(batteryWatts, -1),
    batteryOutWatts: partOf(batteryWatts, 1),
    consumptionWatts: watts,
  };
}

function partOf(watts: number | null, sign: 1 | -1): number | null {
  return watts === null ? null : Math.max(0, sign * watts);
}

/** Whether what comes from the grid is something else than what the home uses. */
export function isMoreThanGrid({ watts, gridWatts, hasSolar, hasBattery }: HomePower): boolean {
  return hasSolar || hasBattery || watts !== gridWatts;
}

/** What the home of a device uses; of several homes, only panels tell to which they belong. */
export function usedWattsOf(gid: number, homes: readonly HomePower[]): number | null {
  const own = homes.length === 1 ? homes[0] : homes.find(({ gids }) => gids.includes(gid));
  return own?.watts ?? null;
}

/** Why nobody knows what a home uses; null where it is known. */
export function whyUnknown(power: HomePower, { byGid }: Home): string | null {
  if (power.watts !== null) return null;
  if (power.gridWatts === null) {
    const silent = power.silentGids.map((gid) => byGid.get(gid));
    const offline = silent.find((device) => device?.online === false);
    if (offline) return `${offline.name} is offline ${offline.offlineSince ?? ""}`.trim();
    const names = silent.flatMap((device) => device?.name ?? []).join(", ");
    return names ? `no figure comes from the mains of ${names}` : "no figure comes from its mains";
  }
  if (power.solarWatts === null) return "what the sun gives is not measured";
  if (power.batteryWatts === null) return "what the battery gives or takes is not measured";
  return "something gives power that no clamp sees";
}
