/**
 * The kWh of each circuit, and of each home from the grid, since the home's midnight.
 *
 * Emporia tells them once in a while, for each question costs a request; from the moment that an
 * answer reaches to, the watts of the samples are added up. What happened while nobody looked is
 * not known until Emporia has told it. At midnight they begin at zero, and Emporia is left alone
 * until it has begun a new day too.
 */

import { type DeviceListUsages, type DeviceUsage, MAINS } from "../api/wire.ts";
import { circuitKey } from "../home/model.ts";
import type { HomePower } from "../home/power.ts";
import { type Reading, walkRows } from "../home/readings.ts";
import { midnight, wallTime } from "../time/zone.ts";

const MINUTE_MILLISECONDS = 60_000;
const ASK_AGAIN_MILLISECONDS = 60 * MINUTE_MILLISECONDS;
const TRY_AGAIN_MILLISECONDS = 5 * MINUTE_MILLISECONDS;
/** For so long after midnight Emporia may still tell the day before. */
const LATE_RESET_MILLISECONDS = 30 * MINUTE_MILLISECONDS;
/** A hole that is no longer is taken to have been as the sample after it. */
const SHORT_HOLE_MILLISECONDS = 15_000;
/** Holes may come again and again: no more than a request a minute for them. */
const ASK_AFTER_HOLE_MILLISECONDS = MINUTE_MILLISECONDS;
/** The watts of one sample say little of so long a step: Emporia is asked sooner. */
const LONG_STEP_MILLISECONDS = 10 * MINUTE_MILLISECONDS;
const ASK_AFTER_LONG_STEP_MILLISECONDS = 15 * MINUTE_MILLISECONDS;
/** An answer may reach a little further than the samples; further still, a clock was set back. */
const AHEAD_MILLISECONDS = MINUTE_MILLISECONDS;
const MILLISECOND_WATTS_OF_A_KWH = 3_600_000_000;

/** From one sample to the next; they join where the first was the newest until the second. */
interface Step {
  readonly before: Reading;
  readonly after: Reading;
  readonly joins: boolean;
}

/** Moments are those of samples, in milliseconds since 1970. */
export class EnergyToday {
  #kwh = new Map<string, number>();
  /** What came from the grid, by the home's key. */
  #gridKwh = new Map<string, number>();
  /** Up to when everything is in the figures. */
  #countedUntil = Number.NEGATIVE_INFINITY;
  /** The steps since the question that is open; null without one. */
  #sinceAsked: Step[] | null = null;
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
    this.#sinceAsked = [];
  }

  /**
   * Take in the answer to what was asked at this moment, in kWh at the scale of a day.
   *
   * It holds all that had been drawn by then, however old the newest sample was.
   */
  answer(usages: DeviceListUsages, askedAt: number): void {
    const steps = this.#sinceAsked ?? [];
    this.#sinceAsked = null;
    this.#kwh = new Map(energies(usages.devices));
    this.#gridKwh = new Map(this.#energiesOf(this.#previous?.homes ?? []));
    this.#countedUntil = askedAt;
    this.#answers += 1;
    for (const step of steps) this.#take(step);
  }

  /** How often Emporia has answered: with each, figures change though no sample has come. */
  get answers(): number {
    return this.#answers;
  }

  /** Note that what was asked at this moment can't be had. */
  failed(askedAt: number): void {
    this.#dueAt = askedAt + TRY_AGAIN_MILLISECONDS;
    this.#sinceAsked = null;
  }

  /** Add what was drawn since the sample before; they join where that was the newest until now. */
  add(reading: Reading, { joins }: { readonly joins: boolean }): void {
    const before = this.#previous;
    this.#previous = reading;
    if (before === null) return;
    const step = { before, after: reading, joins };
    this.#sinceAsked?.push(step);
    this.#take(step);
  }

  /** What came from the grid, less what went there; null as long as nobody knows. */
  fromGrid({ key }: HomePower): number | null {
    return this.#gridKwh.get(key) ?? null;
  }

  /** A circuit's or a device's; null as long as nobody knows. */
  of(key: string): number | null {
    return this.#kwh.get(key) ?? null;
  }

  #take({ before, after, joins }: Step): void {
    const until = after.instant;
    const from = Math.max(before.instant, this.#countedUntil);
    const isShort = until - from <= SHORT_HOLE_MILLISECONDS;
    if (until < from - AHEAD_MILLISECONDS || !(joins || isShort)) this.#forget();
    else if (until > from) this.#count(joins ? before : after, from, until);
  }

  #count(reading: Reading, from: number, until: number): void {
    const day = this.#dayOf(until);
    if (day > from) this.#beginDay();
    this.#draw(reading, until - Math.max(from, day));
    this.#countedUntil = until;
    if (until - from > LONG_STEP_MILLISECONDS) this.#askAfter(ASK_AFTER_LONG_STEP_MILLISECONDS);
  }

  /** At zero for what was known so far. */
  #beginDay(): void {
    this.#kwh = new Map([...this.#kwh.keys()].map((key) => [key, 0]));
    this.#gridKwh = new Map([...this.#gridKwh.keys()].map((key) => [key, 0]));
  }

  #draw({ homes, rows, panels }: Reading, milliseconds: number): void {
    const add = (kwh: Map<string, number>, key: string, watts: number | null) => {
      const known = kwh.get(key);
      if (known === undefined || watts === null) return;
      kwh.set(key, known + (watts * milliseconds) / MILLISECOND_WATTS_OF_A_KWH);
    };
    for (const { key, watts } of walkRows(rows)) add(this.#kwh, key, watts);
    for (const { gid, watts } of panels) add(this.#kwh, circuitKey(gid, MAINS), watts);
    for (const { key, gridWatts } of homes) add(this.#gridKwh, key, gridWatts);
  }

  /** Those of the homes whose mains are all known; mains at exactly 0 have no clamp. */
  *#energiesOf(homes: readonly HomePower[]): Generator<[string, number]> {
    for (const { key, gridGids } of homes) {
      const mains = gridGids.map((gid) => this.of(circuitKey(gid, MAINS)) || null);
      const known = mains.filter((kwh) => kwh !== null);
      if (known.length < mains.length || known.length === 0) continue;
      yield [key, known.reduce((sum, kwh) => sum + kwh, 0)];
    }
  }

  /** Nobody knows what was drawn meanwhile: it has to be asked for, if it is not already. */
  #forget(): void {
    this.#kwh = new Map();
    this.#gridKwh = new Map();
    this.#countedUntil = Number.NEGATIVE_INFINITY;
    if (this.#sinceAsked === null) this.#askAfter(ASK_AFTER_HOLE_MILLISECONDS);
  }

  #askAfter(milliseconds: number): void {
    this.#dueAt = Math.min(this.#dueAt, this.#askedAt + milliseconds);
  }

  /** The midnight before a moment. */
  #dayOf(moment: number): number {
    return midnight(wallTime(moment, this.#timeZone), this.#timeZone);
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
