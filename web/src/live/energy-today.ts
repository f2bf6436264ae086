/**
 * The kWh of each circuit since the home's midnight.
 *
 * Emporia tells them once in a while, for each question costs a request; between two answers the
 * watts of the samples are added up.
 */

import type { DeviceListUsages, DeviceUsage } from "../api/wire.ts";
import { circuitKey } from "../home/model.ts";
import { homeUsage, type Reading, walkRows } from "../home/readings.ts";

const ASK_AGAIN_MILLISECONDS = 60 * 60 * 1_000;
/** Across a longer pause nobody knows what was drawn: it has to be asked for. */
const LONGEST_STEP_MILLISECONDS = 5 * 60 * 1_000;
const MILLISECOND_WATTS_OF_A_KWH = 3_600_000_000;

export class EnergyToday {
  #kwh = new Map<string, number>();
  #homeKwh: number | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  #answers = 0;
  #day = "";
  #previous: Reading | null = null;
  readonly #dayOf: (milliseconds: number) => string;

  constructor(timeZone: string) {
    const format = new Intl.DateTimeFormat("en-CA", { timeZone });
    this.#dayOf = (milliseconds) => format.format(milliseconds);
  }

  /** Whether Emporia should be asked: at first, once an hour, and on a new day. */
  isDue(now: number): boolean {
    return now - this.#askedAt > ASK_AGAIN_MILLISECONDS || this.#dayOf(now) !== this.#day;
  }

  /** Note that it is being asked, so that nobody asks twice. */
  asking(now: number): void {
    if (this.#dayOf(now) !== this.#day) {
      this.#kwh = new Map();
      this.#homeKwh = null;
    }
    this.#askedAt = now;
    this.#day = this.#dayOf(now);
  }

  /** Take in the answer, in kWh at the scale of a day. */
  answer(usages: DeviceListUsages): void {
    this.#kwh = new Map(energies(usages.devices));
    this.#homeKwh = homeUsage(usages.devices, ({ usage }) => usage);
    this.#answers += 1;
  }

  /** How often Emporia has answered: with each, figures change though no sample has come. */
  get answers(): number {
    return this.#answers;
  }

  /** Add what was drawn since the sample before. */
  add(reading: Reading): void {
    const previous = this.#previous;
    this.#previous = reading;
    const step = previous === null ? 0 : reading.instant - previous.instant;
    if (previous === null || step <= 0 || step > LONGEST_STEP_MILLISECONDS) return;
    const kwhOf = (watts: number | null) => ((watts ?? 0) * step) / MILLISECOND_WATTS_OF_A_KWH;
    for (const row of walkRows(previous.rows)) {
      const kwh = this.#kwh.get(row.key);
      if (kwh !== undefined) this.#kwh.set(row.key, kwh + kwhOf(row.watts));
    }
    if (this.#homeKwh !== null) this.#homeKwh += kwhOf(previous.homeWatts);
  }

  /** The home's own, net of what it exported; null as long as nobody knows. */
  get home(): number | null {
    return this.#homeKwh;
  }

  /** A circuit's or a device's; null as long as nobody knows. */
  of(key: string): number | null {
    return this.#kwh.get(key) ?? null;
  }
}

function* energies(devices: readonly DeviceUsage[]): Generator<[string, number]> {
  for (const device of devices) {
    for (const channel of device.channelUsages) {
      const key = circuitKey(channel.deviceGid, channel.channelNum);
      if (channel.usage !== null) yield [key, channel.usage];
      yield* energies(channel.nestedDevices ?? []);
    }
  }
}
