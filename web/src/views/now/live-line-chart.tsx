/** The live line on the page; drawn by itself, whatever else is drawn anew, and read by pointer or keys. */

import type { TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { createLiveLine, type LiveLine } from "../../charts/live-line.ts";
import { timeOfDay, UNKNOWN, wattsText } from "../../format.ts";
import { type HomePower, isMoreThanGrid } from "../../home/power.ts";
import { type LineReading, readLine, secondAfter } from "../../live/line-reading.ts";
import type { LiveModel } from "../../live/model.ts";
import { WINDOW_SECONDS } from "../../live/track.ts";

const REDRAW_MILLISECONDS = 250;

interface Props {
  readonly model: LiveModel;
  readonly timeZone: string;
  readonly power: HomePower;
  /** The home's name, where there are several. */
  readonly name: string | null;
  /** Whether the line stands still. */
  readonly isHeld: boolean;
}

const HOW_TO_READ = (
  <>
    Point at the line to read it<span class="live-keys">, or use ← → on it</span>.
  </>
);

export function LiveLineChart({ model, timeZone, power, name, isHeld }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const line = useRef<LiveLine | null>(null);
  const end = useRef(0);
  const holds = useRef(isHeld);
  holds.current = isHeld;
  const [read, setRead] = useState<LineReading | null>(null);
  const clock = useMemo(() => timeOfDay(timeZone), [timeZone]);
  const track = model.trackOf(power);
  useEffect(() => {
    if (element.current === null) return;
    const made = createLiveLine(element.current, timeZone);
    line.current = made;
    const draw = () => {
      if (holds.current) return;
      end.current = model.lineEnd();
      made.draw(track.points, end.current);
    };
    const unsubscribe = model.reading.subscribe(draw);
    const timer = setInterval(draw, REDRAW_MILLISECONDS);
    draw();
    return () => {
      clearInterval(timer);
      unsubscribe();
      line.current = null;
      made.destroy();
    };
  }, [model, track, timeZone]);

  function readAt(second: number | null): void {
    line.current?.point(second);
    setRead(second === null ? null : readLine(track.points, second));
  }

  function onPointer({ clientX }: TargetedPointerEvent<HTMLDivElement>): void {
    readAt(line.current?.secondAt(clientX) ?? null);
  }

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to =
      event.key === "Escape" ? null : secondAfter(event.key, read?.second ?? null, end.current);
    if (to === null && (event.key !== "Escape" || read === null)) return;
    event.preventDefault();
    readAt(to);
  }

  const isEmpty = track.points.watts.every((watts) => watts === null);
  const text = read && `${clock(read.second * 1_000)}: ${powerAt(read)}`;
  return (
    <figure>
      <figcaption class="live-title muted small">
        {isMoreThanGrid(power)
          ? "From the grid in the last 15 minutes; below zero, to it"
          : "What the home uses, in the last 15 minutes"}
      </figcaption>
      {/* A place on a line is a slider: with arrows it is moved, and its value is spoken. */}
      <div
        class="live-line"
        ref={element}
        role="slider"
        tabIndex={0}
        aria-label={["A moment of the last 15 minutes", name].filter(Boolean).join(", ")}
        aria-valuemin={-WINDOW_SECONDS}
        aria-valuemax={0}
        aria-valuenow={read ? Math.round(read.second - Math.floor(end.current)) : 0}
        aria-valuetext={text ?? `now: ${wattsText(power.gridWatts)} W`}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={({ pointerType }) => pointerType === "mouse" && readAt(null)}
        onKeyDown={onKeyDown}
        onBlur={() => readAt(null)}
      />
      <p class="live-reading small" aria-hidden="true">
        {text ?? (isEmpty ? "No figure of these minutes is known." : HOW_TO_READ)}
      </p>
    </figure>
  );
}

function powerAt({ watts }: LineReading): string {
  return watts === null ? `${UNKNOWN} (not known)` : `${wattsText(watts)} W`;
}
