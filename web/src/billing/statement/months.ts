/** The months that a statement can be of. */

import { ENGLISH } from "../../english.ts";
import { fieldValue } from "../../time/local-text.ts";

const MOST_MONTHS = 36;

/** As the home has them, such as `2026-03`: this one first, then those before it. */
export function monthsUntil(now: number, timeZone: string): readonly string[] {
  const [year = 0, month = 1] = fieldValue(now, timeZone).slice(0, 7).split("-").map(Number);
  return Array.from({ length: MOST_MONTHS }, (_, back) => {
    const count = year * 12 + month - 1 - back;
    const number = String((count % 12) + 1).padStart(2, "0");
    return `${Math.floor(count / 12)}-${number}`;
  });
}

/** Such as `March 2026`. */
export function monthText(month: string): string {
  const format = new Intl.DateTimeFormat(ENGLISH, {
    ...{ timeZone: "UTC", month: "long", year: "numeric" },
  });
  return format.format(Date.parse(`${month}-01T00:00:00Z`));
}

/** Such as `March 1, 2026`, of a local day such as `2026-03-01`. */
export function dayText(day: string): string {
  const format = new Intl.DateTimeFormat(ENGLISH, {
    ...{ timeZone: "UTC", month: "long", day: "numeric", year: "numeric" },
  });
  return format.format(Date.parse(`${day}T00:00:00Z`));
}
