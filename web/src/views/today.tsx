/** The day so far: what is used now, and how today compares with other days. */

import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Session } from "../api/session.ts";
import { moneyText } from "../billing/money.ts";
import { ENGLISH } from "../english.ts";
import { coverageText, kwhText, shareText, wattsText } from "../format.ts";
import type { Home } from "../home/model.ts";
import { type HomePower, whyUnknown } from "../home/power.ts";
import type { Reading } from "../home/readings.ts";
import { useFreshness } from "../live/use-freshness.ts";
import type { Live } from "../live/use-live.ts";
import { historyOf } from "../route.ts";
import { useStore } from "../store.ts";
import type { Sum } from "../today/buckets.ts";
import { amountsOf, mostDrawn } from "../today/top.ts";
import { type Today, useToday } from "../today/use-today.ts";
import "../styles/today.css";
import { Failure } from "./failure.tsx";
import { FreshnessText } from "./now/freshness-text.tsx";

const MOST_CIRCUITS = 6;

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
  const { session, home, live, power, name } = props;
  const gid = power.gridGids[0] ?? power.gids[0] ?? 0;
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
      {value && <Top {...props} value={value} />}
    </section>
  );
}

interface CardProps {
  readonly title: string;
  readonly id: string;
  readonly figure: string;
  readonly unit?: string;
  readonly children?: ComponentChildren;
}

function Card({ title, id, figure, unit, children }: CardProps) {
  return (
    <section class="card today-card" data-card={id}>
      <h2 class="muted small">{title}</h2>
      <p class="today-figure">
        <span data-testid={`today-${id}`}>{figure}</span>
        {unit && <span class="unit"> {unit}</span>}
      </p>
      {children}
    </section>
  );
}

function NowCard({ power, home }: { readonly power: HomePower; readonly home: Home }) {
  const why = whyUnknown(power, home);
  return (
    <Card title="Uses now" id="now" figure={wattsText(power.watts)} unit="W">
      {why && <p class="small">Unknown: {why}.</p>}
      <p class="small">
        <a href="#/now">Every circuit, live</a>
      </p>
    </Card>
  );
}

interface FiguresProps {
  readonly value: Today;
  readonly words: Words;
  readonly power: HomePower;
}

function Figures({ value, words, power }: FiguresProps) {
  const { until, today, yesterday, usual, peak, alwaysOn, sun } = value;
  const weekday = words.weekday(until);
  return (
    <>
      <Card
        title={`Used so far, until ${words.time(until)}`}
        id="kwh"
        figure={kwhText(today?.kwh)}
        unit="kWh"
      >
        <Known sum={today} />
        <dl class="today-beside">
          <Beside
            id="yesterday"
            name="Yesterday at this time"
            kwh={yesterday && yesterday.known > 0.99 ? yesterday.kwh : null}
            today={today}
          />
          <Beside
            id="usual"
            name={`Usual on a ${weekday} at this time`}
            kwh={usual?.kwh ?? null}
            today={today}
          />
        </dl>
        {usual && (
          <p class="muted small">
            Usual is the median of {usual.days === 1 ? "1 day" : `${usual.days} days`} of the last
            four weeks.
          </p>
        )}
      </Card>
      <CostCard value={value} />
      <Card
        title="Highest quarter hour today"
        id="peak"
        figure={wattsText(peak?.watts ?? null)}
        unit="W"
      >
        {peak && (
          <p class="small">
            {words.time(peak.from)} to {words.time(peak.until)}
          </p>
        )}
      </Card>
      {power.hasSolar && (
        <Card title="From the sun today" id="sun" figure={kwhText(sun.generation?.kwh)} unit="kWh">
          <Known sum={sun.generation} />
          <p class="small">
            <span data-testid="today-self-use">{kwhText(sun.selfUse?.kwh)}</span> kWh of it used
            here, <span data-testid="today-self-share">{shareText(selfShare(value))}</span>.
          </p>
        </Card>
      )}
      <Card title="Always on" id="always" figure={wattsText(alwaysOn?.watts ?? null)} unit="W">
        {alwaysOn && (
          <p class="small">
            The quietest hour of the last week: {words.weekday(alwaysOn.from)},{" "}
            {words.time(alwaysOn.from)} to {words.time(alwaysOn.until)}.
          </p>
        )}
      </Card>
    </>
  );
}

function selfShare({ sun: { generation, selfUse } }: Today): number | null {
  if (generation === null || selfUse === null || generation.kwh <= 0) return null;
  return selfUse.kwh / generation.kwh;
}

function Known({ sum }: { readonly sum: Sum | null }) {
  if (sum === null || sum.known >= 0.999) return null;
  return <p class="small">Of {coverageText(sum.known)} of that time; the rest is unknown.</p>;
}

interface BesideProps {
  readonly id: string;
  readonly name: string;
  readonly kwh: number | null;
  readonly today: Sum | null;
}

/** How today differs from it. */
function changeText(ratio: number): string {
  const share = shareText(Math.abs(ratio));
  if (share === shareText(0)) return "today is the same";
  return `today is ${share} ${ratio > 0 ? "more" : "less"}`;
}

function Beside({ id, name, kwh, today }: BesideProps) {
  const isComparable = kwh !== null && kwh > 0 && today !== null && today.known > 0.99;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span data-testid={`today-${id}`}>{kwhText(kwh)}</span> kWh
        {isComparable && <span class="muted small"> {changeText(today.kwh / kwh - 1)}</span>}
      </dd>
    </div>
  );
}

/** No tariff, no row of money; but a way to one. */
function CostCard({ value: { costs } }: { readonly value: Today }) {
  if (costs === null) {
    return (
      <section class="card today-card" data-card="tariff">
        <h2 class="muted small">Cost today</h2>
        <p>
          <a href="#/costs">Set up a tariff</a> to see what the day costs.
        </p>
      </section>
    );
  }
  const row = costs.rows.at(-1);
  return (
    <Card title="Cost today" id="cost" figure={moneyText(row?.amount, costs.currency)}>
      {row && row.coverage < 0.999 && (
        <p class="small">Of {coverageText(row.coverage)} of the day so far; the rest is unknown.</p>
      )}
      <p class="small">
        <a href="#/costs">The bill so far</a>
      </p>
    </Card>
  );
}

function Top({ live, power, reading, name, value }: HomeTodayProps & { readonly value: Today }) {
  const { today } = live.model;
  const isOfHome = name === null ? null : new Set(power.gids);
  const rows = reading.rows.filter(({ gid }) => isOfHome === null || isOfHome.has(gid));
  const batteries = new Set(power.batteryKeys);
  const top = mostDrawn(rows, (key) => today.of(key), { most: MOST_CIRCUITS, batteries });
  const circuits = value.costs?.rows.at(-1)?.circuits;
  const amounts = amountsOf(circuits ?? []);
  return (
    <section class="card" aria-label="Most energy today">
      <h2>Most energy today</h2>
      {top.length === 0 ? (
        <p class="muted">Nothing is known of the circuits' day yet.</p>
      ) : (
        <table class="table today-top">
          <thead>
            <tr>
              <th scope="col">Circuit</th>
              <th scope="col" class="number">
                kWh
              </th>
              {circuits && (
                <th scope="col" class="number">
                  Cost
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {top.map((one) => (
              <tr key={one.key} data-top={one.key}>
                <th scope="row">
                  <a href={historyOf(one.key)}>{one.name}</a>
                  {one.panel && <span class="muted small"> {one.panel}</span>}
                </th>
                <td class="number">{kwhText(one.kwh)}</td>
                {circuits && value.costs && (
                  <td class="number">{moneyText(amounts(one), value.costs.currency)}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface Words {
  readonly time: (moment: number) => string;
  readonly weekday: (moment: number) => string;
}

function wordsIn(timeZone: string): Words {
  const time = new Intl.DateTimeFormat(ENGLISH, { timeZone, hour: "numeric", minute: "2-digit" });
  const weekday = new Intl.DateTimeFormat(ENGLISH, { timeZone, weekday: "long" });
  return {
    // Newer browsers put a narrow space before AM and PM, which older ones do not.
    time: (moment) => time.format(moment).replace(/\s/g, " "),
    weekday: (moment) => weekday.format(moment),
  };
}
