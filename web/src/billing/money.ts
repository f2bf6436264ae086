/** Amounts in words and digits. */

import { writing } from "../english.ts";
import { UNKNOWN } from "../format.ts";

const formats = new Map<string, (value: number) => string>();

/** In the currency's own coin; null is unknown. */
export function moneyText(amount: string | number | null | undefined, currency: string): string {
  if (amount == null) return UNKNOWN;
  return formatOf(currency, null)(Number(amount));
}

/** A price of a unit, to the last digit that is told. */
export function unitPriceText(price: string, currency: string): string {
  return formatOf(currency, 8)(Number(price));
}

function formatOf(currency: string, digits: number | null): (value: number) => string {
  const key = `${currency} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const format = writing({
    ...{ style: "currency", currency },
    ...(digits === null ? {} : { maximumFractionDigits: digits }),
  });
  formats.set(key, format);
  return format;
}
