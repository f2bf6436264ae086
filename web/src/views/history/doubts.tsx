/** What of the chart is averaged, known in part or not there, as it is drawn and in words. */

import { type Doubt, doubtsOf } from "../../history/figures/doubts.ts";
import type { Scene } from "../../history/scene/scene.ts";

export function HistoryDoubts({ scene }: { readonly scene: Scene }) {
  const doubts = doubtsOf(scene);
  if (doubts.length === 0) return null;
  return (
    <ul class="history-doubts small" aria-label="What was not measured as it is shown">
      {doubts.map(({ doubt, text }) => (
        <li key={doubt}>
          <Sample doubt={doubt} />
          {text}
        </li>
      ))}
    </ul>
  );
}

/** As on the chart: hatched under dots, whole under dashes, thin hatching. */
function Sample({ doubt }: { readonly doubt: Doubt }) {
  return (
    <svg viewBox="0 0 34 18" width="34" height="18" aria-hidden="true" focusable="false">
      {doubt === "partial" && <path class="whole" d="M1 5H33V17H1Z" />}
      {doubt !== "partial" && (
        <path class={doubt} d="M1 17 13 5M9 17 21 5M17 17 29 5M25 17 33 9M1 9 5 5" />
      )}
      {doubt !== "missing" && <path class={`strip ${doubt}`} d="M1 2H33" />}
    </svg>
  );
}
