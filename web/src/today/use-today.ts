/** What the gateway tells of a home's day: asked for after each quarter hour, the weeks once an hour. */

import { useCallback, useEffect } from "preact/hooks";
import { type Costs, readCosts } from "../api/billing.ts";
import { ApiError } from "../api/client.ts";
import { type HomeFlows, readFlows } from "../api/flows.ts";
import type { Session } from "../api/session.ts";
import { type Loaded, useLoaded } from "../loaded.ts";
import {
  HOUR_MILLISECONDS,
  QUARTER_MILLISECONDS,
  startOf,
  type TodayFigures,
  todayOf,
  type UsualFigures,
  usualOf,
  WEEKS,
} from "./figures.ts";

/** Emporia has a quarter hour about so long after it is over. */
const LATE_MILLISECONDS = 60_000;
const LOOK_MILLISECONDS = 60_000;

export interface Today extends TodayFigures, UsualFigures {
  /** Null is no tariff for this home. */
  readonly costs: Costs | null;
  /** Why the usual could not be had. */
  readonly missing: string | null;
}

interface Place {
  readonly session: Session;
  readonly home: number;
  readonly timeZone: string;
  readonly now: () => number;
}

interface Kept {
  readonly askedAt: number;
  readonly answer: Promise<HomeFlows>;
}

const weeks = new WeakMap<Session, Map<number, Kept>>();

export function useToday({
  session,
  home,
  timeZone,
  now,
}: Place): readonly [Loaded<Today>, () => void] {
  const load = useCallback(
    () => read({ session, home, timeZone, now }),
    [session, home, timeZone, now],
  );
  const [loaded, ask] = useLoaded(load);
  useEffect(() => {
    const quarter = () => Math.floor((now() - LATE_MILLISECONDS) / QUARTER_MILLISECONDS);
    let askedIn = quarter();
    const look = () => {
      if (document.hidden || quarter() === askedIn) return;
      askedIn = quarter();
      ask();
    };
    const timer = setInterval(look, LOOK_MILLISECONDS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [ask, now]);
  return [loaded, ask];
}

async function read({ session, home, timeZone, now: clock }: Place): Promise<Today> {
  const now = clock();
  const [start, end] = [new Date(startOf(now, timeZone, -1)), new Date(now)];
  const [told, costs, usual] = await Promise.all([
    session.use((token) => readFlows(token, { home, start, end, scale: "15MIN" })),
    costsOf(session, { home, start: new Date(startOf(now, timeZone, 0)), end }),
    weeksOf(session, home, timeZone, now).then(
      (answer) => ({ answer, missing: null }),
      (failure: unknown) => ({ answer: null, missing: sentenceOf(failure) }),
    ),
  ]);
  const today = todayOf(told, now, timeZone);
  const none: UsualFigures = { usual: null, alwaysOn: null };
  const figures = usual.answer ? usualOf(usual.answer, today.until, now, timeZone) : none;
  return { ...today, ...figures, costs, missing: usual.missing };
}

async function costsOf(
  session: Session,
  range: { readonly home: number; readonly start: Date; readonly end: Date },
): Promise<Costs | null> {
  try {
    return await session.use((token) =>
      readCosts(token, { ...range, by: "day", split: "circuit" }),
    );
  } catch (failure) {
    if (failure instanceof ApiError && failure.code === "no_tariff") return null;
    throw failure;
  }
}

/** Four weeks to this midnight by the hour, as they were within the last hour. */
async function weeksOf(
  session: Session,
  home: number,
  timeZone: string,
  now: number,
): Promise<HomeFlows> {
  const kept = weeks.get(session) ?? new Map<number, Kept>();
  weeks.set(session, kept);
  const known = kept.get(home);
  const midnight = startOf(now, timeZone, 0);
  if (known && known.askedAt >= midnight && now - known.askedAt < HOUR_MILLISECONDS) {
    return known.answer;
  }
  const query = {
    ...{ home, scale: "1H" as const, end: new Date(midnight) },
    start: new Date(startOf(now, timeZone, -7 * WEEKS)),
  };
  const answer = session.use((token) => readFlows(token, query));
  kept.set(home, { askedAt: now, answer });
  // What failed is asked for again the next time.
  answer.catch(() => kept.delete(home));
  return answer;
}

function sentenceOf(failure: unknown): string {
  if (failure instanceof ApiError) return failure.message;
  throw failure;
}
