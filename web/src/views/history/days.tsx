/** Days as tiles in rows of months: one of them is reached by Tab, the others by arrows. */

import type { TargetedKeyboardEvent } from "preact";
import { useRef, useState } from "preact/hooks";
import { coverageText } from "../../format.ts";
import {
  type CoveredDay,
  type CoveredMonth,
  dayText,
  type Place,
  placeAfter,
} from "../../history/figures/coverage.ts";

interface Props {
  readonly months: readonly CoveredMonth[];
  readonly label: string;
  readonly isShown: (day: CoveredDay) => boolean;
  /** A pointer did it, or keys. */
  readonly show: (day: CoveredDay, isPointed: boolean) => void;
}

export function HistoryDays({ months, label, isShown, show }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Place>({ month: 0, day: (months[0]?.days.length ?? 1) - 1 });

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = placeAfter(event.key, at, months);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    const row = grid.current?.children[next.month];
    row?.querySelectorAll("button")[next.day]?.focus();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of buttons is a grid.
    <div class="history-days" role="grid" aria-label={label} ref={grid} onKeyDown={onKeyDown}>
      {months.map(({ name, share, days }, month) => (
        // biome-ignore lint/a11y/useSemanticElements: see above.
        // biome-ignore lint/a11y/useFocusableInteractive: its buttons are focused.
        <div key={name} class="history-month" role="row">
          {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: see above. */}
          <span role="rowheader">
            {name} <span class="muted small">{coverageText(share)}</span>
          </span>
          {days.map((day, index) => (
            // biome-ignore lint/a11y/useSemanticElements: see above.
            // biome-ignore lint/a11y/useFocusableInteractive: see above.
            <span key={day.day} role="gridcell" style={{ "--day": day.day }}>
              <button
                type="button"
                class={tileClass(day.share)}
                style={{ "--share": `${day.share * 100}%` }}
                tabIndex={at.month === month && at.day === index ? 0 : -1}
                aria-label={`${dayText(day)}: ${coverageText(day.share)} known`}
                {...(isShown(day) ? { "aria-current": "date" as const } : {})}
                onFocus={() => setAt({ month, day: index })}
                onClick={({ detail }) => show(day, detail > 0)}
              >
                {day.day}
              </button>
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

export function tileClass(share: number): string {
  const kind = share >= 1 ? "all" : share > 0 ? "some" : "none";
  return `history-tile ${kind}`;
}
