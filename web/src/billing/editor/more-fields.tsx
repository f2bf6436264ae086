/** What only some tariffs have, each folded away until it is wanted. */

import type { Home } from "../../home/model.ts";
import type { Draft } from "../draft/draft.ts";
import { AdjustmentsFields, ChargeFields } from "./charges-fields.tsx";
import { DemandFields } from "./demand-fields.tsx";
import { TextField, type Ways } from "./fields.tsx";
import { Fold } from "./fold.tsx";
import { HolidaysFields } from "./holidays-fields.tsx";
import { HomesFields, panelsOf } from "./homes-fields.tsx";
import { PercentagesFields } from "./percentages-fields.tsx";

interface Props {
  readonly draft: Draft;
  readonly home: Home;
  readonly ways: Ways;
  readonly onChange: (part: Partial<Draft>) => void;
}

export function MoreFields({ draft, home, ways, onChange }: Props) {
  const { adjustments, demand, percentages, minimum, holidays, billingDay, isForAll } = draft;
  const hasMinimum = minimum.amount !== "";
  const hasHolidays = holidays.country !== "" || holidays.days !== "";
  const hasHomes = !isForAll || panelsOf(home, draft.panels).length > 1;
  return (
    <section class="stack" aria-label="What only some tariffs have">
      <p class="muted small">Your bill may have more than that. Open what it has.</p>
      <div>
        <Fold
          title="Demand charges"
          told={countText(demand.length, "for each kW at the highest")}
          isUsed={demand.length > 0}
        >
          <DemandFields {...{ demand, ways }} onChange={(demand) => onChange({ demand })} />
        </Fold>
        <Fold
          title="Additions to each kWh"
          told={countText(adjustments.length, "fuel, wires, programmes")}
          isUsed={adjustments.length > 0}
        >
          <AdjustmentsFields
            {...{ adjustments, ways }}
            onChange={(adjustments) => onChange({ adjustments })}
          />
        </Fold>
        <Fold
          title="Taxes and percentages"
          told={countText(percentages.length, "so many percent of other lines")}
          isUsed={percentages.length > 0}
        >
          <PercentagesFields
            {...{ percentages, ways }}
            onChange={(percentages) => onChange({ percentages })}
          />
        </Fold>
        <Fold
          title="Minimum bill"
          told={hasMinimum ? "yes" : "what it comes to at least"}
          isUsed={hasMinimum}
        >
          <ChargeFields
            id="minimum"
            label="It comes to at least"
            hint="Taxes come on top; leave it empty if there is none."
            legend="That is counted"
            charge={minimum}
            ways={ways}
            onChange={(minimum) => onChange({ minimum })}
          />
        </Fold>
        <Fold
          title="Holidays"
          told={hasHolidays ? "yes" : "where other prices hold on them"}
          isUsed={hasHolidays}
        >
          <HolidaysFields {...{ holidays, ways }} onChange={(holidays) => onChange({ holidays })} />
        </Fold>
        <Fold
          title="When a bill begins"
          told={billingDay === "" ? "as Emporia has it" : `on day ${billingDay}`}
          isUsed={billingDay !== ""}
        >
          <TextField
            name="billingDay"
            label="Day of the month"
            kind="number"
            hint="1 to 31; empty is the day that Emporia has of your home."
            value={billingDay}
            error={ways.complain("billingDay")}
            onInput={(billingDay) => onChange({ billingDay })}
          />
        </Fold>
        {hasHomes && (
          <Fold title="Which homes" told={isForAll ? "all" : "some"} isUsed={!isForAll}>
            <HomesFields {...{ home, draft, ways }} onChange={onChange} />
          </Fold>
        )}
      </div>
    </section>
  );
}

function countText(count: number, otherwise: string): string {
  return count === 0 ? otherwise : String(count);
}
