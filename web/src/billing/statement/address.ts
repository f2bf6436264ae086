/** Whether a statement is looked at, and which, as the address of the costs says it. */

import { useEffect, useState } from "preact/hooks";

export const STATEMENT = "#/costs?statement=yes";

export interface Chosen {
  /** The gid of a panel; null is the first home. */
  readonly home: number | null;
  /** Such as `2026-03`; null is the last month that is over. */
  readonly month: string | null;
  /** Each as gid, colon and channel. */
  readonly series: readonly string[];
}

/** Null where the costs are looked at. */
export function chosenIn(hash: string): Chosen | null {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
  const search = new URLSearchParams(query);
  if (path !== "costs" || !search.has("statement")) return null;
  const home = search.get("home") ?? "";
  const month = search.get("month") ?? "";
  return {
    home: /^[1-9]\d{0,18}$/.test(home) ? Number(home) : null,
    month: /^\d{4}-\d{2}$/.test(month) ? month : null,
    series: search.getAll("series").filter((name) => /^[1-9]\d*:[\w,]+$/.test(name)),
  };
}

export function addressOf({ home, month, series }: Chosen): string {
  const search = new URLSearchParams();
  if (home !== null) search.set("home", String(home));
  if (month !== null) search.set("month", month);
  for (const name of series) search.append("series", name);
  const more = search.toString();
  return more ? `${STATEMENT}&${more}` : STATEMENT;
}

/** What the address says, whoever changes it. */
export function useStatementAddress(): Chosen | null {
  const [hash, setHash] = useState(window.location.hash);
  useEffect(() => {
    const look = () => setHash(window.location.hash);
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);
  return chosenIn(hash);
}

/** Keep what is chosen, so that it survives a reload and can be shared; no step of its own. */
export function keepInAddress(chosen: Chosen): void {
  window.history.replaceState(window.history.state, "", addressOf(chosen));
}
