/** Lets rows glide to their new places when the order changes, so that an eye can follow. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const MILLISECONDS = 350;

/** Moving a thousand rows each second would cost more than it shows. */
export const MOST_MOVING_ROWS = 80;

/** For the rows (`data-key`) of this table; not at all for whoever wants less motion. */
export function useGlide(table: RefObject<HTMLTableElement | null>): void {
  const places = useRef<ReadonlyMap<string, number>>(new Map());
  useLayoutEffect(() => {
    const rows = [...(table.current?.rows ?? [])].filter(({ dataset }) => dataset.key);
    if (rows.length > MOST_MOVING_ROWS) return;
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const next = new Map(rows.map((row) => [row.dataset.key ?? "", row.offsetTop]));
    for (const row of rows) {
      const key = row.dataset.key ?? "";
      const moved = (places.current.get(key) ?? row.offsetTop) - (next.get(key) ?? 0);
      if (moved === 0 || isStill) continue;
      row.animate([{ transform: `translateY(${moved}px)` }, { transform: "none" }], {
        duration: MILLISECONDS,
        easing: "ease-out",
      });
    }
    places.current = next;
  });
}
