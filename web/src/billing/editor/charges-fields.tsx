/** Amounts that are due whatever was used, and prices beside that of a kWh. */

import type { DraftAdjustment, DraftCharge } from "../draft/draft.ts";
import { NO_FIXED } from "../draft/draft.ts";
import { Pick, per, TextField, type Ways } from "./fields.tsx";
import { RemoveButton, Rows } from "./rows.tsx";

interface ChargeProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly legend?: string;
  readonly charge: DraftCharge;
  readonly ways: Ways;
  readonly onChange: (charge: DraftCharge) => void;
}

const BY = ["month", "day"] as const;

/** An amount, by the bill or by the day, and what its line is called. */
export function ChargeFields(props: ChargeProps) {
  const { id, label, hint, legend = "It is charged", charge, ways, onChange } = props;
  const { name, amount, by } = charge;
  return (
    <>
      <div class="tariff-row">
        <TextField
          name={`${id}-amount`}
          label={label}
          kind="number"
          unit={per(ways, by === "day" ? "day" : "bill")}
          hint={hint}
          value={amount}
          error={ways.complain(`${id}-amount`)}
          onInput={(amount) => onChange({ ...charge, amount })}
        />
        <Pick
          name={`${id}-by`}
          label={legend}
          options={["once a bill", "every day"]}
          value={BY.indexOf(by)}
          onPick={(place) => onChange({ ...charge, by: BY[place] ?? "month" })}
        />
      </div>
      {amount.trim() !== "" && (
        <TextField
          name={`${id}-name`}
          label="Called on the bill"
          value={name}
          error={ways.complain(`${id}-name`)}
          onInput={(name) => onChange({ ...charge, name })}
        />
      )}
    </>
  );
}

interface FixedProps {
  readonly fixed: readonly DraftCharge[];
  readonly ways: Ways;
  readonly onChange: (fixed: readonly DraftCharge[]) => void;
}

export function FixedFields({ fixed, ways, onChange }: FixedProps) {
  return (
    <Rows
      rows={fixed}
      empty={NO_FIXED}
      add="Another fixed charge"
      onChange={onChange}
      draw={(charge, place, put, remove) => (
        <>
          <ChargeFields
            id={`fixed-${place}`}
            label={place === 0 ? "Fixed charge" : `Fixed charge ${place + 1}`}
            hint="Whatever you use; leave it empty if there is none."
            {...{ charge, ways }}
            onChange={put}
          />
          {place > 0 && <RemoveButton what={`fixed charge ${place + 1}`} onRemove={remove} />}
        </>
      )}
    />
  );
}

interface AdjustmentsProps {
  readonly adjustments: readonly DraftAdjustment[];
  readonly ways: Ways;
  readonly onChange: (adjustments: readonly DraftAdjustment[]) => void;
}

export function AdjustmentsFields({ adjustments, ways, onChange }: AdjustmentsProps) {
  return (
    <>
      <p class="muted small">
        What is added to each kWh that you pay for, beside its price: for fuel, for wires, for
        programmes. What is taken off has a minus.
      </p>
      <Rows
        rows={adjustments}
        empty={{ name: "", price: "" }}
        add={adjustments.length === 0 ? "Add one" : "Add another"}
        onChange={onChange}
        draw={({ name, price }, place, put, remove) => (
          <>
            <div class="tariff-row">
              <TextField
                name={`adjustments-${place}-name`}
                label="Called on the bill"
                hint="Such as Fuel adjustment."
                value={name}
                error={ways.complain(`adjustments-${place}-name`)}
                onInput={(name) => put({ name, price })}
              />
              <TextField
                name={`adjustments-${place}-price`}
                label="Added to each kWh"
                kind="number"
                unit={per(ways, "kWh")}
                hint="Such as 0.012."
                value={price}
                error={ways.complain(`adjustments-${place}-price`)}
                onInput={(price) => put({ name, price })}
              />
            </div>
            <RemoveButton what={name || `addition ${place + 1}`} onRemove={remove} />
          </>
        )}
      />
    </>
  );
}
