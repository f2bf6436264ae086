/** How fresh the figures are, as a component sees it. */

import { useEffect, useState } from "preact/hooks";
import { useStore } from "../store.ts";
import { type Freshness, freshnessOf } from "./freshness.ts";
import type { Live } from "./use-live.ts";

/** Looked at again every second, so that the age goes on counting when nothing comes. */
export function useFreshness({ connection, model }: Live): Freshness | null {
  const frame = useStore(connection.frame);
  const state = useStore(connection.state);
  const isFailing = useStore(connection.isFailing);
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  const isHeard = state.kind === "open" && !isFailing;
  return frame && freshnessOf(frame, { now: model.clock.now(), isHeard });
}
