/** Moments in words, in a home's own time zone. */

import { ENGLISH } from "../../english.ts";

export interface Words {
  readonly time: (moment: number) => string;
  readonly weekday: (moment: number) => string;
}

export function wordsIn(timeZone: string): Words {
  const time = new Intl.DateTimeFormat(ENGLISH, { timeZone, hour: "numeric", minute: "2-digit" });
  const weekday = new Intl.DateTimeFormat(ENGLISH, { timeZone, weekday: "long" });
  return {
    // Newer browsers put a narrow space before AM and PM, which older ones do not.
    time: (moment) => time.format(moment).replace(/\s/g, " "),
    weekday: (moment) => weekday.format(moment),
  };
}
