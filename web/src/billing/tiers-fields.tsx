/** Prices that change with what a bill has used so far. */

import type { DraftTier } from "./draft.ts";
import { type Complain, TextField } from "./fields.tsx";

const MOST_TIERS = 12;

interface Props {
  readonly tiers: readonly DraftTier[];
  readonly complain: Complain;
  readonly onChange: (tiers: readonly DraftTier[]) => void;
}

export function TiersFields({ tiers, complain, onChange }: Props) {
  const last = tiers.length - 1;
  const put = (index: number, part: Partial<DraftTier>) =>
    onChange(tiers.map((tier, at) => (at === index ? { ...tier, ...part } : tier)));
  return (
    <div class="stack">
      {tiers.map(({ price, upToKwh }, index) => (
        <div key={index} class="tariff-row">
          <TextField
            name={`tier-${index}-price`}
            label={index === 0 ? "Price of a kWh at first" : `Price ${index + 1}`}
            kind="number"
            value={price}
            error={complain(`tier-${index}-price`)}
            onInput={(text) => put(index, { price: text })}
          />
          {index < last ? (
            <TextField
              name={`tier-${index}-upToKwh`}
              label="Up to how many kWh a bill"
              kind="number"
              value={upToKwh}
              error={complain(`tier-${index}-upToKwh`)}
              onInput={(text) => put(index, { upToKwh: text })}
            />
          ) : (
            <p class="muted small">for all above that</p>
          )}
        </div>
      ))}
      <div class="choices">
        {tiers.length < MOST_TIERS && (
          <button
            type="button"
            class="button small"
            onClick={() => onChange([...tiers, { price: "", upToKwh: "" }])}
          >
            Another price
          </button>
        )}
        {tiers.length > 2 && (
          <button
            type="button"
            class="button small"
            onClick={() =>
              onChange(
                tiers
                  .slice(0, -1)
                  .map((tier, at) => (at === last - 1 ? { ...tier, upToKwh: "" } : tier)),
              )
            }
          >
            One price less
          </button>
        )}
      </div>
    </div>
  );
}
