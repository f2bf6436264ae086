/** A bill: so far, by line, by circuit, by day, and beside the one before. */

import type { CostLine, CostRow } from "../api/billing.ts";
import { ENGLISH } from "../english.ts";
import { coverageText, isInPart, kwhText, shareText, UNKNOWN } from "../format.ts";
import type { Home } from "../home/model.ts";
import { Circuits } from "./circuits.tsx";
import { beside } from "./comparison.ts";
import { BillDays } from "./days.tsx";
import { moneyText, unitPriceText } from "./money.ts";
import type { HomeCosts } from "./use-costs.ts";

interface Props {
  readonly costs: HomeCosts;
  readonly home: Home;
  readonly timeZone: string;
}

export function Bill({ costs, home, timeZone }: Props) {
  const { bills, current, before, byCircuit, days } = costs;
  const { currency } = bills;
  if (current === null) {
    return <p class="card">The tariff has no rates for this time yet; its first day is to come.</p>;
  }
  const inBill = days.filter(({ start }) => start >= current.start);
  return (
    <>
      <div class="costs-cards">
        <SoFar {...{ costs, timeZone }} current={current} />
        <Before {...{ costs, timeZone }} current={current} before={before} />
      </div>
      <div class="costs-cards">
        <section class="card">
          <h2>By line</h2>
          <Lines lines={current.lines ?? []} currency={currency} />
        </section>
        <section class="card">
          <h2>By circuit</h2>
          <Circuits circuits={byCircuit?.circuits ?? []} {...{ home, currency }} />
        </section>
      </div>
      <BillDays days={inBill} {...{ currency, timeZone }} />
    </>
  );
}

interface SoFarProps {
  readonly costs: HomeCosts;
  readonly current: CostRow;
  readonly timeZone: string;
}

function SoFar({ costs: { bills }, current, timeZone }: SoFarProps) {
  const { forecast, currency } = bills;
  return (
    <section class="card stack" data-card="so-far">
      <div>
        <h2 class="muted small">The bill so far, {spanText(current, timeZone)}</h2>
        <p class="costs-figure" data-testid="bill-amount">
          {moneyText(current.amount, currency)}
        </p>
        <p class="small">
          <span data-testid="bill-kwh">{kwhText(current.kwh)}</span> kWh from the grid
          {current.exportedKwh > 0 && `, ${kwhText(current.exportedKwh)} kWh to it`}.
        </p>
        {isInPart(current.coverage) && (
          <p class="small">
            <span class="badge">In part</span> Of {coverageText(current.coverage)} of the time so
            far; the gateway does not hold the rest.
          </p>
        )}
      </div>
      {forecast && (
        <div>
          <h2 class="muted small">It may come to</h2>
          <p class="costs-figure" data-testid="bill-forecast">
            {moneyText(forecast.total, currency)}
          </p>
          <p class="muted small">{forecast.method}</p>
        </div>
      )}
    </section>
  );
}

function Before({
  costs,
  current,
  before,
  timeZone,
}: SoFarProps & { readonly before: CostRow | null }) {
  const { bills, days, now } = costs;
  const { currency } = bills;
  const told = beside(days, { from: Date.parse(current.start), now });
  if (before === null) {
    return (
      <section class="card" data-card="before">
        <h2 class="muted small">The bill before</h2>
        <p>Nothing is known of it.</p>
      </section>
    );
  }
  return (
    <section class="card stack" data-card="before">
      <div>
        <h2 class="muted small">The bill before, {spanText(before, timeZone)}</h2>
        <p class="costs-figure" data-testid="before-amount">
          {moneyText(before.amount, currency)}
        </p>
        <p class="small">{kwhText(before.kwh)} kWh from the grid.</p>
        {isInPart(before.coverage) && (
          <p class="small">
            <span class="badge">In part</span> Of {coverageText(before.coverage)} of its time.
          </p>
        )}
      </div>
      {told && (
        <p class="small">
          The first {told.days === 1 ? "day" : `${told.days} days`}:{" "}
          <strong data-testid="beside-current">{moneyText(told.current, currency)}</strong>, of the
          bill before{" "}
          <strong data-testid="beside-before">{moneyText(told.before, currency)}</strong>
          {changeText(told)}.
        </p>
      )}
    </section>
  );
}

function changeText({
  current,
  before,
}: {
  current: number | null;
  before: number | null;
}): string {
  if (current === null || before === null || before <= 0) return "";
  const ratio = current / before - 1;
  const share = shareText(Math.abs(ratio));
  return share === shareText(0) ? ", the same" : `, ${share} ${ratio > 0 ? "more" : "less"}`;
}

function Lines({
  lines,
  currency,
}: {
  readonly lines: readonly CostLine[];
  readonly currency: string;
}) {
  return (
    <table class="table costs-table">
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col" class="number">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.kind} ${line.name}`} data-line={line.name}>
            <th scope="row">
              {line.name}
              <span class="muted small costs-how">{howText(line, currency)}</span>
            </th>
            <td class="number">{moneyText(line.amount, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const QUANTITY = new Intl.NumberFormat(ENGLISH, { maximumFractionDigits: 2 });

/** What is counted at which price, or why nobody knows. */
function howText({ quantity, unit, price, unknown }: CostLine, currency: string): string {
  if (unknown) return unknown;
  if (quantity == null || unit === undefined) return "";
  const isOne = Number(quantity) === 1 && unit.endsWith("s");
  const counted = `${QUANTITY.format(Number(quantity))} ${isOne ? unit.slice(0, -1) : unit}`;
  return price == null ? counted : `${counted} at ${unitPriceText(price, currency)}`;
}

/** Such as `Mar 1 to Mar 31`; its last day is in it. */
function spanText({ start, end }: CostRow, timeZone: string): string {
  const day = new Intl.DateTimeFormat(ENGLISH, { timeZone, month: "short", day: "numeric" });
  const text = (moment: number) => (Number.isNaN(moment) ? UNKNOWN : day.format(moment));
  return `${text(Date.parse(start))} to ${text(Date.parse(end) - 1)}`;
}
