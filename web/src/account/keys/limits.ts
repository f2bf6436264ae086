/** What a key may see of a home: devices with all that hangs on them, and single circuits. */

import type { KeyChannel, KnownKey } from "../../api/account.ts";
import { BALANCE, MAINS } from "../../api/wire.ts";
import { type Choice, choicesOf } from "../../history/choices.ts";
import { circuitKey, type Home, type HomeDevice, walk } from "../../home/model.ts";

/** Something to tick. */
export interface Tick {
  readonly key: string;
  readonly gid: number;
  /** In Emporia's terms; null is the whole device. */
  readonly channel: string | null;
  readonly name: string;
  /** What else there is to know; null where the name says it all. */
  readonly detail: string | null;
  readonly depth: number;
  /** The keys of the devices that it comes with. */
  readonly above: readonly string[];
}

export interface Limits {
  readonly devices: readonly number[];
  readonly channels: readonly KeyChannel[];
}

/** From top to bottom; the balance is left out, for it tells of circuits that are not ticked. */
export function ticksOf(home: Home): readonly Tick[] {
  const parents = parentsIn(home);
  const tickOf = (choice: Choice, root: HomeDevice): Tick[] => {
    const { gid, channel, depth } = choice;
    if (channel === BALANCE) return [];
    const device = home.byGid.get(gid);
    if (channel !== MAINS) return [circuitTick(choice, depth + 1, holders(gid, parents))];
    if (device === undefined) return [];
    const own = device === root ? 0 : depth + 1;
    return [
      deviceTick(device, own, holders(gid, parents).slice(1)),
      ...(device.circuits.length > 0
        ? [circuitTick({ ...choice, name: "Mains", detail: null }, own + 1, holders(gid, parents))]
        : []),
    ];
  };
  return home.roots.flatMap((root) => choicesOf(root).flatMap((choice) => tickOf(choice, root)));
}

/** Whether it comes with a device that is ticked. */
export function isCovered(tick: Tick, ticked: ReadonlySet<string>): boolean {
  return tick.above.some((key) => ticked.has(key));
}

/** All that is to be seen by what is ticked: what hangs on a device is named with it. */
export function limitsOf(ticks: readonly Tick[], ticked: ReadonlySet<string>): Limits {
  const devices: number[] = [];
  const channels: KeyChannel[] = [];
  for (const tick of ticks) {
    const { key, gid, channel } = tick;
    const comesAlong = isCovered(tick, ticked);
    if (channel === null && (comesAlong || ticked.has(key))) devices.push(gid);
    if (channel !== null && !comesAlong && ticked.has(key)) {
      channels.push({ deviceGid: gid, channel });
    }
  }
  return { devices, channels };
}

/** What somebody has ticked, by name, without what comes along. */
export function tickedNames(
  ticks: readonly Tick[],
  ticked: ReadonlySet<string>,
): readonly string[] {
  return ticks
    .filter((tick) => ticked.has(tick.key) && !isCovered(tick, ticked))
    .map((tick) => nameOf(tick, ticks));
}

/** What a key may see, by name; null is all. Of a home that is not known there are numbers. */
export function seenBy(
  { devices, channels }: Pick<KnownKey, "devices" | "channels">,
  ticks: readonly Tick[],
): readonly string[] | null {
  if (devices === null && channels === null) return null;
  const wanted = [
    ...(devices ?? []).map((gid) => ({ key: deviceKey(gid), text: `Device ${gid}` })),
    ...(channels ?? []).map(({ deviceGid, channel }) => ({
      key: circuitKey(deviceGid, channel),
      text: `Device ${deviceGid}, circuit ${channel}`,
    })),
  ];
  const strangers = wanted.filter(({ key }) => !ticks.some((tick) => tick.key === key));
  return [
    ...tickedNames(ticks, new Set(wanted.map(({ key }) => key))),
    ...strangers.map(({ text }) => text),
  ];
}

/** Mains are called so at every device. */
function nameOf({ name, channel, gid }: Tick, ticks: readonly Tick[]): string {
  if (channel !== MAINS) return name;
  return `${name} of ${ticks.find(({ key }) => key === deviceKey(gid))?.name ?? gid}`;
}

function deviceTick(device: HomeDevice, depth: number, above: readonly string[]): Tick {
  const { gid, name, circuits, children } = device;
  const isMore = circuits.length > 0 || children.length > 0;
  return {
    key: deviceKey(gid),
    gid,
    channel: null,
    name,
    detail: isMore ? "all of it, with what hangs on it" : device.model,
    depth,
    above,
  };
}

function circuitTick(choice: Choice, depth: number, above: readonly string[]): Tick {
  const { key, gid, channel, name, detail } = choice;
  return { key, gid, channel, name, detail, depth, above };
}

function deviceKey(gid: number): string {
  return `device ${gid}`;
}

/** The keys of a device and of all that it hangs on. */
function holders(gid: number, parents: ReadonlyMap<number, number>): readonly string[] {
  const parent = parents.get(gid);
  return [deviceKey(gid), ...(parent === undefined ? [] : holders(parent, parents))];
}

function parentsIn(home: Home): ReadonlyMap<number, number> {
  return new Map(
    [...walk(home.roots)].flatMap(({ gid, children }) =>
      children.map((child) => [child.gid, gid] as const),
    ),
  );
}
