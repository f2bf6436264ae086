/** What a home uses, where that comes from, the day so far and the last minutes. */

import type { ComponentChildren } from "preact";
import { kwhText, timeOfDay, wattsText } from "../../format.ts";
import type { Home } from "../../home/model.ts";
import { type HomePower, isMoreThanGrid, whyUnknown } from "../../home/power.ts";
import { waysOf } from "../../home/power-flow.ts";
import type { Row } from "../../home/readings.ts";
import type { LiveModel } from "../../live/model.ts";
import { LiveLineChart } from "./live-line-chart.tsx";
import { PowerFlow } from "./power-flow.tsx";

/** So many characters fit beside their unit at full size. */
const LONG_FIGURE = 7;

interface Props {
  readonly power: HomePower;
  readonly home: Home;
  readonly rows: readonly Row[];
  readonly model: LiveModel;
  readonly isHeld: boolean;
  /** Whether it is told which home it is. */
  readonly isOneOfSeveral: boolean;
  /** What stands below the figure. */
  readonly children?: ComponentChildren;
}

export function HomeFigures(props: Props) {
  const { power, home, rows, model, isHeld, isOneOfSeveral, children } = props;
  const ways = waysOf(power, home, rows);
  // Of a home that has the grid alone the line tells more, and stays on the first screen.
  const picture = ways && <PowerFlow {...{ ways, isHeld }} />;
  const name = isOneOfSeveral ? (power.name ?? "Home") : null;
  const why = whyUnknown(power, home);
  const Heading = isOneOfSeveral ? "h2" : "h1";
  return (
    <section class="home" data-home={power.key}>
      <Heading class="muted small">{name ?? "The home"} uses</Heading>
      <HomeWatts watts={power.watts} />
      {why && <p class="small">Unknown: {why}.</p>}
      {power.minute !== null && (
        <p class="small">
          <span class="badge">Average</span> of the newest minute,{" "}
          {timeOfDay(home.timeZone)(power.minute)}; nothing is known by the second.
        </p>
      )}
      {children}
      <Flows power={power} kwhToday={model.today.fromGrid(power)} />
      {isMoreThanGrid(power) && picture}
      <LiveLineChart {...{ model, power, name, isHeld }} timeZone={home.timeZone} />
      {!isMoreThanGrid(power) && picture}
    </section>
  );
}

/** The big figure; a dash where nobody knows. */
export function HomeWatts({ watts }: { readonly watts: number | null }) {
  const text = wattsText(watts);
  return (
    <p class={text.length > LONG_FIGURE ? "figure long" : "figure"}>
      <span data-testid="home-watts">{text}</span>
      <span class="unit">W</span>
    </p>
  );
}

interface FlowsProps {
  readonly power: HomePower;
  readonly kwhToday: number | null;
}

/** Where the home's power comes from, or goes to. */
function Flows({ power, kwhToday }: FlowsProps) {
  const { gridWatts, solarWatts, batteryWatts, hasSolar, hasBattery } = power;
  const hasMore = isMoreThanGrid(power);
  return (
    <dl class="flows">
      <div>
        <dt>{hasMore ? "From the grid today, net" : "Today"}</dt>
        <dd>{kwhText(kwhToday)} kWh</dd>
      </div>
      {hasMore && (
        <Flow
          id="grid"
          watts={gridWatts}
          words={{ comes: "From the grid", goes: "To the grid", unknown: "Grid" }}
        />
      )}
      {hasSolar && (
        <Flow
          id="solar"
          watts={solarWatts}
          words={{ comes: "Sun gives", goes: "Sun", unknown: "Sun" }}
        />
      )}
      {hasBattery && (
        <Flow
          id="battery"
          watts={batteryWatts}
          words={{ comes: "Battery gives", goes: "Battery charges", unknown: "Battery" }}
        />
      )}
    </dl>
  );
}

interface FlowProps {
  readonly id: string;
  readonly watts: number | null;
  readonly words: { readonly comes: string; readonly goes: string; readonly unknown: string };
}

/** The direction is in the words, so that no figure needs a sign. */
function Flow({ id, watts, words }: FlowProps) {
  const known = watts !== null && Math.round(watts) < 0 ? words.goes : words.comes;
  return (
    <div>
      <dt>{watts === null ? words.unknown : known}</dt>
      <dd data-testid={`${id}-watts`}>{wattsText(watts === null ? null : Math.abs(watts))} W</dd>
    </div>
  );
}
