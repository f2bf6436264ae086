/** The live view: the home's watts, the last minutes, and every circuit. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { kwhText, timeOfDay, wattsText } from "../format.ts";
import { type Home, walk } from "../home/model.ts";
import type { Reading } from "../home/readings.ts";
import type { Connection } from "../live/connection.ts";
import { type Freshness, freshnessOf } from "../live/freshness.ts";
import type { LiveModel } from "../live/model.ts";
import { useStore } from "../store.ts";
import { CircuitBars } from "./circuit-bars.tsx";
import { Failure } from "./failure.tsx";
import { FreshnessText } from "./freshness-text.tsx";
import { LiveLineChart } from "./live-line-chart.tsx";

const TITLE = document.title;

interface Props {
  readonly home: Home;
  readonly connection: Connection;
  readonly model: LiveModel;
}

export function NowView({ home, connection, model }: Props) {
  const newest = useStore(model.reading);
  const [held, setHeld] = useState<Reading | null>(null);
  const reading = held ?? newest;
  const notice = useStore(model.notice);
  const freshness = useFreshness(connection, model);
  const link = useStore(connection.state);
  const rows = reading?.rows;
  const bars = useMemo(
    () => rows && <CircuitBars rows={rows} today={model.today} />,
    [rows, model.today, model.today.answers],
  );
  const isCurrent = freshness !== null && freshness.kind !== "stale" && link.kind !== "ended";
  useTitle(reading && isCurrent ? `${wattsText(reading.homeWatts)} W` : null);
  if (link.kind === "ended") return <Failure sentence={link.sentence} onRetry={connection.retry} />;
  if (reading === null || freshness === null) {
    return (
      <div class="stack">
        <h1>Now</h1>
        <p class="muted">Waiting for the first sample …</p>
      </div>
    );
  }
  return (
    <div class={`now ${freshness.kind}`}>
      <section class="card hero" aria-labelledby="home-watts">
        <h1 id="home-watts" class="muted small">
          {headline(reading.homeWatts)}
        </h1>
        <p class="figure">
          <span data-testid="home-watts">{wattsText(magnitude(reading.homeWatts))}</span>
          <span class="unit">W</span>
        </p>
        {held === null ? (
          <FreshnessText freshness={freshness} reading={reading} timeZone={home.timeZone} />
        ) : (
          <p class="small">
            <span class="badge">Held</span> at {timeOfDay(home.timeZone)(held.instant)}
          </p>
        )}
        <Flows reading={reading} kwhToday={model.today.home} hasSolar={hasSolar(home)} />
        <LiveLineChart
          model={model}
          timeZone={home.timeZone}
          homeWatts={reading.homeWatts}
          isHeld={held !== null}
        />
        {notice && <p class="muted small">{notice}</p>}
      </section>
      <section class="card" aria-labelledby="circuits">
        <div class="title-row">
          <h2 id="circuits">Circuits</h2>
          <button
            type="button"
            class="button small"
            aria-pressed={held !== null}
            onClick={() => setHeld(held === null ? newest : null)}
          >
            {held === null ? "Hold still" : "Go on"}
          </button>
        </div>
        {bars}
      </section>
    </div>
  );
}

function headline(homeWatts: number | null): string {
  return homeWatts !== null && Math.round(homeWatts) < 0
    ? "Whole home, exporting to the grid"
    : "Whole home, from the grid";
}

function magnitude(watts: number | null): number | null {
  return watts === null ? null : Math.abs(watts);
}

function hasSolar(home: Home): boolean {
  return [...walk(home.roots)].some(({ circuits }) => circuits.some(({ isSolar }) => isSolar));
}

/** The day so far, and where a home with solar has its power from. */
function Flows({
  reading: { solarWatts, usedWatts },
  kwhToday,
  hasSolar,
}: {
  readonly reading: Reading;
  readonly kwhToday: number | null;
  readonly hasSolar: boolean;
}) {
  return (
    <dl class="flows">
      <div>
        <dt>Today{hasSolar && ", net"}</dt>
        <dd>{kwhText(kwhToday)} kWh</dd>
      </div>
      {hasSolar && (
        <>
          <div>
            <dt>Solar gives</dt>
            <dd data-testid="solar-watts">{wattsText(solarWatts)} W</dd>
          </div>
          <div>
            <dt>The home uses</dt>
            <dd>{wattsText(usedWatts)} W</dd>
          </div>
        </>
      )}
    </dl>
  );
}

/** Looked at again every second, so that the age goes on counting when nothing comes. */
function useFreshness(connection: Connection, model: LiveModel): Freshness | null {
  const frame = useStore(connection.frame);
  const state = useStore(connection.state);
  const isFailing = useStore(connection.isFailing);
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  const isHeard = state.kind === "open" && !isFailing;
  return frame && freshnessOf(frame, { now: model.clock.now(), isHeard });
}

/** The home's watts in the browser's tab, for whoever has the page open behind others; no old ones. */
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
