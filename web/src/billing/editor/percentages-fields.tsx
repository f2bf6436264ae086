/** Taxes, and other shares of what stands on the bill. */

import { type DraftPercentage, KINDS } from "../draft/draft.ts";
import { TextField, Ticks, type Ways } from "./fields.tsx";
import { RemoveButton, Rows } from "./rows.tsx";

interface Props {
  readonly percentages: readonly DraftPercentage[];
  readonly ways: Ways;
  readonly onChange: (percentages: readonly DraftPercentage[]) => void;
}

const OF: readonly (readonly [string, string])[] = [
  ["energy", "Energy"],
  ["adjustment", "What is added to each kWh"],
  ["demand", "Demand charges"],
  ["fixed", "Fixed charges"],
  ["credit", "Credits for what you give"],
  ["minimum", "What tops up to the minimum bill"],
];

export function PercentagesFields({ percentages, ways, onChange }: Props) {
  return (
    <>
      <p class="muted small">
        What is so many percent of other lines of the bill. What is taken off has a minus.
      </p>
      <Rows
        rows={percentages}
        empty={{ name: "", percent: "", on: KINDS }}
        add={percentages.length === 0 ? "Add a tax" : "Another tax"}
        onChange={onChange}
        draw={(one, place, put, remove) => (
          <>
            <div class="tariff-row">
              <TextField
                name={`percentages-${place}-name`}
                label="Called on the bill"
                hint="Such as Sales tax."
                value={one.name}
                error={ways.complain(`percentages-${place}-name`)}
                onInput={(name) => put({ ...one, name })}
              />
              <TextField
                name={`percentages-${place}-percent`}
                label="How much"
                kind="number"
                unit="percent"
                hint="Such as 7.5."
                value={one.percent}
                error={ways.complain(`percentages-${place}-percent`)}
                onInput={(percent) => put({ ...one, percent })}
              />
            </div>
            <Ticks
              legend="It is of"
              name={`percentages-${place}-on`}
              options={OF}
              ticked={one.on}
              error={ways.complain(`percentages-${place}-on`)}
              onTick={(on) => put({ ...one, on })}
            />
            <RemoveButton what={one.name || `tax ${place + 1}`} onRemove={remove} />
          </>
        )}
      />
    </>
  );
}
