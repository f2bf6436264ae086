/** In which buckets, in which measure, and beside what. */

import { useId } from "preact/hooks";
import type { Scale } from "../../api/wire.ts";
import { scaleText } from "../../history/figures/wording.ts";
import { automaticScale, scalesFor } from "../../history/scales.ts";
import { MEASURES } from "../../history/scene/measure.ts";
import type { History } from "../../history/use-history.ts";
import { HistoryFold } from "./fold.tsx";

const AUTOMATIC = "automatic";

interface Props {
  readonly history: History;
}

export function HistorySettings({ history }: Props) {
  return (
    <HistoryFold summary={summaryOf(history)}>
      <Settings history={history} />
    </HistoryFold>
  );
}

/** What is set, in as few words as fit a phone. */
function summaryOf({ scene: { plan } }: History): string {
  const measure = MEASURES.find(([one]) => one === plan.measure)?.[1];
  const comparison = plan.before ? ", compared" : "";
  return `${measure}, by ${scaleText(plan.scale, plan.location)}${comparison}`;
}

function Settings({ history: { selection, scene, actions } }: Props) {
  const scaleId = useId();
  const { location, scale } = scene.plan;
  const { span, now } = selection;
  const scales = scalesFor(span, now);
  const isChosen = selection.scale !== null && scale === selection.scale;
  return (
    <div class="history-settings">
      <div class="field history-inline">
        <label for={scaleId}>Scale</label>
        <select
          id={scaleId}
          value={isChosen ? scale : AUTOMATIC}
          onChange={({ currentTarget }) => actions.chooseScale(scaleNamed(currentTarget.value))}
        >
          <option value={AUTOMATIC}>
            {scaleText(automaticScale(span, now), location)} (automatic)
          </option>
          {scales.map((one) => (
            <option key={one} value={one}>
              {scaleText(one, location)}
            </option>
          ))}
        </select>
      </div>
      <fieldset class="history-chips">
        <legend>Measure</legend>
        {MEASURES.map(([measure, name]) => (
          <label key={measure} class="history-chip">
            <input
              type="radio"
              name="history-measure"
              checked={selection.measure === measure}
              onChange={() => actions.chooseMeasure(measure)}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          checked={selection.compares}
          onChange={({ currentTarget }) => actions.compare(currentTarget.checked)}
        />
        Compare with the period before
      </label>
    </div>
  );

  function scaleNamed(value: string): Scale | null {
    return scales.find((one) => one === value) ?? null;
  }
}
