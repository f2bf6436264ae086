/** The chart itself: drawn as the scene changes, read and zoomed by pointer or by keys. */

import type { RefObject, TargetedKeyboardEvent } from "preact";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { createHistoryChart, type HistoryChart, type Picture } from "../../charts/history-chart.ts";
import { doubtfulStretches, figureDoubt, joined } from "../../history/figures/doubts.ts";
import { stretchText } from "../../history/figures/wording.ts";
import { type Command, commandOf, KEY_HINTS } from "../../history/keys.ts";
import { readingText, selectionText, unitText } from "../../history/reading.ts";
import {
  type Crosshair,
  extendedTo,
  NOWHERE,
  placed,
  selectedOf,
  steppedTo,
} from "../../history/scene/crosshair.ts";
import { letterBefore } from "../../history/scene/marks.ts";
import { axisNumber } from "../../history/scene/measure.ts";
import { gapsOf, type Scene } from "../../history/scene/scene.ts";
import type { Actions } from "../../history/use-history.ts";
import { lastIndexOf } from "../../last-index.ts";

interface Props {
  readonly scene: Scene;
  readonly actions: Actions;
  /** Whether the scene is still that of another range. */
  readonly isStandIn: boolean;
  readonly crosshair: Crosshair;
  readonly setCrosshair: (next: Crosshair | ((old: Crosshair) => Crosshair)) => void;
  /** Zoom to these buckets. */
  readonly take: (from: number, to: number) => void;
  readonly zoomIn: () => void;
  readonly speak: (text: string) => void;
  /** Where to leave what is drawn, for an image file. */
  readonly canvas: RefObject<() => HTMLCanvasElement | null>;
}

export function HistoryChartFrame(props: Props) {
  const { scene, actions, isStandIn, crosshair, setCrosshair, take, zoomIn, speak, canvas } = props;
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<HistoryChart | null>(null);
  const takeNow = useRef(take);
  takeNow.current = take;
  const hintId = useId();
  const picture = useMemo(() => pictureOf(scene), [scene]);

  // Drawn with the words around it: a pointer never reads a chart that is older than they are.
  useLayoutEffect(() => {
    if (element.current === null) return;
    const made = createHistoryChart(element.current, {
      read: (at) => setCrosshair(placed(at)),
      select: (from, to) => setCrosshair({ anchor: from, at: to }),
      take: (from, to) => takeNow.current(from, to),
      drop: () => setCrosshair(NOWHERE),
    });
    chart.current = made;
    canvas.current = made.canvas;
    return () => {
      chart.current = null;
      made.destroy();
    };
  }, [setCrosshair, canvas]);
  useLayoutEffect(() => chart.current?.draw(picture), [picture]);
  useLayoutEffect(
    () => chart.current?.point(crosshair.at, selectedOf(crosshair)),
    [crosshair, picture],
  );

  const ways = {
    "zoom-in": zoomIn,
    "zoom-out": actions.zoomOut,
    back: actions.back,
    earlier: () => actions.pan(-1),
    later: () => actions.pan(1),
  };

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    const command = commandOf(event);
    if (command === null || (command.kind === "clear" && crosshair.at === null)) return;
    event.preventDefault();
    obey(command);
  }

  function obey(command: Command): void {
    if (command.kind === "step" || command.kind === "edge") {
      move(targetOf(command), command.extends);
    } else if (command.kind === "clear") {
      setCrosshair(NOWHERE);
      speak("");
    } else {
      ways[command.kind]();
    }
  }

  function targetOf(command: Extract<Command, { kind: "step" | "edge" }>): number {
    const count = scene.frame.buckets.length;
    if (command.kind === "edge") return command.edge === "first" ? 0 : count - 1;
    const by = command.by === "one" ? 1 : Math.max(1, Math.round(count / 10));
    return steppedTo(crosshair, command.sign * by, { count, entry: newestOf(scene) });
  }

  function move(to: number, isSelecting: boolean): void {
    const next = isSelecting ? extendedTo(crosshair, to) : placed(to);
    setCrosshair(next);
    const selected = selectedOf(next);
    speak(selected ? selectionText(scene, selected) : readingText(scene, to));
  }

  const { plan } = scene;
  return (
    <>
      <div
        class={isStandIn ? "history-chart waiting" : "history-chart"}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys.
        tabIndex={0}
        aria-label={`Chart of ${stretchText(plan.span, plan.location)}, ${unitText(plan)}`}
        aria-roledescription="chart"
        aria-describedby={hintId}
        onKeyDown={onKeyDown}
      >
        <div class="history-canvas" ref={element} />
        {plan.series.length === 0 && <p class="history-empty">Choose a circuit to see it here.</p>}
      </div>
      <p class="history-hint small" id={hintId}>
        <span>Drag over the chart to zoom in. </span>
        <span class="history-keys">
          {KEY_HINTS.map(([keys, meaning]) => (
            <span key={keys} class="history-key">
              <kbd>{keys}</kbd> {meaning}{" "}
            </span>
          ))}
        </span>
      </p>
    </>
  );
}

/** The last bucket of which anything is known, where reading begins. */
function newestOf({ lines, frame }: Scene): number {
  const last = Math.max(
    ...lines.map(({ values }) => lastIndexOf(values, (value) => value !== null)),
  );
  return last >= 0 ? last : frame.buckets.length - 1;
}

const NEVER = () => false;

function pictureOf(scene: Scene): Picture {
  const { plan, frame, lines } = scene;
  const before = lines.flatMap(({ mark, before: then }) =>
    then
      ? [
          {
            mark,
            letter: letterBefore(mark),
            values: then.values,
            isBefore: true,
            isAveraged: NEVER,
          },
        ]
      : [],
  );
  const now = lines.map((line) => ({
    mark: line.mark,
    letter: line.mark.letter,
    values: line.values,
    isBefore: false,
    isAveraged: (at: number) => figureDoubt(line, at) === "averaged",
  }));
  return {
    stretch: plan.span,
    timeZone: plan.location.timeZone,
    buckets: frame.buckets,
    // Those of now are drawn last, over those of before.
    lines: [...before, ...now],
    isAlone: plan.series.length === 1,
    gaps: joined(gapsOf(scene)),
    doubtful: {
      averaged: doubtfulStretches(scene, "averaged"),
      partial: doubtfulStretches(scene, "partial"),
    },
    asOf: Math.max(0, ...lines.map(({ column }) => column.asOf)),
    axisText: (value, apart) => axisNumber(value, apart, plan),
  };
}
