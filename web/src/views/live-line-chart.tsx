/** The live line on the page; drawn by itself, whatever else is drawn anew. */

import { useEffect, useRef } from "preact/hooks";
import { createLiveLine } from "../charts/live-line.ts";
import { wattsText } from "../format.ts";
import type { LiveModel } from "../live/model.ts";

const REDRAW_MILLISECONDS = 250;

interface Props {
  readonly model: LiveModel;
  readonly timeZone: string;
  readonly homeWatts: number | null;
  /** Whether the line stands still. */
  readonly isHeld: boolean;
}

export function LiveLineChart({ model, timeZone, homeWatts, isHeld }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const holds = useRef(isHeld);
  holds.current = isHeld;
  useEffect(() => {
    if (element.current === null) return;
    const line = createLiveLine(element.current, timeZone);
    const draw = () => {
      if (!holds.current) line.draw(model.track.points, model.lineEnd());
    };
    const end = model.reading.subscribe(draw);
    const timer = setInterval(draw, REDRAW_MILLISECONDS);
    draw();
    return () => {
      clearInterval(timer);
      end();
      line.destroy();
    };
  }, [model, timeZone]);
  return (
    <figure>
      <div class="live-line" ref={element} />
      <figcaption class="visually-hidden">
        The home's watts over the last 15 minutes; now {wattsText(homeWatts)} W.
      </figcaption>
    </figure>
  );
}
