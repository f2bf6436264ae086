/** Prices that change with how much there was so far. */

import type { DraftTier } from "../../draft/prices.ts";
import { per, TextField, type Ways } from "../fields.tsx";
import type { PriceWords } from "./price-words.ts";

const MOST_TIERS = 12;

interface Props {
  readonly id: string;
  readonly words: PriceWords;
  readonly tiers: readonly DraftTier[];
  readonly ways: Ways;
  readonly onChange: (tiers: readonly DraftTier[]) => void;
}

export function TiersFields({ id, words, tiers, ways, onChange }: Props) {
  const last = tiers.length - 1;
  const put = (index: number, part: Partial<DraftTier>) =>
    onChange(tiers.map((tier, at) => (at === index ? { ...tier, ...part } : tier)));
  return (
    <div class="stack">
      {tiers.map(({ price, upTo }, index) => (
        <div key={index} class="tariff-row">
          <TextField
            name={`${id}-tier-${index}-price`}
            label={index === 0 ? words.first : words.next(index + 1)}
            kind="number"
            unit={per(ways, words.unit)}
            value={price}
            error={ways.complain(`${id}-tier-${index}-price`)}
            onInput={(text) => put(index, { price: text })}
          />
          {index < last ? (
            <TextField
              name={`${id}-tier-${index}-upTo`}
              label={words.limit}
              kind="number"
              unit={words.unit}
              value={upTo}
              error={ways.complain(`${id}-tier-${index}-upTo`)}
              onInput={(text) => put(index, { upTo: text })}
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
            onClick={() => onChange([...tiers, { price: "", upTo: "" }])}
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
                  .map((tier, at) => (at === last - 1 ? { ...tier, upTo: "" } : tier)),
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
