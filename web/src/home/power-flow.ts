/** Where a home's power comes from and goes to, as ways between a hub and what stands around it. */

import { MAINS } from "../api/wire.ts";
import { UNKNOWN, wattsText } from "../format.ts";
import { circuitKey, type Home, walk } from "./model.ts";
import type { HomePower } from "./power.ts";
import { type Row, walkRows } from "./readings.ts";

export type PlaceName = "grid" | "sun" | "battery" | "home" | "car";

/** `in` goes to the hub, `out` comes from it; null is nothing that moves, or nobody knows. */
export type Direction = "in" | "out" | null;

export interface Way {
  readonly place: PlaceName;
  readonly label: string;
  readonly watts: number | null;
  readonly direction: Direction;
  /** The same for whoever sees no picture. */
  readonly sentence: string;
}

/** The ways of a home that has more than a grid; null is one that has not. */
export function waysOf(power: HomePower, home: Home, rows: readonly Row[]): readonly Way[] | null {
  const chargers = chargersOf(power, home);
  if (!power.hasSolar && !power.hasBattery && chargers.length === 0) return null;
  const { flows } = power;
  const used = flows.consumptionWatts;
  const ways: Way[] = [gridWay(power)];
  if (power.hasSolar) ways.push(sunWay(power));
  if (power.hasBattery) ways.push(batteryWay(power));
  ways.push({
    ...{ place: "home", label: "Home", watts: used, direction: moves(used) ? "out" : null },
    sentence: `The home uses ${told(used)}.`,
  });
  if (chargers.length > 0) ways.push(carWay(chargers, rows));
  return ways;
}

function gridWay({ flows: { importWatts, exportWatts } }: HomePower): Way {
  const isGiven = moves(exportWatts) && !moves(importWatts);
  const watts = isGiven ? exportWatts : importWatts;
  return {
    ...{ place: "grid", label: "Grid", watts },
    direction: moves(watts) ? (isGiven ? "out" : "in") : null,
    sentence: `${isGiven ? "To" : "From"} the grid: ${told(watts)}.`,
  };
}

function sunWay({ flows: { generationWatts: watts, selfUseWatts } }: HomePower): Way {
  const used =
    moves(watts) && selfUseWatts !== null ? `, ${told(selfUseWatts)} of it used here` : "";
  return {
    ...{ place: "sun", label: "Sun", watts, direction: moves(watts) ? "in" : null },
    sentence: `From the sun: ${told(watts)}${used}.`,
  };
}

/** Of several batteries one may charge while another gives: what they do together is drawn. */
function batteryWay({ flows: { batteryInWatts, batteryOutWatts } }: HomePower): Way {
  const isKnown = batteryInWatts !== null && batteryOutWatts !== null;
  const given = isKnown ? batteryOutWatts - batteryInWatts : null;
  const watts = given === null ? null : Math.abs(given);
  const charges = given !== null && given < 0;
  return {
    ...{ place: "battery", label: "Battery", watts },
    direction: moves(watts) ? (charges ? "out" : "in") : null,
    sentence: `${charges ? "Into" : "From"} the battery: ${told(watts)}.`,
  };
}

function carWay(chargers: readonly string[], rows: readonly Row[]): Way {
  const watts = sumOf([...walkRows(rows)].filter(({ key }) => chargers.includes(key)));
  return {
    ...{ place: "car", label: "Car", watts, direction: moves(watts) ? "out" : null },
    sentence: `The car takes ${told(watts)} of what the home uses.`,
  };
}

/** Unknown as soon as one of them is; nothing is known of none. */
function sumOf(rows: readonly Row[]): number | null {
  if (rows.length === 0) return null;
  return rows.reduce<number | null>(
    (sum, { watts }) => (sum === null || watts === null ? null : sum + watts),
    0,
  );
}

/** The keys of what charges cars in this home; of several homes, only panels tell to which it belongs. */
function chargersOf({ gids }: HomePower, home: Home): readonly string[] {
  const panels = gids.flatMap((gid) => home.byGid.get(gid) ?? []);
  const devices = [...walk(panels), ...(isOnlyHome(gids, home) ? walk(home.roots) : [])];
  const keys = devices
    .filter(({ isCharger }) => isCharger)
    .map(({ gid }) => circuitKey(gid, MAINS));
  return [...new Set(keys)];
}

/** Whether no panel is of another home. */
function isOnlyHome(gids: readonly number[], { roots }: Home): boolean {
  return roots.every(({ gid, circuits }) => circuits.length === 0 || gids.includes(gid));
}

/** Whether a picture shows anything moving: less than a watt is written as none. */
function moves(watts: number | null): watts is number {
  return watts !== null && Math.round(watts) > 0;
}

function told(watts: number | null): string {
  return watts === null ? `unknown (${UNKNOWN})` : `${wattsText(watts)} W`;
}
