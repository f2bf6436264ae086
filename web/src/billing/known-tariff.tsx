/** A tariff in the list, with the prices that held before. */

import { Asking } from "../account/asking.tsx";
import type { KnownTariff } from "../api/billing.ts";
import type { Draft } from "./draft/draft.ts";
import { draftOf } from "./draft/of-tariff.ts";

interface Props {
  readonly known: KnownTariff;
  /** Of the rates at this place. */
  readonly onEdit: (draft: Draft, place: number) => void;
  readonly onNewPrices: (draft: Draft) => void;
  readonly onRemove: () => Promise<void>;
  readonly onRemovePrices: (place: number) => Promise<void>;
}

export function Known({ known: { tariff }, onEdit, onNewPrices, onRemove, onRemovePrices }: Props) {
  const { name, currency, rates } = tariff;
  const newest = rates.length - 1;
  const draft = draftOf(tariff);
  return (
    <li>
      <span>
        <strong>{name}</strong>{" "}
        <span class="muted small">
          {currency}, since {rates[newest]?.since}
        </span>
        {draft === null && (
          <span class="muted small costs-how">
            It has more than the form shows, so it is changed by the API alone.
          </span>
        )}
      </span>
      <span class="choices">
        {draft && (
          <>
            <button type="button" class="button small" onClick={() => onEdit(draft, newest)}>
              Change<span class="visually-hidden"> {name}</span>
            </button>
            <button type="button" class="button small" onClick={() => onNewPrices(draft)}>
              New prices<span class="visually-hidden"> of {name}</span>
            </button>
          </>
        )}
        <Asking label="Remove" about={name} yes="Yes, remove it" no="Keep it" act={onRemove}>
          Remove {name}? Nothing is priced by it any more.
        </Asking>
      </span>
      {newest > 0 && (
        <details class="costs-before">
          <summary class="small">{`other prices before (${newest})`}</summary>
          <ul class="costs-tariffs">
            {rates.slice(0, newest).map(({ since }, place) => {
              const earlier = draftOf(tariff, place);
              return (
                <li key={since}>
                  <span>
                    since {since}, until {rates[place + 1]?.since}
                  </span>
                  <span class="choices">
                    {earlier && (
                      <button
                        type="button"
                        class="button small"
                        onClick={() => onEdit(earlier, place)}
                      >
                        Change<span class="visually-hidden"> the prices since {since}</span>
                      </button>
                    )}
                    <Asking
                      label="Remove"
                      about={`the prices since ${since}`}
                      yes="Yes, remove them"
                      no="Keep them"
                      act={() => onRemovePrices(place)}
                    >
                      Remove the prices since {since}? What was used then goes by those before, or
                      has no price.
                    </Asking>
                  </span>
                </li>
              );
            })}
          </ul>
        </details>
      )}
    </li>
  );
}
