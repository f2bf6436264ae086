/** The live view: what each home uses, the last minutes, and every circuit. */

import { useEffect, useState } from "preact/hooks";
import type { ApiError } from "../../api/client.ts";
import { timeOfDay, wattsText } from "../../format.ts";
import type { Home } from "../../home/model.ts";
import type { Reading } from "../../home/readings.ts";
import { meaningOf } from "../../live/endings.ts";
import { useFreshness } from "../../live/use-freshness.ts";
import type { Live } from "../../live/use-live.ts";
import type { SecondsChoice } from "../../live/use-seconds.ts";
import { useStore } from "../../store.ts";
import { Failure } from "../failure.tsx";
import { FreshnessText } from "../freshness-text.tsx";
import { Circuits } from "./circuits.tsx";
import { HomeFigures, HomeWatts } from "./home-figures.tsx";
import { Seconds } from "./seconds.tsx";

const TITLE = document.title;

interface Props {
  readonly home: Home;
  readonly live: Live;
  /** Why the devices could not be listed anew. */
  readonly failure: ApiError | null;
  /** The choice of true seconds; null where they are not offered. */
  readonly seconds: SecondsChoice | null;
}

export function NowView({ home, live, failure, seconds }: Props) {
  const { connection, model } = live;
  const newest = useStore(model.reading);
  const [held, setHeld] = useState<Reading | null>(null);
  const reading = held ?? newest;
  const notice = useStore(model.notice);
  const freshness = useFreshness(live);
  const link = useStore(connection.state);
  const isCurrent = freshness !== null && freshness.kind !== "stale" && link.kind !== "ended";
  useTitle(reading && isCurrent ? titleOf(reading) : null);
  if (link.kind === "ended") {
    const sentence = meaningOf(failure?.code ?? "") ?? link.sentence;
    return <Failure sentence={sentence} onRetry={connection.retry} />;
  }
  if (reading === null || freshness === null) {
    return (
      <div class="stack">
        <h1>Now</h1>
        <p class="muted">Waiting for the first sample …</p>
        {seconds && <Seconds seconds={seconds} homes={[]} />}
      </div>
    );
  }
  const { homes } = reading;
  const isHeld = held !== null;
  const when = isHeld ? (
    <p class="small">
      <span class="badge">Held</span> at {timeOfDay(home.timeZone)(held.instant)}
    </p>
  ) : (
    <FreshnessText freshness={freshness} reading={reading} timeZone={home.timeZone} />
  );
  return (
    <div class={`now ${freshness.kind}`}>
      <div class={homes.length > 1 ? "card hero several" : "card hero"}>
        {homes.length === 0 && (
          <>
            <h1 class="muted small">The home uses</h1>
            <HomeWatts watts={null} />
            <p class="small">Unknown: there is no panel that measures a home.</p>
            {when}
          </>
        )}
        {homes.length > 1 && (
          <>
            <h1>Now</h1>
            {when}
          </>
        )}
        {homes.map((power) => (
          <HomeFigures
            key={power.key}
            {...{ power, home, model, isHeld }}
            rows={reading.rows}
            isOneOfSeveral={homes.length > 1}
          >
            {homes.length === 1 && when}
          </HomeFigures>
        ))}
        {notice && <p class="muted small">{notice}</p>}
        {seconds && <Seconds {...{ seconds, homes }} />}
      </div>
      <Circuits
        reading={reading}
        today={model.today}
        isHeld={isHeld}
        onHold={() => setHeld(isHeld ? null : newest)}
      />
    </div>
  );
}

/** What the home uses, for whoever has the page open behind others; of one that is known. */
function titleOf({ homes: [first, ...others] }: Reading): string | null {
  if (first === undefined || first.watts === null || others.length > 0) return null;
  return `${wattsText(first.watts)} W`;
}

/** A figure in the browser's tab; no old one. */
function useTitle(watts: string | null): void {
  useEffect(() => {
    document.title = watts === null ? TITLE : `${watts} · ${TITLE}`;
  }, [watts]);
  useEffect(
    () => () => {
      document.title = TITLE;
    },
    [],
  );
}
