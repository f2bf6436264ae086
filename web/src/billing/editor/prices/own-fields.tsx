/** Times of use of a tariff's own: their names and prices are changed, their hours are told. */

import type { DraftPeriod, Prices } from "../../draft/prices.ts";
import { whenOf } from "../../draft/words.ts";
import { per, TextField, type Ways } from "../fields.tsx";
import type { PriceWords } from "./price-words.ts";
import { TiersFields } from "./tiers-fields.tsx";

interface Props {
  readonly id: string;
  readonly words: PriceWords;
  readonly own: Prices["own"];
  readonly ways: Ways;
  readonly onChange: (periods: readonly DraftPeriod[]) => void;
}

export function OwnFields({ id, words, own: { periods, schedule }, ways, onChange }: Props) {
  const put = (place: number, part: Partial<DraftPeriod>) =>
    onChange(periods.map((period, at) => (at === place ? { ...period, ...part } : period)));
  return (
    <>
      {periods.map(({ name, tiers }, place) => {
        const [first] = tiers;
        const field = `${id}-period-${place}`;
        return (
          <fieldset key={place} class="tariff-part stack">
            <legend>
              Price {place + 1} of {periods.length}
            </legend>
            <ul class="muted small tariff-when">
              {whenOf(schedule, place).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
            <TextField
              name={`${field}-name`}
              label="Called on the bill"
              value={name}
              error={ways.complain(`${field}-name`)}
              onInput={(name) => put(place, { name })}
            />
            {tiers.length > 1 ? (
              <TiersFields
                id={field}
                {...{ words, tiers, ways }}
                onChange={(tiers) => put(place, { tiers })}
              />
            ) : (
              <TextField
                name={`${field}-tier-0-price`}
                label={words.price}
                kind="number"
                unit={per(ways, words.unit)}
                value={first?.price ?? ""}
                error={ways.complain(`${field}-tier-0-price`)}
                onInput={(price) => put(place, { tiers: [{ price, upTo: "" }] })}
              />
            )}
          </fieldset>
        );
      })}
    </>
  );
}
