/** What the day costs so far. */

import { moneyText } from "../../billing/money.ts";
import { coverageText, isInPart } from "../../format.ts";
import type { Today } from "../../today/use-today.ts";
import { Card } from "./card.tsx";

/** No tariff, no row of money; but a way to one. */
export function CostCard({ value: { costs } }: { readonly value: Today }) {
  if (costs === null) {
    return (
      <section class="card today-card" data-card="tariff">
        <h2 class="muted small">Cost today</h2>
        <p>
          <a href="#/costs">Set up a tariff</a> to see what the day costs.
        </p>
      </section>
    );
  }
  const row = costs.rows.at(-1);
  return (
    <Card title="Cost today" id="cost" figure={moneyText(row?.amount, costs.currency)}>
      {row && isInPart(row.coverage) && (
        <p class="small">Of {coverageText(row.coverage)} of the day so far; the rest is unknown.</p>
      )}
      <p class="small">
        <a href="#/costs">The bill so far</a>
      </p>
    </Card>
  );
}
