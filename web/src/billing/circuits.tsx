/** A bill by circuit, the dearest first. */

import type { CostCircuit } from "../api/billing.ts";
import { coverageText, isInPart, kwhText } from "../format.ts";
import { circuitKey, type Home } from "../home/model.ts";
import { historyOf } from "../route.ts";
import { moneyText } from "./money.ts";

interface Props {
  readonly circuits: readonly CostCircuit[];
  readonly home: Home;
  readonly currency: string;
}

export function Circuits({ circuits, home, currency }: Props) {
  const used = circuits.filter(({ kwh }) => kwh !== null && kwh > 0);
  const unknown = circuits.filter(({ kwh }) => kwh === null).length;
  const sorted = used.sort((one, other) => Number(other.amount ?? 0) - Number(one.amount ?? 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys.
    <section class="costs-scroll" aria-label="Costs by circuit" tabIndex={0}>
      <table class="table costs-table">
        <thead>
          <tr>
            <th scope="col">Circuit</th>
            <th scope="col" class="number">
              kWh
            </th>
            <th scope="col" class="number">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((one) => (
            <tr
              key={`${one.deviceGid} ${one.channel}`}
              data-circuit={`${one.deviceGid}/${one.channel}`}
            >
              <th scope="row">
                <CircuitName {...{ one, home }} />
                {isInPart(one.coverage) && (
                  <span class="muted small">
                    {" "}
                    in part, of {coverageText(one.coverage)} of the time
                  </span>
                )}
              </th>
              <td class="number">{kwhText(one.kwh)}</td>
              <td class="number">{moneyText(one.amount, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted small">A circuit's costs are with what hangs on it.</p>
      {used.length + unknown < circuits.length && (
        <p class="muted small">Circuits that used nothing are left out.</p>
      )}
      {unknown > 0 && (
        <p class="muted small">
          The gateway holds nothing of {unknown === 1 ? "one circuit" : `${unknown} circuits`}; what
          was used there is with what no circuit is known to have used.
        </p>
      )}
    </section>
  );
}

function CircuitName({ one, home }: { readonly one: CostCircuit; readonly home: Home }) {
  const { deviceGid: gid, channel } = one;
  if (gid === null || channel === null) return <>What no circuit is known to have used</>;
  const device = home.byGid.get(gid);
  const circuit = [device?.mains, ...(device?.circuits ?? [])].find(
    (known) => known?.channel === channel,
  );
  return <a href={historyOf(circuitKey(gid, channel))}>{circuit?.name ?? `Circuit ${channel}`}</a>;
}
