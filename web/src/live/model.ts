/**
 * Everything that the live view shows, fed by the stream; lives as long as the person is signed in,
 * so that a look at another view does not lose the line.
 */

import { ApiError, readInstant } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import type { Live } from "../api/wire.ts";
import type { Home } from "../home/model.ts";
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

export interface LiveModel {
  /** The newest sample; null before the first. */
  readonly reading: Store<Reading | null>;
  readonly track: Track;
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
  const track = new Track();
  const today = new EnergyToday(home.get().timeZone);
  const clock = new GatewayClock();
  const notice = createStore<string | null>(null);
  const hasStrangers = createStore(false);
  /** When the sample after the newest should have come, at the gateway. */
  let dueBy = Number.POSITIVE_INFINITY;
  let missingPast = "";
  let missingEnergy = "";

  function take(): void {
    const frame = connection.frame.get();
    if (frame === null) return;
    clock.observe(frame.live);
    const before = reading.get();
    if (before === null || before.instant !== Date.parse(frame.usages.instant)) {
      takeSample(read(frame.usages, home.get()), frame.live);
    }
    // While polls fail, the time of the next one announces no sample.
    if (!frame.live.stale || !connection.isFailing.get()) dueBy = nextDueBy(frame.live);
  }

  function takeSample(next: Reading, { receivedAt, stale }: Live): void {
    const isFirst = reading.get() === null;
    const lateMilliseconds = Date.parse(receivedAt) - dueBy;
    // What the gateway had left over from the last time says nothing of the time since then.
    if (!isFirst || !stale) {
      track.add(next.instant / 1_000, next.homeWatts, { joins: lateMilliseconds <= 0 });
    }
    if (isFirst || lateMilliseconds > WORTH_FILLING_MILLISECONDS) void askForPast();
    today.add(next);
    hasStrangers.set(next.hasStrangers);
    if (today.isDue(next.instant)) void askForToday(next.instant);
    reading.set(next);
  }

  async function askForPast(): Promise<void> {
    try {
      track.fill(await readPast(session, home.get(), lineEnd() * 1_000));
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

  function tell(): void {
    notice.set([missingPast, missingEnergy].filter(Boolean).join(" ") || null);
  }

  function lineEnd(): number {
    const live = connection.frame.get()?.live;
    const sampled = live ? Date.parse(live.sampledAt) : clock.now();
    const since = live ? clock.now() - Date.parse(live.receivedAt) : 0;
    return (sampled + Math.max(0, since)) / 1_000;
  }

  take();
  const close = connection.frame.subscribe(take);
  return { reading, track, today, clock, notice, hasStrangers, lineEnd, close };
}

/** A sample is the newest until the next poll, however long that is away. */
function nextDueBy({ receivedAt, nextPollAt }: Live): number {
  return Date.parse(nextPollAt ?? receivedAt) + PATIENCE_MILLISECONDS;
}

function sentenceOf(failure: unknown): string {
  if (failure instanceof ApiError) return failure.message;
  throw failure;
}
