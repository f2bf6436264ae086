/** The chart with what is read off it, the ways around in time, and its files to save. */

import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { scaleText, stretchText } from "../../history/figures/wording.ts";
import { unitText } from "../../history/reading.ts";
import { type Crosshair, NOWHERE, selectedOf } from "../../history/scene/crosshair.ts";
import type { Scene } from "../../history/scene/scene.ts";
import type { History } from "../../history/use-history.ts";
import { HistoryChartFrame } from "./chart-frame.tsx";
import { HistoryDoubts } from "./doubts.tsx";
import { HistoryFiles } from "./files.tsx";
import { HistoryLegend } from "./legend.tsx";
import { HistoryFailures, HistoryLoading } from "./loading.tsx";
import { HistoryWays } from "./ways.tsx";

interface Props {
  readonly history: History;
}

export function HistoryChartCard({ history }: Props) {
  const { device, name, actions, loading } = history;
  const { plan } = history.scene;
  const scene = useStandIn(history.scene, loading.waiting > 0);
  const [crosshair, setCrosshair] = useState<Crosshair>(NOWHERE);
  const [spoken, setSpoken] = useState("");
  const canvas = useRef<() => HTMLCanvasElement | null>(() => null);
  const title = stretchText(plan.span, plan.location);
  const place = `${title}, by ${scaleText(plan.scale, plan.location)}`;
  const isStandIn = scene !== history.scene;
  const spokenPlace = useRef(place);

  // The buckets are others now: what was read and selected among the old ones is void. At once, so
  // that a key pressed as soon as the new ones are there counts.
  useLayoutEffect(() => setCrosshair(NOWHERE), [place, isStandIn]);
  useLayoutEffect(() => {
    if (place !== spokenPlace.current) setSpoken(place);
    spokenPlace.current = place;
  }, [place]);

  const selected = selectedOf(crosshair);
  const take = (from: number, to: number) => {
    const [first, last] = [
      scene.frame.buckets[Math.min(from, to)],
      scene.frame.buckets[Math.max(from, to)],
    ];
    setCrosshair(NOWHERE);
    if (first && last) actions.zoomTo({ start: first.start, end: last.end });
  };
  const zoomIn = () => {
    if (selected) return take(selected.from, selected.to);
    const bucket = scene.frame.buckets[crosshair.at ?? -1];
    actions.zoomIn(bucket ? (bucket.start + bucket.end) / 2 : null);
  };

  return (
    <section class="card history-chart-card">
      <div class="history-heading">
        <div>
          <h2>{title}</h2>
          <p class="muted small">
            {name}: {unitText(scene.plan)}, in the time of {device.timeZone}
          </p>
        </div>
        <HistoryWays history={history} onZoomIn={zoomIn} />
      </div>
      <HistoryFailures history={history} />
      <HistoryLegend
        {...{ scene, selected, isStandIn }}
        at={crosshair.at}
        isWaiting={loading.waiting > 0}
      >
        <HistoryLoading history={history} />
      </HistoryLegend>
      <HistoryChartFrame
        {...{ scene, actions, crosshair, setCrosshair, take, zoomIn, canvas }}
        isStandIn={isStandIn}
        speak={setSpoken}
      />
      <HistoryDoubts scene={scene} />
      <p class="visually-hidden" role="status">
        {spoken}
      </p>
      <HistoryFiles history={history} canvas={canvas} />
    </section>
  );
}

/** Until a new range is there, the old one in its place: whoever zooms keeps what they look at. */
function useStandIn(scene: Scene, isWaiting: boolean): Scene {
  const last = useRef(scene);
  const needsOne = isWaiting && scene.lines.length === 0;
  if (!needsOne) last.current = scene;
  const old = last.current;
  const { span } = scene.plan;
  const isAlike = whatOf(old) === whatOf(scene);
  return useMemo(
    () => (needsOne && isAlike ? { ...old, plan: { ...old.plan, span } } : scene),
    [needsOne, isAlike, old, scene, span],
  );
}

/** Which series in which measure, whatever the range. */
function whatOf({ plan: { measure, series } }: Scene): string {
  return [measure, ...series.map(({ choice }) => choice.key)].join(" ");
}
