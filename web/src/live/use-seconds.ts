/** Whether a person watches what is newest, or the true seconds of a panel about a minute late. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { readBudget } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { useLoaded } from "../loaded.ts";
import { follow } from "../store.ts";
import type { Live } from "./use-live.ts";

const NEWEST = { panel: null, notice: null };

export interface SecondsChoice {
  /** The panel whose true seconds are shown; null is what is newest of all. */
  readonly panel: number | null;
  /** Why there are none, in the gateway's own sentence. */
  readonly notice: string | null;
  choose(panel: number | null, notice?: string): void;
}

/** The choice, and whether the gateway offers it. */
export function useSeconds(session: Session): SecondsChoice & { readonly isOffered: boolean } {
  const load = useCallback(() => session.use(readBudget), [session]);
  const [{ value: budget }] = useLoaded(load);
  const [chosen, setChosen] = useState<Omit<SecondsChoice, "choose">>(NEWEST);
  const choose = useCallback(
    (panel: number | null, notice?: string) => setChosen({ panel, notice: notice ?? null }),
    [],
  );
  return { ...chosen, choose, isOffered: budget?.replay === true };
}

/** Go back to what is newest where there are no true seconds, and say why. */
export function useRefusal(live: Live | null, onRefusal: (sentence: string) => void): void {
  useEffect(() => {
    if (live === null) return;
    // It may have come before anybody listened.
    return follow(live.connection.refusal, (sentence) => {
      if (sentence !== null) onRefusal(sentence);
    });
  }, [live, onRefusal]);
}
