/** The circuits and devices that drew most of a day. */

import { moneyText } from "../../billing/money.ts";
import { kwhText } from "../../format.ts";
import type { HomePower } from "../../home/power.ts";
import type { Reading } from "../../home/readings.ts";
import type { Live } from "../../live/use-live.ts";
import { historyOf } from "../../route.ts";
import { amountsOf, mostDrawn } from "../../today/top.ts";
import type { Today } from "../../today/use-today.ts";

const MOST_CIRCUITS = 6;

interface Props {
  readonly live: Live;
  readonly power: HomePower;
  readonly reading: Reading;
  /** Of the home, null where it is the only one. */
  readonly name: string | null;
  readonly value: Today;
}

export function Top({ live, power, reading, name, value }: Props) {
  const { today } = live.model;
  const isOfHome = name === null ? null : new Set(power.gids);
  const rows = reading.rows.filter(({ gid }) => isOfHome === null || isOfHome.has(gid));
  const batteries = new Set(power.batteryKeys);
  const top = mostDrawn(rows, (key) => today.of(key), { most: MOST_CIRCUITS, batteries });
  const circuits = value.costs?.rows.at(-1)?.circuits;
  const amounts = amountsOf(circuits ?? []);
  return (
    <section class="card" aria-label="Most energy today">
      <h2>Most energy today</h2>
      {top.length === 0 ? (
        <p class="muted">Nothing is known of the circuits' day yet.</p>
      ) : (
        <table class="table today-top">
          <thead>
            <tr>
              <th scope="col">Circuit</th>
              <th scope="col" class="number">
                kWh
              </th>
              {circuits && (
                <th scope="col" class="number">
                  Cost
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {top.map((one) => (
              <tr key={one.key} data-top={one.key}>
                <th scope="row">
                  <a href={historyOf(one.key)}>{one.name}</a>
                  {one.panel && <span class="muted small"> {one.panel}</span>}
                </th>
                <td class="number">{kwhText(one.kwh)}</td>
                {circuits && value.costs && (
                  <td class="number">{moneyText(amounts(one), value.costs.currency)}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
