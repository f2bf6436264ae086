/** Numbers and times in words and digits. */

import { ENGLISH, writing } from "./english.ts";

/** What stands for an unknown; never a zero. */
export const UNKNOWN = "–";

const whole = writing({ maximumFractionDigits: 0 });
const energy = writing({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const share = writing({ style: "percent", maximumFractionDigits: 0 });
const tenths = writing({ style: "percent", maximumFractionDigits: 1 });
const short = writing({ maximumFractionDigits: 2 });
const price = writing({ maximumFractionDigits: 4 });

/** Whole watts without the unit. */
export function wattsText(watts: number | null): string {
  return watts === null ? UNKNOWN : whole(watts);
}

/** A power with its unit, in kW from ten of them on: for an axis, where digits are noise. */
export function powerText(watts: number): string {
  return Math.abs(watts) < 10_000 ? `${whole(watts)} W` : `${short(watts / 1_000)} kW`;
}

/** Two digits of a kWh, without the unit. */
export function kwhText(kwh: number | null | undefined): string {
  return kwh == null ? UNKNOWN : energy(kwh);
}

export function shareText(part: number | null): string {
  return part === null ? UNKNOWN : share(part);
}

/** A share that is whole only where nothing lacks: 99.96 % is 99.9 %. */
export function coverageText(part: number | null): string {
  return part === null ? UNKNOWN : tenths(Math.floor(part * 1_000) / 1_000);
}

/** Whether a share lacks so much that it has to be said: more than a minute and a half of a day. */
export function isInPart(part: number): boolean {
  return part < 0.999;
}

/** A price of a kWh, without the unit. */
export function priceText(amount: number): string {
  return price(amount);
}

export function countText(count: number): string {
  return whole(count);
}

/** How old something is, in the unit that fits: `12 s`, `3 min`, `2 h`. */
export function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 90) return `${whole(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${whole(minutes)} min` : `${whole(Math.round(minutes / 60))} h`;
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
