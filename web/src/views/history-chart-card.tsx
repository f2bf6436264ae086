/** The chart with what is read off it, the ways around in time, and files to take along. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Crosshair, NOWHERE, selectedOf } from "../history/crosshair.ts";
import { unitText } from "../history/reading.ts";
import type { History } from "../history/use-history.ts";
import { scaleText, stretchText } from "../history/wording.ts";
import { HistoryChartFrame } from "./history-chart-frame.tsx";
import { HistoryFiles } from "./history-files.tsx";
import { HistoryLegend } from "./history-legend.tsx";
import { HistoryLoading } from "./history-loading.tsx";
import { HistoryWays } from "./history-ways.tsx";

interface Props {
  readonly history: History;
}

export function HistoryChartCard({ history }: Props) {
  const { scene, device, actions } = history;
  const { plan, frame } = scene;
  const [crosshair, setCrosshair] = useState<Crosshair>(NOWHERE);
  const [spoken, setSpoken] = useState("");
  const canvas = useRef<() => HTMLCanvasElement | null>(() => null);
  const title = stretchText(plan.span, plan.location);
  const place = `${title}, by ${scaleText(plan.scale, plan.location)}`;
  const isFirst = useRef(true);

  // The buckets are others now: what was read and selected among the old ones is void.
  useEffect(() => {
    setCrosshair(NOWHERE);
    if (!isFirst.current) setSpoken(place);
    isFirst.current = false;
  }, [place]);

  const selected = selectedOf(crosshair);
  const take = (from: number, to: number) => {
    const [first, last] = [frame.buckets[Math.min(from, to)], frame.buckets[Math.max(from, to)]];
    setCrosshair(NOWHERE);
    if (first && last) actions.zoomTo({ start: first.start, end: last.end });
  };
  const zoomIn = () => {
    if (selected) return take(selected.from, selected.to);
    const bucket = frame.buckets[crosshair.at ?? -1];
    actions.zoomIn(bucket ? (bucket.start + bucket.end) / 2 : null);
  };

  return (
    <section class="card history-chart-card">
      <div class="history-heading">
        <div>
          <h2>{title}</h2>
          <p class="muted small">
            {unitText(plan)}, in the time of {device.timeZone}
          </p>
        </div>
        <HistoryWays history={history} onZoomIn={zoomIn} />
      </div>
      <HistoryLoading history={history} />
      <HistoryLegend scene={scene} at={crosshair.at} selected={selected} />
      <HistoryChartFrame
        {...{ history, crosshair, setCrosshair, take, zoomIn, canvas }}
        speak={setSpoken}
      />
      <p class="visually-hidden" role="status">
        {spoken}
      </p>
      <HistoryFiles history={history} canvas={canvas} />
    </section>
  );
}
