/** Which line is which, with what it has in the bucket that is read, or in all. */

import type { Selected } from "../history/crosshair.ts";
import { measureText } from "../history/measure.ts";
import { momentText, selectedText, valueBeforeText, valueText } from "../history/reading.ts";
import type { PlannedSeries, Scene, SceneLine } from "../history/scene.ts";
import { HistorySample } from "./history-sample.tsx";

interface Props {
  readonly scene: Scene;
  readonly at: number | null;
  readonly selected: Selected | null;
}

export function HistoryLegend({ scene, at, selected }: Props) {
  const { plan, lines } = scene;
  const byKey = new Map(lines.map((line) => [line.choice.key, line]));
  return (
    <div class="history-legend">
      <p class="history-moment">{headingOf(scene, at, selected)}</p>
      <ul>
        {plan.series.map((one) => (
          <Entry
            key={one.choice.key}
            scene={scene}
            at={at}
            series={one}
            line={byKey.get(one.choice.key)}
          />
        ))}
      </ul>
    </div>
  );
}

interface EntryProps {
  readonly scene: Scene;
  readonly at: number | null;
  readonly series: PlannedSeries;
  readonly line: SceneLine | undefined;
}

function Entry({ scene, at, series: { choice, mark }, line }: EntryProps) {
  const isAlone = scene.plan.series.length === 1;
  return (
    <li>
      <HistorySample mark={mark} isAlone={isAlone} />
      <span class="history-label">{choice.label}</span>
      <strong>{line ? nowText(scene, line, at) : "…"}</strong>
      {scene.plan.before && (
        <>
          <HistorySample mark={mark} isBefore />
          <span class="muted">before</span>
          <span>{line?.before ? beforeText(scene, line, at) : "…"}</span>
        </>
      )}
    </li>
  );
}

function headingOf(scene: Scene, at: number | null, selected: Selected | null): string {
  if (selected) return selectedText(scene, selected);
  return at === null ? "Total" : momentText(scene, at);
}

function nowText(scene: Scene, line: SceneLine, at: number | null): string {
  if (at !== null) return valueText(scene, line, at);
  return totalText(line.statistics.total, scene);
}

function beforeText(scene: Scene, line: SceneLine, at: number | null): string {
  if (at !== null) return valueBeforeText(scene, line, at);
  return totalText(line.before?.change?.before ?? null, scene);
}

function totalText(total: number | null, { plan }: Scene): string {
  if (total === null) return "no data";
  return measureText(total, plan.measure === "cost" ? "cost" : "kwh");
}
