/** The live view: the home's watts, the last minutes, and every circuit. */

import { useEffect, useState } from "preact/hooks";
import { kwhText, timeOfDay, wattsText } from "../format.ts";
import { type Home, walk } from "../home/model.ts";
import type { Reading } from "../home/readings.ts";
import { useFreshness } from "../live/use-freshness.ts";
import type { Live } from "../live/use-live.ts";
import { useStore } from "../store.ts";
import { Circuits } from "./circuits.tsx";
import { Failure } from "./failure.tsx";
import { FreshnessText } from "./freshness-text.tsx";
import { LiveLineChart } from "./live-line-chart.tsx";

const TITLE = document.title;
/** So many characters fit beside their unit at full size. */
const LONG_FIGURE = 7;

interface Props {
  readonly home: Home;
  readonly live: Live;
}

export function NowView({ home, live }: Props) {
  const { connection, model } = live;
  const newest = useStore(model.reading);
  const [held, setHeld] = useState<Reading | null>(null);
  const reading = held ?? newest;
  const notice = useStore(model.notice);
  const freshness = useFreshness(live);
  const link = useStore(connection.state);
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
  const watts = wattsText(magnitude(reading.homeWatts));
  return (
    <div class={`now ${freshness.kind}`}>
      <section class="card hero" aria-labelledby="home-watts">
        <h1 id="home-watts" class="muted small">
          {headline(reading.homeWatts)}
        </h1>
        <p class={watts.length > LONG_FIGURE ? "figure long" : "figure"}>
          <span data-testid="home-watts">{watts}</span>
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
      <Circuits
        reading={reading}
        today={model.today}
        isHeld={held !== null}
        onHold={() => setHeld(held === null ? newest : null)}
      />
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
