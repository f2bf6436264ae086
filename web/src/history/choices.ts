/** What can be charted of a device: its mains, its circuits, and whatever hangs below them. */

import { BALANCE, MAINS } from "../api/wire.ts";
import { type Circuit, circuitKey, type Home, type HomeDevice } from "../home/model.ts";
import type { Location } from "../time/buckets.ts";

/** One series in Emporia's terms. */
export interface Part {
  readonly gid: number;
  readonly channel: string;
}

/** With the gid and the channel of its first part. */
export interface Choice extends Part {
  readonly key: string;
  /** What it is the sum of: one series, as a rule. */
  readonly parts: readonly Part[];
  /** Among its neighbours in the list. */
  readonly name: string;
  /** Where it stands alone, as in a legend: with its device where that is not the chosen one. */
  readonly label: string;
  /** What it feeds, or what it is; null where the name says it all. */
  readonly detail: string | null;
  /** How far below the chosen device. */
  readonly depth: number;
  readonly isSolar: boolean;
  /** The devices on the circuit, which its history holds too, unlike its row on Now. */
  readonly nested: readonly string[];
  /** Where its days and bills begin. */
  readonly location: Location;
}

/** What no device has of its own: the mains of all panels together. */
export const WHOLE_HOME = "home";

export interface DeviceChoice {
  readonly device: HomeDevice;
  readonly depth: number;
}

/** Every device of the home, nested ones after the one that they hang on. */
export function devicesOf(home: Home): readonly DeviceChoice[] {
  const below = (devices: readonly HomeDevice[], depth: number): DeviceChoice[] =>
    devices.flatMap((device) => [{ device, depth }, ...below(device.children, depth + 1)]);
  return below(home.roots, 0);
}

/** From top to bottom: legs stand under their merged circuit, nested devices under theirs. */
export function choicesOf(device: HomeDevice): readonly Choice[] {
  return [mainsOf(device, { depth: 0, isChosen: true }), ...below(device, 0, true)];
}

/** Those of a device, or of all of them, whose names tell then which panel they are of. */
export function offeredOf(home: Home, { gid, isWhole }: Offer): readonly Choice[] {
  if (isWhole) return [...wholeOf(home), ...home.roots.flatMap((root) => deviceAndBelow(root, 0))];
  const device = home.byGid.get(gid);
  return device ? choicesOf(device) : [];
}

export interface Offer {
  readonly gid: number;
  /** Whether the series of all devices are offered. */
  readonly isWhole: boolean;
}

/** The same by their keys. */
export function choicesFor(home: Home, offer: Offer): ReadonlyMap<string, Choice> {
  return new Map(offeredOf(home, offer).map((choice) => [choice.key, choice]));
}

/** Offered where several panels keep the same days. */
function wholeOf({ roots }: Home): Choice[] {
  const panels = roots.filter(({ circuits }) => circuits.length > 0);
  const [first, ...others] = panels;
  if (first === undefined || others.length === 0) return [];
  const location = locationOf(first);
  if (!others.every((one) => isSamePlace(locationOf(one), location))) return [];
  return [
    {
      key: WHOLE_HOME,
      gid: first.gid,
      channel: MAINS,
      parts: panels.map(({ gid }) => ({ gid, channel: MAINS })),
      location,
      name: "The whole home",
      label: "The whole home",
      detail: `the mains of ${panels.map(({ name }) => name).join(" and ")} together`,
      depth: 0,
      isSolar: false,
      nested: [],
    },
  ];
}

function isSamePlace(one: Location, other: Location): boolean {
  return one.timeZone === other.timeZone && one.billingDay === other.billingDay;
}

export function locationOf({ timeZone, billingDay }: HomeDevice): Location {
  return { timeZone, billingDay };
}

function below(device: HomeDevice, depth: number, isChosen: boolean): Choice[] {
  const numbers = new Set(device.circuits.map(({ channel }) => channel));
  const isLeg = ({ legOf }: Circuit) => legOf !== null && numbers.has(legOf);
  const hangsElsewhere = (child: HomeDevice) => !numbers.has(child.parentChannel ?? MAINS);
  const circuitAndBelow = (circuit: Circuit, own: number): Choice[] => [
    circuitOf(circuit, device, { depth: own, isChosen }),
    ...device.circuits
      .filter(({ legOf }) => legOf === circuit.channel)
      .flatMap((leg) => circuitAndBelow(leg, own + 1)),
    ...device.children
      .filter(({ parentChannel }) => parentChannel === circuit.channel)
      .flatMap((child) => deviceAndBelow(child, own + 1)),
  ];
  // An input that nobody set up is seldom what somebody looks for.
  const tops = device.circuits.filter((circuit) => !isLeg(circuit));
  const ordered = [
    ...tops.filter(({ isConfigured }) => isConfigured),
    ...tops.filter(({ isConfigured }) => !isConfigured),
  ];
  return [
    ...ordered.flatMap((circuit) => circuitAndBelow(circuit, depth)),
    ...device.children.filter(hangsElsewhere).flatMap((child) => deviceAndBelow(child, depth)),
    ...(device.circuits.length > 0 ? [balanceOf(device, { depth, isChosen })] : []),
  ];
}

function deviceAndBelow(device: HomeDevice, depth: number): Choice[] {
  return [mainsOf(device, { depth, isChosen: false }), ...below(device, depth + 1, false)];
}

interface Place {
  readonly depth: number;
  readonly isChosen: boolean;
}

function mainsOf(device: HomeDevice, { depth, isChosen }: Place): Choice {
  const isWhole = isChosen && device.circuits.length > 0;
  const name = isWhole ? "Mains" : device.name;
  return {
    ...seriesOf(device, MAINS),
    name,
    label: name,
    detail: isWhole ? null : device.model,
    depth,
    isSolar: false,
    nested: [],
  };
}

function circuitOf(circuit: Circuit, device: HomeDevice, { depth, isChosen }: Place): Choice {
  return {
    ...seriesOf(device, circuit.channel),
    name: circuit.name,
    label: isChosen ? circuit.name : `${device.name}: ${circuit.name}`,
    detail: circuit.isConfigured ? circuit.feeds : "not set up",
    depth,
    isSolar: circuit.isSolar,
    nested: device.children
      .filter(({ parentChannel }) => parentChannel === circuit.channel)
      .map(({ name }) => name),
  };
}

function balanceOf(device: HomeDevice, { depth, isChosen }: Place): Choice {
  const name = "Balance";
  return {
    ...seriesOf(device, BALANCE),
    name,
    label: isChosen ? name : `${device.name}: ${name}`,
    detail: "what has no circuit of its own",
    depth,
    isSolar: false,
    nested: [],
  };
}

function seriesOf(device: HomeDevice, channel: string) {
  const key = circuitKey(device.gid, channel);
  const part = { gid: device.gid, channel };
  return { key, ...part, parts: [part], location: locationOf(device) };
}
