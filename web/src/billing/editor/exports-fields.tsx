/** What there is for energy that goes to the grid. */

import type { Draft, DraftMetering } from "../draft/draft.ts";
import { MONTHS } from "../draft/words.ts";
import { Choice, Pick, per, TextField, type Ways } from "./fields.tsx";
import { OF_CREDIT } from "./prices/price-words.ts";
import { PricesFields } from "./prices/prices-fields.tsx";

interface Props {
  readonly draft: Draft;
  readonly ways: Ways;
  readonly onChange: (part: Partial<Draft>) => void;
}

const EXPORTS = [
  ["none", "Nothing"],
  ["metering", "Each kWh is taken off what I draw (net metering)"],
  ["credit", "A price of its own for each kWh"],
] as const;

export function ExportsFields({ draft, ways, onChange }: Props) {
  const { exporting, metering, credit } = draft;
  return (
    <>
      <Choice
        legend="What do you get for what you give to the grid?"
        name="exporting"
        options={EXPORTS}
        value={exporting}
        onChoose={(exporting) => onChange({ exporting })}
      />
      {exporting === "metering" && (
        <MeteringFields {...{ metering, ways }} onChange={(metering) => onChange({ metering })} />
      )}
      {exporting === "credit" && (
        <PricesFields
          id="credit"
          words={OF_CREDIT}
          prices={credit}
          ways={ways}
          onChange={(credit) => onChange({ credit })}
        />
      )}
    </>
  );
}

interface MeteringProps {
  readonly metering: DraftMetering;
  readonly ways: Ways;
  readonly onChange: (metering: DraftMetering) => void;
}

function MeteringFields({ metering, ways, onChange }: MeteringProps) {
  const { excessPrice, settlesIn, settlePrice } = metering;
  return (
    <div class="tariff-row">
      <TextField
        name="metering-excessPrice"
        label="What is over is paid at"
        kind="number"
        unit={per(ways, "kWh")}
        hint="Left empty, it is carried to the next bill."
        value={excessPrice}
        error={ways.complain("metering-excessPrice")}
        onInput={(excessPrice) => onChange({ ...metering, excessPrice })}
      />
      <Pick
        name="metering-settlesIn"
        label="What was carried ends"
        options={["never", ...MONTHS.map((month) => `with the bill of ${month}`)]}
        value={settlesIn}
        onPick={(settlesIn) => onChange({ ...metering, settlesIn })}
      />
      {(settlesIn > 0 || settlePrice !== "") && (
        <TextField
          name="metering-settlePrice"
          label="and is paid at"
          kind="number"
          unit={per(ways, "kWh")}
          hint="Left empty, it is worth nothing then."
          value={settlePrice}
          error={ways.complain("metering-settlePrice")}
          onInput={(settlePrice) => onChange({ ...metering, settlePrice })}
        />
      )}
    </div>
  );
}
