/** A statement as it is printed: each circuit with its share of every line, and the total. */

import type { Statement } from "../../api/statement.ts";
import { coverageText, isInPart, kwhText } from "../../format.ts";
import { moneyText } from "../money.ts";
import type { Billed } from "./circuits.ts";
import { dayText } from "./months.ts";

interface Props {
  readonly statement: Statement;
  readonly circuits: readonly Billed[];
  readonly recipient: string;
}

export function Sheet({ statement, circuits, recipient }: Props) {
  const { period, currency, lines, home } = statement;
  const names = new Map(circuits.map(({ series, name }) => [series, name]));
  const unknown = lines.filter((line) => line.unknown !== null);
  return (
    <article class="card stack statement-sheet" aria-labelledby="statement-title">
      <header>
        <h2 id="statement-title">
          {recipient.trim() ? `Electricity for ${recipient.trim()}` : "Electricity"}
        </h2>
        <p data-testid="statement-period">
          {dayText(period.first)} to {dayText(period.last)}
          {!period.isOver && ", so far"}
        </p>
        <p class="muted small">
          {home.name ?? "Home"}, by the tariff {statement.pricedBy.name}.
        </p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys. */}
      <section class="statement-scroll" aria-label="Circuits and lines" tabIndex={0}>
        <table class="table costs-table">
          <thead>
            <tr>
              <th scope="col">Circuit</th>
              <th scope="col" class="number">
                kWh
              </th>
              {lines.map(({ name, kind }) => (
                <th key={`${kind} ${name}`} scope="col" class="number">
                  {name}
                </th>
              ))}
              <th scope="col" class="number">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {statement.circuits.map((one) => {
              const series = `${one.deviceGid}:${one.channel}`;
              return (
                <tr key={series} data-series={series}>
                  <th scope="row">
                    {names.get(series) ?? one.name ?? `Circuit ${one.channel}`}
                    {isInPart(one.coverage) && (
                      <span class="muted small costs-how">
                        Known for {coverageText(one.coverage)} of the time.
                      </span>
                    )}
                  </th>
                  <td class="number">{kwhText(one.kwh)}</td>
                  {one.lines.map(({ amount }, place) => (
                    <td key={`${lines[place]?.kind} ${lines[place]?.name}`} class="number">
                      {moneyText(amount, currency)}
                    </td>
                  ))}
                  <td class="number">{moneyText(one.amount, currency)}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr data-testid="statement-total">
              <th scope="row">Total</th>
              <td class="number">{kwhText(statement.kwh)}</td>
              {lines.map(({ name, kind, amount }) => (
                <td key={`${kind} ${name}`} class="number">
                  {moneyText(amount, currency)}
                </td>
              ))}
              <td class="number">{moneyText(statement.total, currency)}</td>
            </tr>
          </tfoot>
        </table>
      </section>
      <footer class="small">
        <p>
          Of {kwhText(home.kwh)} kWh that the home took from the grid, and{" "}
          {moneyText(home.amount, currency)}.
        </p>
        {statement.total === null && <p>The tariff has no rates for this time yet.</p>}
        {unknown.map((line) => (
          <p key={`${line.kind} ${line.name}`}>
            {line.name}: {line.unknown}
          </p>
        ))}
        {isInPart(statement.coverage) && (
          <p>
            <span class="badge">In part</span> Of {coverageText(statement.coverage)} of the time so
            far; the gateway does not hold the rest.
          </p>
        )}
        <p class="muted">
          Energy is shared by kWh in each hour, a demand by its quarter hour, and what is fixed by
          kWh of the bill.
        </p>
      </footer>
    </article>
  );
}
