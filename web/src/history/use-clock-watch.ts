/** Notices that time has gone on, or is another than was thought, while a history is open. */

import { useEffect, useRef } from "preact/hooks";
import { correctionOf, type Kept } from "./kept-history.ts";

const MINUTE_MILLISECONDS = 60_000;
/** The gateway's time becomes known with the first frame, soon after the page was opened. */
const LOOK_MILLISECONDS = 1_000;

interface Watch {
  /** While the page is seen, and as soon as it is seen again. */
  onMinute(): void;
  onCorrection(): void;
}

export function useClockWatch(kept: Kept, watch: Watch): void {
  const newest = useRef(watch);
  newest.current = watch;
  useEffect(() => {
    const lookAtClock = () => {
      const correction = correctionOf(kept.now);
      if (Math.abs(correction - kept.correctionMilliseconds) < MINUTE_MILLISECONDS) return;
      kept.correctionMilliseconds = correction;
      newest.current.onCorrection();
    };
    const lookAtRange = () => {
      if (!document.hidden) newest.current.onMinute();
    };
    lookAtClock();
    const timers = [
      setInterval(lookAtClock, LOOK_MILLISECONDS),
      setInterval(lookAtRange, MINUTE_MILLISECONDS),
    ];
    document.addEventListener("visibilitychange", lookAtRange);
    return () => {
      document.removeEventListener("visibilitychange", lookAtRange);
      for (const timer of timers) clearInterval(timer);
    };
  }, [kept]);
}
