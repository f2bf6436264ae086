/** What can be charted of a device: its mains, its circuits, and whatever hangs below them. */

import { BALANCE, MAINS } from "../api/wire.ts";
import { type Circuit, circuitKey, type Home, type HomeDevice } from "../home/model.ts";
import type { Location } from "../time/buckets.ts";

export interface Choice {
  readonly key: string;
  readonly gid: number;
  /** In Emporia's terms. */
  readonly channel: string;
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
  return { key, gid: device.gid, channel, location: locationOf(device) };
}
