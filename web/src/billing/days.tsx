/** The days of a bill as bars, and the same as a table. */

import type { CostRow } from "../api/billing.ts";
import { ENGLISH } from "../english.ts";
import { coverageText, kwhText } from "../format.ts";
import { moneyText } from "./money.ts";

interface Props {
  readonly days: readonly CostRow[];
  readonly currency: string;
  readonly timeZone: string;
}

export function BillDays({ days, currency, timeZone }: Props) {
  const most = Math.max(0, ...days.map(({ amount }) => Math.abs(Number(amount ?? 0))));
  const long = new Intl.DateTimeFormat(ENGLISH, {
    ...{ timeZone, weekday: "short", month: "short", day: "numeric" },
  });
  const short = new Intl.DateTimeFormat(ENGLISH, { timeZone, day: "numeric" });
  return (
    <section class="card">
      <h2>By day</h2>
      <div class="costs-bars" aria-hidden="true">
        {days.map(({ start, amount }) => (
          <div key={start} class={barClass(amount)}>
            <span class="costs-bar" style={{ height: `${heightOf(amount, most)}%` }} />
            <span class="costs-day">{short.format(Date.parse(start))}</span>
          </div>
        ))}
      </div>
      <p class="muted small">
        The highest is {moneyText(most, currency)}. What is below zero is hatched, a day that nobody
        knows has no bar.
      </p>
      <details class="costs-days">
        <summary>Every day in figures</summary>
        <table class="table costs-table">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" class="number">
                kWh
              </th>
              <th scope="col" class="number">
                Known
              </th>
              <th scope="col" class="number">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ start, kwh, coverage, amount }) => (
              <tr key={start} data-day={start}>
                <th scope="row">{long.format(Date.parse(start))}</th>
                <td class="number">{kwhText(kwh)}</td>
                <td class="number">{coverageText(coverage)}</td>
                <td class="number">{moneyText(amount, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

function barClass(amount: string | null): string {
  return amount !== null && Number(amount) < 0 ? "costs-column gives" : "costs-column";
}

function heightOf(amount: string | null, most: number): number {
  return amount === null || most === 0 ? 0 : (100 * Math.abs(Number(amount))) / most;
}
