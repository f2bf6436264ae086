/** The cards of a day: energy, money, peak, sun and what is always on. */

import { kwhText, shareText, wattsText } from "../../format.ts";
import type { Home } from "../../home/model.ts";
import { type HomePower, whyUnknown } from "../../home/power.ts";
import { LEAST_KNOWN } from "../../today/figures.ts";
import type { Today } from "../../today/use-today.ts";
import { Beside } from "./beside.tsx";
import { Card, Known } from "./card.tsx";
import { CostCard } from "./cost-card.tsx";
import type { Words } from "./words.ts";

export function NowCard({ power, home }: { readonly power: HomePower; readonly home: Home }) {
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

export function Figures({ value, words, power }: FiguresProps) {
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
            kwh={yesterday && yesterday.known >= LEAST_KNOWN ? yesterday.kwh : null}
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
