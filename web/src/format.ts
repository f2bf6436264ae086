/** Numbers and times in words and digits. */

import { ENGLISH } from "./english.ts";

/** What stands for an unknown; never a zero. */
export const UNKNOWN = "–";

const WHOLE = new Intl.NumberFormat(ENGLISH, {
  maximumFractionDigits: 0,
  signDisplay: "negative",
});
const ENERGY = new Intl.NumberFormat(ENGLISH, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: "negative",
});
const SHARE = new Intl.NumberFormat(ENGLISH, { style: "percent", maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat(ENGLISH, { maximumFractionDigits: 2 });

/** Whole watts without the unit. */
export function wattsText(watts: number | null): string {
  return watts === null ? UNKNOWN : WHOLE.format(watts);
}

/** A power with its unit, in kW from ten of them on: for an axis, where digits are noise. */
export function powerText(watts: number): string {
  return Math.abs(watts) < 10_000
    ? `${WHOLE.format(watts)} W`
    : `${SHORT.format(watts / 1_000)} kW`;
}

/** Two digits of a kWh, without the unit. */
export function kwhText(kwh: number | null | undefined): string {
  return kwh == null ? UNKNOWN : ENERGY.format(kwh);
}

export function shareText(share: number | null): string {
  return share === null ? UNKNOWN : SHARE.format(share);
}

/** Cents for a kWh, without the unit. */
export function priceText(cents: number): string {
  return SHORT.format(cents);
}

export function countText(count: number): string {
  return WHOLE.format(count);
}

/** How old something is, in the unit that fits: `12 s`, `3 min`, `2 h`. */
export function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 90) return `${WHOLE.format(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90
    ? `${WHOLE.format(minutes)} min`
    : `${WHOLE.format(Math.round(minutes / 60))} h`;
}

/** Tells times of day to the second, in the home's time zone. */
export function timeOfDay(timeZone: string): (milliseconds: number) => string {
  const format = new Intl.DateTimeFormat(ENGLISH, {
    timeZone,
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
  });
  return (milliseconds) => format.format(milliseconds);
}
