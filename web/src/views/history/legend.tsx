/** Which line is which, with what it has in the bucket that is read, or in all. */

import type { ComponentChildren } from "preact";
import {
  momentText,
  nestedText,
  selectedText,
  totalOf,
  totalText,
  valueBeforeText,
  valueText,
} from "../../history/reading.ts";
import type { Selected } from "../../history/scene/crosshair.ts";
import type { PlannedSeries, Scene, SceneLine } from "../../history/scene/scene.ts";
import { HistorySample } from "./sample.tsx";

interface Props {
  readonly scene: Scene;
  readonly at: number | null;
  readonly selected: Selected | null;
  /** Whether something is still under way. */
  readonly isWaiting: boolean;
  /** Whether the scene is still that of another range, whose totals are no longer asked for. */
  readonly isStandIn: boolean;
}

/** The children stand beside its heading. */
export function HistoryLegend({
  children,
  ...props
}: Props & { readonly children: ComponentChildren }) {
  const { scene, at, selected } = props;
  const { plan, lines } = scene;
  const byKey = new Map(lines.map((line) => [line.choice.key, line]));
  const nested = nestedText(scene);
  return (
    <div class="history-legend">
      <div class="history-row">
        <p class="history-moment">{headingOf(scene, at, selected)}</p>
        {children}
      </div>
      <ul>
        {plan.series.map((one) => (
          <Entry key={one.choice.key} {...props} series={one} line={byKey.get(one.choice.key)} />
        ))}
      </ul>
      {nested && <p class="muted small">{nested}</p>}
    </div>
  );
}

interface EntryProps extends Props {
  readonly series: PlannedSeries;
  readonly line: SceneLine | undefined;
}

function Entry({ scene, at, selected, isWaiting, isStandIn, series, line }: EntryProps) {
  const { choice, mark } = series;
  const unknown = isWaiting ? "…" : "not loaded";
  const isKnown = line !== undefined && !(isStandIn && at === null);
  const isAlone = scene.plan.series.length === 1;
  return (
    <li>
      <HistorySample mark={mark} isAlone={isAlone} />
      <span class="history-label">{choice.label}</span>
      <strong>{isKnown ? nowText(scene, line, { at, selected }) : unknown}</strong>
      {scene.plan.before && selected === null && (
        <>
          <HistorySample mark={mark} isBefore />
          <span class="muted">before</span>
          <span>{isKnown && line.before ? beforeText(scene, line, at) : unknown}</span>
        </>
      )}
    </li>
  );
}

function headingOf(scene: Scene, at: number | null, selected: Selected | null): string {
  if (selected) return selectedText(scene, selected);
  return at === null ? "Total" : momentText(scene, at);
}

function nowText(
  scene: Scene,
  line: SceneLine,
  { at, selected }: { readonly at: number | null; readonly selected: Selected | null },
): string {
  return at !== null && selected === null
    ? valueText(scene, line, at)
    : totalOf(scene, line, selected);
}

function beforeText(scene: Scene, line: SceneLine, at: number | null): string {
  return at === null
    ? totalText(line.before?.change?.before ?? null, scene.plan)
    : valueBeforeText(scene, line, at);
}
