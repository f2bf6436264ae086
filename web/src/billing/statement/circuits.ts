/** The circuits of a home that have a share of its bill, as the gateway has it. */

import type { Home } from "../../home/model.ts";

export interface Billed {
  /** As gid, colon and channel. */
  readonly series: string;
  readonly name: string;
  /** What tells it from one of the same name; null where there is none. */
  readonly detail: string | null;
}

/** Those of its panels that take power; inputs without a clamp are left out. */
export function billedOf(home: Home, panels: readonly number[]): readonly Billed[] {
  const devices = panels.flatMap((gid) => home.byGid.get(gid) ?? []);
  const circuits = devices.flatMap((device) =>
    device.circuits
      .filter(({ channel, isSolar, isConfigured, legOf }) => {
        return /^\d+$/.test(channel) && !isSolar && isConfigured && legOf === null;
      })
      .map((circuit) => ({ device, circuit })),
  );
  const count = (name: string) => circuits.filter(({ circuit }) => circuit.name === name).length;
  return circuits.map(({ device, circuit: { gid, channel, name } }) => ({
    series: `${gid}:${channel}`,
    name,
    detail: count(name) > 1 ? `${device.name}, circuit ${channel}` : null,
  }));
}
