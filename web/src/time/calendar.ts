/** Days of the calendar, without a clock and without a zone. */

export interface Day {
  readonly year: number;
  /** January is 1. */
  readonly month: number;
  readonly day: number;
}

const DAY_MILLISECONDS = 86_400_000;

/** Days since 1970, to count and compare days by. */
export function dayNumber({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day) / DAY_MILLISECONDS;
}

export function addDays(day: Day, days: number): Day {
  const date = new Date((dayNumber(day) + days) * DAY_MILLISECONDS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Monday is 0. */
export function weekday(day: Day): number {
  return (new Date(dayNumber(day) * DAY_MILLISECONDS).getUTCDay() + 6) % 7;
}

/** Months since the year 0, to count months by. */
export function monthNumber({ year, month }: Pick<Day, "year" | "month">): number {
  return year * 12 + month - 1;
}

/** The given day of a month, or the month's last where it has no such day. */
export function dayOfMonth(number: number, day: number): Day {
  const year = Math.floor(number / 12);
  const month = number - year * 12 + 1;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, day: Math.min(day, last) };
}
