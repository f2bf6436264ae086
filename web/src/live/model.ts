/**
 * Everything that the live view shows, fed by the stream; lives as long as the person is signed in,
 * so that a look at another view does not lose the line.
 */

import { ApiError, readInstant } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import type { Live } from "../api/wire.ts";
import type { Home } from "../home/model.ts";
import type { HomePower } from "../home/power.ts";
import { type Reading, read } from "../home/readings.ts";
import { createStore, type Store } from "../store.ts";
import type { Connection } from "./connection.ts";
import { EnergyToday } from "./energy-today.ts";
import { GatewayClock } from "./gateway-clock.ts";
import { readPast } from "./past.ts";
import { Track } from "./track.ts";

/** A sample that comes so long after the poll it was announced for has been missed before. */
const PATIENCE_MILLISECONDS = 15_000;
/** A hole in the line of that length is worth a request of the day's budget. */
const WORTH_FILLING_MILLISECONDS = 45_000;
/** A poll that is announced for so soon is one for whoever has just come. */
const AT_ONCE_MILLISECONDS = 2_000;

export interface LiveModel {
  /** The newest sample; null before the first. */
  readonly reading: Store<Reading | null>;
  /** What comes from the grid, of a home. */
  trackOf(power: HomePower): Track;
  readonly today: EnergyToday;
  readonly clock: GatewayClock;
  /** The moment at the end of the line, in seconds since 1970: the newest sample's, and on. */
  lineEnd(): number;
  /** Whether frames have devices that the home does not know: it changed, or is another one. */
  readonly hasStrangers: Store<boolean>;
  /** Why the past or today's energy could not be had, in the gateway's own sentence. */
  readonly notice: Store<string | null>;
  close(): void;
}

export function followHome(session: Session, home: Store<Home>, connection: Connection): LiveModel {
  const reading = createStore<Reading | null>(null);
  const tracks = new Map<string, Track>();
  const today = new EnergyToday(home.get().timeZone);
  const clock = new GatewayClock();
  const notice = createStore<string | null>(null);
  const hasStrangers = createStore(false);
  /** Until when a sample joins the newest, at the gateway; none does before one was announced. */
  let dueBy = Number.NEGATIVE_INFINITY;
  /** Whether the next frame is the first since the connection was made. */
  let isConnectedAnew = true;
  /** When the sample was received that was found on coming back. */
  let leftOver: string | null = null;
  /** Up to when the past was asked for. */
  let pastAskedFor = Number.NEGATIVE_INFINITY;
  let missingPast = "";
  let missingEnergy = "";

  function take(): void {
    const frame = connection.frame.get();
    if (frame === null) return;
    clock.observe(frame.live);
    const before = reading.get();
    if (before === null || before.instant !== Date.parse(frame.usages.instant)) {
      takeSample(read(frame, home.get()), frame.live);
    }
    // While polls fail, the time of the next one announces no sample.
    if (!frame.live.stale || !connection.isFailing.get()) dueBy = nextDueBy(frame.live);
    isConnectedAnew = false;
  }

  function takeSample(next: Reading, { receivedAt, stale }: Live): void {
    const before = reading.get();
    const joins = Date.parse(receivedAt) <= dueBy;
    // What the gateway had left over from the last time says nothing of the time since then.
    if (before !== null || !stale) {
      for (const power of next.homes) {
        trackOf(power).add(next.instant / 1_000, power.gridWatts, { joins });
      }
    }
    const known = Math.max(before?.instant ?? Number.NEGATIVE_INFINITY, pastAskedFor);
    const isHole = !joins && next.instant - known > WORTH_FILLING_MILLISECONDS;
    if (before === null || isHole) void askForPast(next.homes);
    today.add(next, { joins });
    hasStrangers.set(next.hasStrangers);
    const now = lineEnd() * 1_000;
    if (today.isDue(now)) void askForToday(now);
    reading.set(next);
  }

  /**
   * A sample is the newest until the next poll, however long that is away.
   *
   * But who comes back to an old one finds nobody who has polled since: the poll that is made for
   * them is not the next.
   */
  function nextDueBy({ receivedAt, nextPollAt, stale }: Live): number {
    const next = Date.parse(nextPollAt ?? receivedAt);
    const isLeftOver = isConnectedAnew && stale && next <= clock.now() + AT_ONCE_MILLISECONDS;
    if (isLeftOver) leftOver = receivedAt;
    return (leftOver === receivedAt ? Date.parse(receivedAt) : next) + PATIENCE_MILLISECONDS;
  }

  async function askForPast(homes: readonly HomePower[]): Promise<void> {
    pastAskedFor = lineEnd() * 1_000;
    try {
      const pasts = await readPast(session, homes, pastAskedFor);
      for (const power of homes) {
        const past = pasts.get(power.key);
        if (past) trackOf(power).fill(past);
      }
      missingPast = "";
    } catch (failure) {
      missingPast = `The last minutes are missing: ${sentenceOf(failure)}`;
    }
    tell();
  }

  async function askForToday(now: number): Promise<void> {
    today.asking(now);
    const query = { instant: new Date(now), scale: "1D", energyUnit: "KilowattHours" } as const;
    try {
      today.answer(await session.use((token) => readInstant(token, query)), now);
      missingEnergy = "";
    } catch (failure) {
      today.failed(now);
      missingEnergy = `Today's energy is missing: ${sentenceOf(failure)}`;
    }
    tell();
  }

  function trackOf({ key }: HomePower): Track {
    const track = tracks.get(key) ?? new Track();
    tracks.set(key, track);
    return track;
  }

  function tell(): void {
    notice.set([missingPast, missingEnergy].filter(Boolean).join(" ") || null);
  }

  function lineEnd(): number {
    const live = connection.frame.get()?.live;
    const sampled = live ? Date.parse(live.sampledAt) : clock.now();
    // A true second is no longer than a second, whenever it was fetched.
    if (live?.quality !== undefined) return sampled / 1_000 + 1;
    const since = live ? clock.now() - Date.parse(live.receivedAt) : 0;
    return (sampled + Math.max(0, since)) / 1_000;
  }

  take();
  const ends = [
    connection.frame.subscribe(take),
    connection.state.subscribe(() => {
      if (connection.state.get().kind === "open") isConnectedAnew = true;
    }),
  ];
  const close = () => {
    for (const end of ends) end();
  };
  return { reading, trackOf, today, clock, notice, hasStrangers, lineEnd, close };
}

function sentenceOf(failure: unknown): string {
  if (failure instanceof ApiError) return failure.message;
  throw failure;
}
