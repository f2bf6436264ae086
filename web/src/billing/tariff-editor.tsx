/** The form of a tariff: what stands on a bill, in the words of a bill. */

import type { TargetedSubmitEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/client.ts";
import { type Complaint, complaintsOf, type Draft, fieldOf, type Pricing } from "./draft.ts";
import { Choice, type Complain, TextField } from "./fields.tsx";
import { TiersFields } from "./tiers-fields.tsx";
import { TimesFields } from "./times-fields.tsx";

interface Props {
  readonly first: Draft;
  readonly isNew: boolean;
  readonly save: (draft: Draft) => Promise<void>;
  readonly onCancel: () => void;
}

const PRICINGS: readonly (readonly [Pricing, string])[] = [
  ["flat", "The same price always"],
  ["tiers", "Another price above so many kWh"],
  ["times", "Two prices, by the time of day"],
];

const EXPORTS = [
  ["none", "Nothing"],
  ["metering", "Each kWh is taken off what I draw (net metering)"],
  ["credit", "A price of its own for each kWh"],
] as const;

export function TariffEditor({ first, isNew, save, onCancel }: Props) {
  const [draft, setDraft] = useState(first);
  const [complaints, setComplaints] = useState<readonly Complaint[]>([]);
  const [general, setGeneral] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const complain: Complain = (field) =>
    complaints.find((one) => one.field === field)?.sentence ?? null;

  // Before anything can be typed: a focus that comes late takes the keys of whoever is quick.
  useLayoutEffect(() => {
    form.current?.querySelector("input")?.focus();
  }, []);
  useLayoutEffect(() => {
    const [worst] = complaints;
    const place = worst && form.current?.elements.namedItem(worst.field);
    if (place instanceof HTMLElement) place.focus();
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
      <TextField
        name="name"
        label="Name"
        hint="As it is called on your bill."
        value={draft.name}
        error={complain("name")}
        onInput={(name) => change({ name })}
      />
      <div class="tariff-row">
        <TextField
          name="currency"
          label="Currency"
          hint="Three letters, such as USD or EUR."
          value={draft.currency}
          error={complain("currency")}
          onInput={(currency) => change({ currency })}
        />
        <TextField
          name="since"
          label="It holds from"
          kind="date"
          hint="What was used before has no price."
          value={draft.since}
          error={complain("since")}
          onInput={(since) => change({ since })}
        />
      </div>
      <Choice
        legend="What does a kWh cost?"
        name="pricing"
        options={PRICINGS}
        value={draft.pricing}
        onChoose={(pricing) => change({ pricing })}
      />
      {draft.pricing === "flat" && (
        <TextField
          name="price"
          label="Price of a kWh"
          kind="number"
          hint="Such as 0.31."
          value={draft.price}
          error={complain("price")}
          onInput={(price) => change({ price })}
        />
      )}
      {draft.pricing === "tiers" && (
        <TiersFields
          tiers={draft.tiers}
          complain={complain}
          onChange={(tiers) => change({ tiers })}
        />
      )}
      {draft.pricing === "times" && (
        <TimesFields
          times={draft.times}
          complain={complain}
          onChange={(part) => change({ times: { ...draft.times, ...part } })}
        />
      )}
      <div class="tariff-row">
        <TextField
          name="fixed"
          label="Fixed charge"
          kind="number"
          hint="Whatever you use; leave it empty if there is none."
          value={draft.fixed}
          error={complain("fixed")}
          onInput={(fixed) => change({ fixed })}
        />
        <Choice
          legend="It is charged"
          name="fixedBy"
          options={[
            ["month", "once a bill"],
            ["day", "every day"],
          ]}
          value={draft.fixedBy}
          onChoose={(fixedBy) => change({ fixedBy })}
        />
      </div>
      <Choice
        legend="What do you get for what you give to the grid?"
        name="exporting"
        options={EXPORTS}
        value={draft.exporting}
        onChoose={(exporting) => change({ exporting })}
      />
      {draft.exporting === "credit" && (
        <TextField
          name="exportPrice"
          label="Credit for a kWh"
          kind="number"
          hint="Such as 0.08."
          value={draft.exportPrice}
          error={complain("exportPrice")}
          onInput={(exportPrice) => change({ exportPrice })}
        />
      )}
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
