/** When the hours of a schedule are, in words. */

import type { HourTable, Schedule } from "../../api/billing.ts";
import { ENGLISH } from "../../english.ts";

const HOUR = new Intl.DateTimeFormat(ENGLISH, { timeZone: "UTC", hour: "numeric" });
const MONTH = new Intl.DateTimeFormat(ENGLISH, { timeZone: "UTC", month: "long" });

export const HOURS = Array.from({ length: 24 }, (_, hour) =>
  HOUR.format(Date.UTC(2026, 0, 1, hour)).replace(/\s/g, " "),
);
export const MONTHS = Array.from({ length: 12 }, (_, month) =>
  MONTH.format(Date.UTC(2026, month, 1)),
);

/** When a period holds, a sentence for each season and kind of day; none is never. */
export function whenOf(schedule: Schedule | null, period: number): readonly string[] {
  if (schedule === null) return period === 0 ? ["Always"] : [];
  return kindsOf(schedule).flatMap(([kind, table]) =>
    runsOf(table.map((hours) => hoursText(hours, period))).flatMap(([from, to, hours]) =>
      hours === "" ? [] : [beginning(`${monthsText(from, to)}${kind}: ${hours}`)],
    ),
  );
}

function kindsOf({
  weekday,
  weekend,
  days = {},
}: Schedule): readonly (readonly [string, HourTable])[] {
  const usual: readonly (readonly [string, HourTable])[] = weekend
    ? [
        ["Monday to Friday", weekday],
        ["Saturday and Sunday", weekend],
      ]
    : [["every day", weekday]];
  const own = Object.entries(days).map(([day, table]) => [dayText(day), table] as const);
  return [...usual, ...own];
}

function dayText(day: string): string {
  return day === "holiday" ? "holidays" : `${beginning(day)}s`;
}

/** With a capital, as sentences begin. */
function beginning(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Neighbours that are the same: the first, the last, and what they are. */
function runsOf(texts: readonly string[]): [number, number, string][] {
  const runs: [number, number, string][] = [];
  texts.forEach((text, place) => {
    const last = runs.at(-1);
    if (last?.[2] === text) last[1] = place;
    else runs.push([place, place, text]);
  });
  const [first, last] = [runs[0], runs.at(-1)];
  // Winter goes on around New Year.
  if (first && last && first !== last && first[2] === last[2]) {
    return [...runs.slice(1, -1), [last[0], first[1], first[2]]];
  }
  return runs;
}

function monthsText(from: number, to: number): string {
  if (from === 0 && to === 11) return "";
  const months = from === to ? MONTHS[from] : `${MONTHS[from]} to ${MONTHS[to]}`;
  return `${months}, `;
}

/** Such as `12 AM to 4 PM, 9 PM to 12 AM`; empty is no hour. */
function hoursText(hours: readonly number[], period: number): string {
  const runs = runsOf(hours.map((one) => (one === period ? "in" : "")));
  const within = runs.filter(([, , text]) => text === "in");
  if (within.length === 1 && runs.length === 1) return "all day";
  return within.map(([from, to]) => `${HOURS[from]} to ${HOURS[(to + 1) % 24]}`).join(", ");
}
