/** What a tariff has, counted, for somebody who decides whether to keep it. */

import type { Tariff } from "../../api/billing.ts";
import { ENGLISH } from "../../english.ts";

const LIST = new Intl.ListFormat(ENGLISH);

/** Such as `2 prices of energy, 1 demand charge, and net metering`, of the newest rates. */
export function holdingsOf({ rates }: Tariff): string {
  const newest = rates.at(-1);
  if (newest === undefined) return "";
  const { energy, demand = [], adjustments = [], fixed = [], percentages = [] } = newest;
  const prices = energy.periods.reduce((count, { tiers }) => count + tiers.length, 0);
  const counted = [
    [prices, "price of energy", "prices of energy"],
    [demand.length, "demand charge", "demand charges"],
    [adjustments.length, "addition to each kWh", "additions to each kWh"],
    [fixed.length, "fixed charge", "fixed charges"],
    [percentages.length, "tax", "taxes"],
  ] as const;
  return LIST.format([
    ...counted.flatMap(([count, one, many]) =>
      count === 0 ? [] : [`${count} ${count === 1 ? one : many}`],
    ),
    ...(newest.minimum ? ["a minimum bill"] : []),
    ...(newest.netMetering ? ["net metering"] : []),
    ...(newest.netBilling ? ["credits for what you give"] : []),
  ]);
}
