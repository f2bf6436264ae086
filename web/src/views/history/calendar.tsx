/** How much is known of each day of a series: a tile a day, a row a month. */

import { useCallback, useId, useMemo, useState } from "preact/hooks";
import { readCoverage } from "../../api/archive.ts";
import type { Session } from "../../api/session.ts";
import { BALANCE } from "../../api/wire.ts";
import { countText, coverageText } from "../../format.ts";
import { type Choice, choicesOf } from "../../history/choices.ts";
import {
  type CoveredDay,
  dayStretch,
  dayText,
  meanShare,
  monthsOf,
} from "../../history/figures/coverage.ts";
import type { History } from "../../history/use-history.ts";
import { useLoaded } from "../../loaded.ts";
import { Failure } from "../failure.tsx";
import { HistoryDays, tileClass } from "./days.tsx";

interface Props {
  readonly session: Session;
  readonly history: History;
}

/** Asked for when somebody opens it. */
export function HistoryCalendar(props: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section class="card history-calendar" aria-label="What is known of each day">
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>What is known of each day</summary>
        {isOpen && <Calendar {...props} />}
      </details>
    </section>
  );
}

function Calendar({ session, history }: Props) {
  const offered = useMemo(() => offeredIn(history), [history.device, history.scene.plan.series]);
  const [key, setKey] = useState<string | null>(null);
  const seriesId = useId();
  const series = offered.find((one) => one.key === key) ?? offered[0];
  if (series === undefined) return null;
  return (
    <>
      {offered.length > 1 && (
        <div class="field history-inline">
          <label for={seriesId}>Series</label>
          <select
            id={seriesId}
            value={series.key}
            onChange={({ currentTarget }) => setKey(currentTarget.value)}
          >
            {offered.map(({ key: one, label }) => (
              <option key={one} value={one}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )}
      <Coverage key={series.key} {...{ session, history, series }} />
    </>
  );
}

function Coverage({ session, history, series }: Props & { readonly series: Choice }) {
  const { gid, channel, label, location } = series;
  const load = useCallback(
    () => session.use((token) => readCoverage(token, { gid, channel })),
    [session, gid, channel],
  );
  const [{ value, failure }, ask] = useLoaded(load);
  const months = useMemo(() => monthsOf(value ?? []), [value]);
  const { span } = history.selection;
  if (failure) return <Failure sentence={failure.message} onRetry={ask} />;
  if (value === null) return <p class="muted">Loading …</p>;
  const days = months.flatMap((month) => month.days);
  const first = months.at(-1)?.days[0];
  if (first === undefined) {
    return (
      <p>
        Nothing is kept of {label} yet. What is recorded, and what is looked at here, is kept from
        then on.
      </p>
    );
  }

  function show(day: CoveredDay, isPointed: boolean): void {
    history.actions.chooseStretch(dayStretch(day, location.timeZone));
    // Whoever goes by keys stays where they are, and hears what is shown.
    if (isPointed) document.querySelector(".history-chart-card")?.scrollIntoView();
  }

  return (
    <>
      <p class="small">
        {label}: {coverageText(meanShare(days))} is known of {countText(days.length)} days, since{" "}
        {dayText(first)}. A day that is clicked on is shown.
      </p>
      <HistoryDays
        months={months}
        label={`Days of ${label}`}
        isShown={(day) => {
          const { start, end } = dayStretch(day, location.timeZone);
          return span.start === start && span.end === end;
        }}
        show={show}
      />
      <p class="history-shares small muted" aria-hidden="true">
        {[0, 0.25, 0.75, 1].map((share) => (
          <span key={share}>
            <span class={tileClass(share)} style={{ "--share": `${share * 100}%` }} />
            {coverageText(share)}
          </span>
        ))}
      </p>
    </>
  );
}

/** Those that are chosen, as far as the archive has them, and the mains. */
function offeredIn({ device, scene }: History): readonly Choice[] {
  const chosen = scene.plan.series
    .map(({ choice }) => choice)
    .filter(({ channel, parts }) => channel !== BALANCE && parts.length === 1);
  const mains = choicesOf(device).slice(0, 1);
  return [...new Map([...mains, ...chosen].map((one) => [one.key, one])).values()].sort(
    (one, other) => Number(chosen.includes(other)) - Number(chosen.includes(one)),
  );
}
