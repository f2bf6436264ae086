/** The form of a tariff: what stands on a bill, in the words of a bill. */

import type { TargetedSubmitEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../api/client.ts";
import type { Home } from "../../home/model.ts";
import { type Complaint, complaintsOf, fieldOf } from "../draft/complaints.ts";
import type { Draft } from "../draft/draft.ts";
import { currencyCode } from "../draft/text.ts";
import { FixedFields } from "./charges-fields.tsx";
import { ExportsFields } from "./exports-fields.tsx";
import { Pick, type Ways } from "./fields.tsx";
import { HeadFields } from "./head-fields.tsx";
import { MoreFields } from "./more-fields.tsx";
import { OF_ENERGY } from "./prices/price-words.ts";
import { PricesFields } from "./prices/prices-fields.tsx";

interface Props {
  readonly first: Draft;
  readonly isNew: boolean;
  readonly home: Home;
  readonly save: (draft: Draft) => Promise<void>;
  readonly onCancel: () => void;
}

const COUNTED = ["bill", "month", "day of the bill", "day of the month"] as const;
const LIMITS: Readonly<Record<Draft["counted"], string>> = {
  bill: "Up to how many kWh a bill",
  month: "Up to how many kWh a month",
  "day of the bill": "Up to how many kWh a day",
  "day of the month": "Up to how many kWh a day",
};

export function TariffEditor({ first, isNew, home, save, onCancel }: Props) {
  const [draft, setDraft] = useState(first);
  const [complaints, setComplaints] = useState<readonly Complaint[]>([]);
  const [general, setGeneral] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const ways: Ways = {
    money: currencyCode(draft.currency) ?? "",
    complain: (field) => complaints.find((one) => one.field === field)?.sentence ?? null,
  };

  // Before anything can be typed: a focus that comes late takes the keys of whoever is quick.
  useLayoutEffect(() => {
    form.current?.querySelector("input")?.focus();
  }, []);
  useLayoutEffect(() => {
    for (const { field } of [...complaints].reverse()) goTo(form.current, field);
  }, [complaints]);

  async function onSubmit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const found = complaintsOf(draft);
    setComplaints(found);
    setGeneral(null);
    if (found.length > 0) return;
    setBusy(true);
    try {
      await save(draft);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      const field = failure.status === 400 ? fieldOf(failure.message, draft) : null;
      if (field === null) setGeneral(failure.message);
      else setComplaints([{ field, sentence: failure.message }]);
      setBusy(false);
    }
  }

  return (
    <form
      class="stack tariff-form"
      ref={form}
      onSubmit={onSubmit}
      noValidate
      aria-label={isNew ? "A new tariff" : `Change ${first.name}`}
    >
      <HeadFields {...{ draft, ways }} onChange={change} />
      <PricesFields
        id="energy"
        words={{ ...OF_ENERGY, limit: LIMITS[draft.counted] }}
        prices={draft.energy}
        ways={ways}
        onChange={(energy) => change({ energy })}
      >
        <Pick
          name="counted"
          label="Limits in kWh are for"
          options={[
            ...["each bill", "each calendar month"],
            ...["each day, summed over the bill", "each day, summed over the calendar month"],
          ]}
          value={COUNTED.indexOf(draft.counted)}
          onPick={(place) => change({ counted: COUNTED[place] ?? "bill" })}
        />
      </PricesFields>
      <FixedFields fixed={draft.fixed} ways={ways} onChange={(fixed) => change({ fixed })} />
      <ExportsFields {...{ draft, ways }} onChange={change} />
      <MoreFields {...{ draft, home, ways }} onChange={change} />
      {general && (
        <p class="form-error" role="alert">
          {general}
        </p>
      )}
      <div class="choices">
        <button type="submit" class="button primary" disabled={isBusy}>
          {isBusy ? "One moment …" : "Save the tariff"}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** Whatever is folded around the field is opened. */
function goTo(form: HTMLFormElement | null, field: string): void {
  const place = form?.querySelector<HTMLElement>(`[name="${field}"]`);
  for (let fold = place?.closest("details"); fold; fold = fold.parentElement?.closest("details")) {
    fold.open = true;
  }
  place?.focus();
}
