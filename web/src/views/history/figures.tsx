/** The figures of each series: what it came to, how high it got, what is missing. */

import { ENGLISH } from "../../english.ts";
import { countText, coverageText, UNKNOWN } from "../../format.ts";
import type { Change } from "../../history/figures/statistics.ts";
import { bucketText, stretchText } from "../../history/figures/wording.ts";
import { wholeTotal } from "../../history/reading.ts";
import { type Counting, differenceNumber, measureText } from "../../history/scene/measure.ts";
import type { Plan, PlannedSeries, SceneLine } from "../../history/scene/scene.ts";
import type { History } from "../../history/use-history.ts";
import { HistorySample } from "./sample.tsx";

const RATIO = new Intl.NumberFormat(ENGLISH, {
  style: "percent",
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});

interface Props {
  readonly history: History;
}

export function HistoryFigures({ history: { scene, loading } }: Props) {
  const { plan, lines } = scene;
  const { measure, before, location, span } = plan;
  const byKey = new Map(lines.map((line) => [line.choice.key, line]));
  const isPartial = lines.some((line) => line.before?.change?.isPartial);
  if (plan.series.length === 0) return null;
  return (
    <section class={`card history-figures ${before ? "compared" : ""}`}>
      <h2>Figures</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys. */}
      <section class="history-scroll" aria-label="Figures of each series" tabIndex={0}>
        <table class="table">
          <caption class="visually-hidden">
            {stretchText(span, location)}, a row for each series.
          </caption>
          <thead>
            <tr>
              <th scope="col">Series</th>
              <th scope="col" class="number">
                Total
              </th>
              <th scope="col" class="number">
                {measure === "cost" ? "Mean a day" : "Mean"}
              </th>
              <th scope="col" class="number">
                Peak
              </th>
              <th scope="col">When</th>
              <th scope="col" class="number">
                Missing
              </th>
              <th scope="col" class="number">
                Known
              </th>
              {before && (
                <>
                  <th scope="col" class="number">
                    Before
                  </th>
                  <th scope="col" class="number">
                    Difference
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {plan.series.map((one) => (
              <tr key={one.choice.key}>
                <th scope="row">
                  <span class="history-series">
                    <HistorySample mark={one.mark} isAlone={plan.series.length === 1} />
                    {one.choice.label}
                  </span>
                </th>
                <Figures
                  plan={plan}
                  series={one}
                  line={byKey.get(one.choice.key)}
                  isWaiting={loading.waiting > 0}
                />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {before && (
        <p class="muted small">
          Before: {stretchText(before, location)}.
          {isPartial &&
            " Total, before and difference are of the buckets that are complete in both periods."}
        </p>
      )}
    </section>
  );
}

interface FiguresProps {
  readonly plan: Plan;
  readonly series: PlannedSeries;
  readonly line: SceneLine | undefined;
  readonly isWaiting: boolean;
}

function Figures({ plan, line, series, isWaiting }: FiguresProps) {
  if (line === undefined) {
    return (
      <td colSpan={plan.before ? 8 : 6} class="muted">
        {isWaiting ? "Loading …" : "Not loaded"}
      </td>
    );
  }
  const { mean, peak, missing, coverage } = line.statistics;
  const total = wholeTotal(line);
  const { scale, measure, currency } = plan;
  const timeZone = series.choice.location.timeZone;
  const totalIn: Counting = { measure: measure === "cost" ? "cost" : "kwh", currency };
  const meanIn: Counting = { measure: measure === "cost" ? "cost" : "watts", currency };
  return (
    <>
      <td class="number">{total === null ? UNKNOWN : measureText(total, totalIn)}</td>
      <td class="number">{mean === null ? UNKNOWN : measureText(mean, meanIn)}</td>
      <td class="number">{peak === null ? UNKNOWN : measureText(peak.value, plan)}</td>
      <td>{peak === null ? UNKNOWN : bucketText(peak.bucket, { scale, timeZone })}</td>
      <td class="number">{countText(missing)}</td>
      <td class="number">{coverageText(coverage)}</td>
      {plan.before && <ChangeCells change={line.before?.change ?? null} counting={totalIn} />}
    </>
  );
}

function ChangeCells({
  change,
  counting,
}: {
  readonly change: Change | null;
  readonly counting: Counting;
}) {
  if (change === null) {
    return (
      <>
        <td class="number">{UNKNOWN}</td>
        <td class="number">{UNKNOWN}</td>
      </>
    );
  }
  const { before, difference, ratio } = change;
  return (
    <>
      <td class="number">{measureText(before, counting)}</td>
      <td class="number">
        {differenceNumber(difference, before, counting)}
        {ratio !== null && <span class="history-ratio">{RATIO.format(ratio)}</span>}
      </td>
    </>
  );
}
