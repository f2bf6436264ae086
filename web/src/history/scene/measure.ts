/** What is shown of a bucket: its energy, its mean power, or what it cost. */

import type { EnergyUnit } from "../../api/wire.ts";
import { writing } from "../../english.ts";
import type { Currency } from "../../home/currency.ts";

export type Measure = "kwh" | "watts" | "cost";

export const MEASURES: readonly (readonly [Measure, string])[] = [
  ["kwh", "kWh"],
  ["watts", "Watts"],
  ["cost", "Cost"],
];

/** What is measured, and in which money. */
export interface Counting {
  readonly measure: Measure;
  readonly currency: Currency;
}

/** As a column of a file names it. */
export function unitName({ measure, currency }: Counting): string {
  if (measure === "cost") return currency ?? "account's currency";
  return UNIT[measure];
}

const UNIT: Readonly<Record<Exclude<Measure, "cost">, string>> = { kwh: "kWh", watts: "W" };

const HOUR_MILLISECONDS = 3_600_000;

/** What Emporia is asked for: watts follow from its kWh. */
export function energyUnit(measure: Measure): EnergyUnit {
  return measure === "cost" ? "Dollars" : "KilowattHours";
}

/** The mean power, in watts, of so many kWh over so long. */
export function meanWatts(kwh: number, milliseconds: number): number {
  return (kwh * 1_000 * HOUR_MILLISECONDS) / milliseconds;
}

/** A value with its unit; small ones with more digits, so that no second reads as zero. */
export function measureText(value: number, counting: Counting): string {
  const { measure } = counting;
  const number = formatOf(counting, fractionDigits(value, measure))(value);
  return measure === "cost" ? number : `${number} ${UNIT[measure]}`;
}

/** How much one value differs from another, in as many digits as the other is written in. */
export function differenceNumber(difference: number, from: number, counting: Counting): string {
  const digits = fractionDigits(from, counting.measure);
  const isNothing = Math.abs(difference) < 0.5 * 10 ** -digits;
  const text = formatOf(counting, digits)(difference);
  return difference > 0 && !isNothing ? `+${text}` : text;
}

/** How an axis writes its marks, which are so far apart. */
export function axisNumber(value: number, apart: number, counting: Counting): string {
  const digits = digitsApart(apart);
  const isCents = counting.measure === "cost" && digits > 0;
  return formatOf(counting, isCents ? Math.max(2, digits) : digits)(value);
}

/** As few as write every multiple of it exactly: 2.5 takes one, 50 none. */
function digitsApart(apart: number): number {
  const isExact = (digits: number) =>
    Number(apart.toFixed(digits)) === Number(apart.toPrecision(6));
  return [0, 1, 2, 3, 4, 5, 6, 7].find(isExact) ?? 8;
}

function fractionDigits(value: number, measure: Measure): number {
  const size = Math.abs(value);
  if (measure === "watts") return size > 0 && size < 10 ? 1 : 0;
  if (size === 0 || size >= 1) return 2;
  const twoThatTell = 1 - Math.floor(Math.log10(size));
  return Math.min(Math.max(twoThatTell, measure === "cost" ? 2 : 3), 7);
}

const formats = new Map<string, (value: number) => string>();

function formatOf({ measure, currency }: Counting, digits: number): (value: number) => string {
  const money = measure === "cost" ? currency : null;
  const key = `${money} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const format = writing({
    ...(money === null ? {} : { style: "currency", currency: money }),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formats.set(key, format);
  return format;
}
