/** The day so far: what is used now, and how today compares with other days. */

import { useMemo } from "preact/hooks";
import type { Session } from "../../api/session.ts";
import type { Home } from "../../home/model.ts";
import { gidOf, type HomePower } from "../../home/power.ts";
import type { Reading } from "../../home/readings.ts";
import { useFreshness } from "../../live/use-freshness.ts";
import type { Live } from "../../live/use-live.ts";
import { useStore } from "../../store.ts";
import { useToday } from "../../today/use-today.ts";
import "../../styles/today.css";
import { Failure } from "../failure.tsx";
import { FreshnessText } from "../freshness-text.tsx";
import { Figures, NowCard } from "./figures.tsx";
import { Top } from "./top.tsx";
import { wordsIn } from "./words.ts";

interface Props {
  readonly session: Session;
  readonly home: Home;
  readonly live: Live;
}

export function TodayView({ session, home, live }: Props) {
  const reading = useStore(live.model.reading);
  const freshness = useFreshness(live);
  const homes = reading?.homes ?? [];
  return (
    <div class={`today ${freshness?.kind ?? ""}`}>
      <div class="title-row">
        <h1>Today</h1>
        {reading && freshness && (
          <FreshnessText {...{ freshness, reading }} timeZone={home.timeZone} />
        )}
      </div>
      {reading === null && <p class="muted">Waiting for the first sample …</p>}
      {reading !== null && homes.length === 0 && (
        <p>There is no panel that measures a home, so there is nothing to tell of its day.</p>
      )}
      {reading !== null &&
        homes.map((power) => (
          <HomeToday
            key={power.key}
            {...{ session, home, live, power, reading }}
            name={homes.length > 1 ? (power.name ?? "Home") : null}
          />
        ))}
    </div>
  );
}

interface HomeTodayProps extends Props {
  readonly power: HomePower;
  readonly reading: Reading;
  /** Null where it is the only one. */
  readonly name: string | null;
}

function HomeToday(props: HomeTodayProps) {
  const { session, home, live, power, reading, name } = props;
  const gid = gidOf(power);
  const timeZone = home.byGid.get(gid)?.timeZone ?? home.timeZone;
  const [{ value, failure }, ask] = useToday({
    ...{ session, timeZone, home: gid, now: live.model.clock.now },
  });
  const words = useMemo(() => wordsIn(timeZone), [timeZone]);
  return (
    <section class="today-home" data-home={power.key} aria-label={name ?? "Today"}>
      {name && <h2>{name}</h2>}
      <div class="today-cards">
        <NowCard power={power} home={home} />
        {value && <Figures {...{ value, words, power }} />}
      </div>
      {value === null && failure === null && <p class="muted">Loading the day so far …</p>}
      {value === null && failure !== null && <Failure sentence={failure.message} onRetry={ask} />}
      {value !== null && failure !== null && (
        <p class="muted small">These figures are older: {failure.message}</p>
      )}
      {value?.missing && (
        <p class="muted small">What is usual could not be loaded: {value.missing}</p>
      )}
      {value && <Top {...{ live, power, reading, name, value }} />}
    </section>
  );
}
