/** Prices of one thing: which kind they are of, and the fields of that kind. */

import type { ComponentChildren } from "preact";
import type { Prices, Pricing } from "../../draft/prices.ts";
import { Choice, per, TextField, type Ways } from "../fields.tsx";
import { OwnFields } from "./own-fields.tsx";
import type { PriceWords } from "./price-words.ts";
import { TiersFields } from "./tiers-fields.tsx";
import { TimesFields } from "./times-fields.tsx";

interface Props {
  /** What the names of its fields begin with. */
  readonly id: string;
  readonly words: PriceWords;
  readonly prices: Prices;
  readonly ways: Ways;
  readonly onChange: (prices: Prices) => void;
  /** What limits are counted over, where there are any. */
  readonly children?: ComponentChildren;
}

const OWN: readonly [Pricing, string] = ["own", "Several prices, by hours that stay as they are"];

export function PricesFields({ id, words, prices, ways, onChange, children }: Props) {
  const { pricing, own } = prices;
  const change = (part: Partial<Prices>) => onChange({ ...prices, ...part });
  const hasOwn = own.periods.length > 0;
  const hasSteps =
    pricing === "tiers" || (pricing === "own" && own.periods.some(({ tiers }) => tiers.length > 1));
  return (
    <>
      <Choice
        legend={words.legend}
        name={`${id}-pricing`}
        options={hasOwn ? [...words.kinds, OWN] : words.kinds}
        value={pricing}
        onChoose={(pricing) => change({ pricing })}
      />
      {pricing === "flat" && (
        <TextField
          name={`${id}-price`}
          label={words.price}
          kind="number"
          unit={per(ways, words.unit)}
          hint={words.hint}
          value={prices.price}
          error={ways.complain(`${id}-price`)}
          onInput={(price) => change({ price })}
        />
      )}
      {pricing === "tiers" && (
        <TiersFields
          {...{ id, words, ways }}
          tiers={prices.tiers}
          onChange={(tiers) => change({ tiers })}
        />
      )}
      {pricing === "times" && (
        <TimesFields
          {...{ id, words, ways }}
          times={prices.times}
          onChange={(part) => change({ times: { ...prices.times, ...part } })}
        />
      )}
      {pricing === "own" && (
        <OwnFields
          {...{ id, words, ways, own }}
          onChange={(periods) => change({ own: { ...own, periods } })}
        />
      )}
      {hasSteps && children}
    </>
  );
}
