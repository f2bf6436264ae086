/** Counts down, a second at a time. */

import { useEffect, useState } from "preact/hooks";

/** The whole seconds until then, by this browser's clock; 0 where it is over or nothing is awaited. */
export function useSecondsUntil(until: number | null): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (until === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1_000));
}
