/** The one price that somebody told Emporia, in hundredths of a currency that nobody asked for. */

import { writing } from "../english.ts";

const cents = writing({ maximumFractionDigits: 6 });

/** As the gateway takes it: a price of 0 is Emporia's own, of a home whose owner told it none. */
export function isPrice(centsPerKwh: number | null): centsPerKwh is number {
  return centsPerKwh !== null && centsPerKwh > 0;
}

export function centsText(centsPerKwh: number): string {
  return `${cents(centsPerKwh)} cents per kWh`;
}
