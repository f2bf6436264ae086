/**
 * Everything that the live view shows, fed by the stream; lives as long as the person is signed in,
 * so that a look at another view does not lose the line.
 */

import { ApiError, readInstant } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import type { Home } from "../home/model.ts";
import { type Reading, read } from "../home/readings.ts";
import { createStore, type Store } from "../store.ts";
import type { Connection } from "./connection.ts";
import { EnergyToday } from "./energy-today.ts";
import { GatewayClock } from "./gateway-clock.ts";
import { readPast } from "./past.ts";
import { Track } from "./track.ts";

export interface LiveModel {
  /** The newest sample; null before the first. */
  readonly reading: Store<Reading | null>;
  readonly track: Track;
  readonly today: EnergyToday;
  readonly clock: GatewayClock;
  /** The moment at the end of the line, in seconds since 1970: the newest sample's, and on. */
  lineEnd(): number;
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
  let asksForPast = true;
  let missingPast = "";
  let missingEnergy = "";

  function take(): void {
    const frame = connection.frame.get();
    if (frame === null) return;
    clock.observe(frame.live);
    const before = reading.get();
    if (before !== null && before.instant === Date.parse(frame.usages.instant)) return;
    const next = read(frame.usages, home.get());
    track.add(next.instant / 1_000, next.homeWatts);
    today.add(next);
    if (asksForPast) {
      asksForPast = false;
      void askForPast(next.instant);
    }
    if (today.isDue(next.instant)) void askForToday(next.instant);
    reading.set(next);
  }

  async function askForPast(until: number): Promise<void> {
    try {
      track.prepend(await readPast(session, home.get(), until));
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
  return { reading, track, today, clock, notice, lineEnd, close };
}

function sentenceOf(failure: unknown): string {
  if (failure instanceof ApiError) return failure.message;
  throw failure;
}
