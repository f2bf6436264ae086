/** High-price hours, weekends, holidays and summer, and the schedule that says the same. */

import type { HourTable, Schedule } from "../../api/billing.ts";

/** Hours and months are counted from 0; `until` is the hour at which it ends. */
export interface Times {
  readonly peakPrice: string;
  readonly offPeakPrice: string;
  readonly from: number;
  readonly until: number;
  readonly atWeekends: boolean;
  readonly atHolidays: boolean;
  readonly hasSummer: boolean;
  readonly summerFrom: number;
  readonly summerTo: number;
  readonly summerPeakPrice: string;
  readonly summerOffPeakPrice: string;
}

export const EMPTY_TIMES: Times = {
  ...{ peakPrice: "", offPeakPrice: "", from: 16, until: 21 },
  ...{ atWeekends: false, atHolidays: true },
  ...{ hasSummer: false, summerFrom: 5, summerTo: 8 },
  ...{ summerPeakPrice: "", summerOffPeakPrice: "" },
};

const [OFF_PEAK, PEAK, SUMMER_OFF_PEAK, SUMMER_PEAK] = [0, 1, 2, 3];
const MONTHS = 12;
const HOURS = 24;

/** In the order in which the schedule counts them. */
export function pricesOf(times: Times): readonly string[] {
  const { offPeakPrice, peakPrice, summerOffPeakPrice, summerPeakPrice } = times;
  const usual = [offPeakPrice, peakPrice];
  return times.hasSummer ? [...usual, summerOffPeakPrice, summerPeakPrice] : usual;
}

export function scheduleOf(times: Times): Schedule {
  const table = (hasPeak: boolean): HourTable =>
    Array.from({ length: MONTHS }, (_, month) =>
      Array.from({ length: HOURS }, (_, hour) => {
        const isPeak = hasPeak && isWithin(hour, times.from, times.until);
        if (!isSummer(month, times)) return isPeak ? PEAK : OFF_PEAK;
        return isPeak ? SUMMER_PEAK : SUMMER_OFF_PEAK;
      }),
    ) as number[][];
  return {
    weekday: table(true),
    ...(times.atWeekends ? {} : { weekend: table(false) }),
    ...(times.atHolidays ? {} : { days: { holiday: table(false) } }),
  };
}

/** The times that a schedule may say; whether it says just them is the caller's to find out. */
export function timesOf(
  { weekday, weekend, days }: Schedule,
  [offPeakPrice = "", peakPrice = "", summerOffPeakPrice = "", summerPeakPrice = ""]: string[],
): Times {
  const summer = weekday.flatMap((hours, month) =>
    hours.some((period) => period >= SUMMER_OFF_PEAK) ? [month] : [],
  );
  const peaks = (weekday[0] ?? []).flatMap((period, hour) => (period % 2 === PEAK ? [hour] : []));
  const isSeasonal = summer.length > 0;
  return {
    ...{ peakPrice, offPeakPrice, summerPeakPrice, summerOffPeakPrice },
    from: beginning(peaks, HOURS),
    until: (beginning(peaks, HOURS) + peaks.length) % HOURS,
    atWeekends: !weekend,
    atHolidays: days?.holiday === undefined,
    hasSummer: isSeasonal,
    summerFrom: isSeasonal ? beginning(summer, MONTHS) : EMPTY_TIMES.summerFrom,
    summerTo: isSeasonal
      ? (beginning(summer, MONTHS) + summer.length - 1) % MONTHS
      : EMPTY_TIMES.summerTo,
  };
}

function isSummer(month: number, { hasSummer, summerFrom, summerTo }: Times): boolean {
  return hasSummer && isWithin(month, summerFrom, (summerTo + 1) % MONTHS);
}

/** Around midnight, and around New Year, too; from one to the same is all of it. */
function isWithin(value: number, from: number, until: number): boolean {
  if (from === until) return true;
  return from < until ? value >= from && value < until : value >= from || value < until;
}

/** The one whose former is not among them: they may go on around the end. */
function beginning(values: readonly number[], count: number): number {
  return values.find((value) => !values.includes((value + count - 1) % count)) ?? 0;
}
