/** How a series looks on the chart: its line, and its letter. */

import { BEFORE_DASH, letterBefore, type Mark } from "../../history/scene/marks.ts";

interface Props {
  readonly mark: Mark;
  readonly isBefore?: boolean;
  /** Whether it is drawn as a whole line, as a series that stands alone is. */
  readonly isAlone?: boolean;
}

export function HistorySample({ mark, isBefore = false, isAlone = false }: Props) {
  const dash = isBefore ? BEFORE_DASH : isAlone ? [] : mark.dash;
  return (
    <span class="history-sample">
      <svg viewBox="0 0 34 12" width="34" height="12" aria-hidden="true" focusable="false">
        <line
          x1="0"
          y1="6"
          x2="34"
          y2="6"
          stroke={mark.colour}
          stroke-width={isBefore ? 2 : 3}
          stroke-dasharray={dash.join(" ")}
        />
      </svg>
      <span class="history-letter" style={{ borderColor: mark.colour }}>
        {isBefore ? letterBefore(mark) : mark.letter}
      </span>
    </span>
  );
}
