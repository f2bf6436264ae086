/** Charges for the highest demand. */

import { DEMAND_LINES } from "../draft/draft.ts";
import { emptyPrices, type Prices } from "../draft/prices.ts";
import { TextField, type Ways } from "./fields.tsx";
import { OF_DEMAND } from "./prices/price-words.ts";
import { PricesFields } from "./prices/prices-fields.tsx";
import { RemoveButton, Rows } from "./rows.tsx";

interface Props {
  readonly demand: readonly Prices[];
  readonly ways: Ways;
  readonly onChange: (demand: readonly Prices[]) => void;
}

export function DemandFields({ demand, ways, onChange }: Props) {
  return (
    <>
      <p class="muted small">
        What is charged for the quarter hour of the bill in which you drew most, in kW. Where each
        time of day has a price of its own, the highest quarter hour of each is charged for itself;
        write 0 where it costs nothing.
      </p>
      <Rows
        rows={demand}
        empty={emptyPrices(DEMAND_LINES)}
        add={demand.length === 0 ? "Add a demand charge" : "Another demand charge"}
        onChange={onChange}
        draw={(prices, place, put, remove) => (
          <>
            {(prices.pricing === "flat" || prices.pricing === "tiers") && (
              <TextField
                name={`demand-${place}-name`}
                label="Called on the bill"
                value={prices.name}
                error={ways.complain(`demand-${place}-name`)}
                onInput={(name) => put({ ...prices, name })}
              />
            )}
            <PricesFields
              id={`demand-${place}`}
              words={OF_DEMAND}
              {...{ prices, ways }}
              onChange={put}
            />
            <RemoveButton what={`demand charge ${place + 1}`} onRemove={remove} />
          </>
        )}
      />
    </>
  );
}
