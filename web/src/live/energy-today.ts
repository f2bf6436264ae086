/**
 * The kWh of each circuit since the home's midnight.
 *
 * Emporia tells them once in a while, for each question costs a request; between two answers the
 * watts of the samples are added up. At midnight they begin at zero, and Emporia is left alone
 * until it has begun a new day too.
 */

import type { DeviceListUsages, DeviceUsage } from "../api/wire.ts";
import { circuitKey } from "../home/model.ts";
import { homeUsage, type Reading, walkRows } from "../home/readings.ts";
import { midnight, wallTime } from "../time/zone.ts";

const MINUTE_MILLISECONDS = 60_000;
const ASK_AGAIN_MILLISECONDS = 60 * MINUTE_MILLISECONDS;
const TRY_AGAIN_MILLISECONDS = 5 * MINUTE_MILLISECONDS;
/** For so long after midnight Emporia may still tell the day before. */
const LATE_RESET_MILLISECONDS = 30 * MINUTE_MILLISECONDS;
/** Across a longer pause nobody knows what was drawn: it has to be asked for. */
const LONGEST_STEP_MILLISECONDS = 10 * MINUTE_MILLISECONDS;
/** Pauses that come again and again are not worth a request each. */
const ASK_AFTER_PAUSE_MILLISECONDS = 15 * MINUTE_MILLISECONDS;
const MILLISECOND_WATTS_OF_A_KWH = 3_600_000_000;

/** Instants are those of samples, in milliseconds since 1970. */
export class EnergyToday {
  #kwh = new Map<string, number>();
  #homeKwh: number | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  #dueAt = Number.NEGATIVE_INFINITY;
  #answers = 0;
  #previous: Reading | null = null;
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** Whether Emporia should be asked. */
  isDue(now: number): boolean {
    return now >= this.#dueAt && now - this.#dayOf(now) >= LATE_RESET_MILLISECONDS;
  }

  /** Note that it is being asked, so that nobody asks twice. */
  asking(now: number): void {
    this.#askedAt = now;
    this.#dueAt = now + ASK_AGAIN_MILLISECONDS;
  }

  /** Take in the answer to what was asked at this instant, in kWh at the scale of a day. */
  answer(usages: DeviceListUsages, askedAt: number): void {
    const newest = this.#previous?.instant ?? askedAt;
    if (this.#dayOf(askedAt) !== this.#dayOf(newest)) return;
    this.#kwh = new Map(energies(usages.devices));
    this.#homeKwh = homeUsage(usages.devices, ({ usage }) => usage);
    this.#answers += 1;
  }

  /** How often Emporia has answered: with each, figures change though no sample has come. */
  get answers(): number {
    return this.#answers;
  }

  /** Note that what was asked at this instant can't be had. */
  failed(askedAt: number): void {
    this.#dueAt = askedAt + TRY_AGAIN_MILLISECONDS;
  }

  /** Add what was drawn since the sample before. */
  add(reading: Reading): void {
    const previous = this.#previous;
    this.#previous = reading;
    if (previous === null) return;
    const day = this.#dayOf(reading.instant);
    const step = reading.instant - previous.instant;
    const isKnown = step > 0 && step <= LONGEST_STEP_MILLISECONDS;
    if (day !== this.#dayOf(previous.instant)) this.#beginDay(isKnown);
    if (isKnown) this.#draw(previous, Math.min(step, reading.instant - day));
    else this.#dueAt = Math.min(this.#dueAt, this.#askedAt + ASK_AFTER_PAUSE_MILLISECONDS);
  }

  /** The home's own, net of what it exported; null as long as nobody knows. */
  get home(): number | null {
    return this.#homeKwh;
  }

  /** A circuit's or a device's; null as long as nobody knows. */
  of(key: string): number | null {
    return this.#kwh.get(key) ?? null;
  }

  /** At zero for what was known so far, if midnight was seen to pass. */
  #beginDay(isSeen: boolean): void {
    this.#kwh = isSeen ? new Map([...this.#kwh.keys()].map((key) => [key, 0])) : new Map();
    this.#homeKwh = isSeen && this.#homeKwh !== null ? 0 : null;
  }

  #draw({ rows, homeWatts }: Reading, milliseconds: number): void {
    const kwhOf = (watts: number | null) =>
      ((watts ?? 0) * milliseconds) / MILLISECOND_WATTS_OF_A_KWH;
    for (const { key, watts } of walkRows(rows)) {
      const kwh = this.#kwh.get(key);
      if (kwh !== undefined) this.#kwh.set(key, kwh + kwhOf(watts));
    }
    if (this.#homeKwh !== null) this.#homeKwh += kwhOf(homeWatts);
  }

  /** The midnight before an instant. */
  #dayOf(instant: number): number {
    return midnight(wallTime(instant, this.#timeZone), this.#timeZone);
  }
}

function* energies(devices: readonly DeviceUsage[]): Generator<[string, number]> {
  for (const device of devices) {
    for (const channel of device.channelUsages) {
      const key = circuitKey(channel.deviceGid, channel.channelNum);
      if (channel.usage != null) yield [key, channel.usage];
      yield* energies(channel.nestedDevices ?? []);
    }
  }
}
