/** Keeps the address beside what is looked at, and hears when somebody goes to another one. */

import { useEffect, useRef, useState } from "preact/hooks";
import { followHistory, historyQuery } from "../route.ts";

/** Whether the browser's Back leads to what was looked at before. */
export type Manner = "entry" | "in-place";

/** Browsers refuse a hundred changes in half a minute, and a key that is held down makes more. */
const APART_MILLISECONDS = 310;

/** The answer says how the next change is kept. */
export function useAddress(
  address: string,
  onAddress: (query: string) => void,
): (manner: Manner) => void {
  const manner = useRef<Manner>("in-place");
  const last = useRef(Number.NEGATIVE_INFINITY);
  const isPending = useRef(false);
  /** Where the browser is, as far as was heard: on its way elsewhere, nothing is kept there. */
  const known = useRef(historyQuery());
  /** How often somebody went elsewhere: by now, and when what is looked at was drawn. */
  const heardByNow = useRef(0);
  const [heard, setHeard] = useState(0);
  const taker = useRef(onAddress);
  taker.current = onAddress;

  useEffect(
    () =>
      followHistory((query) => {
        manner.current = "in-place";
        known.current = query;
        taker.current(query);
        heardByNow.current += 1;
        setHeard(heardByNow.current);
      }),
    [],
  );
  useEffect(() => {
    const keep = () => {
      isPending.current = false;
      // What was drawn before somebody left belongs to the address that they left.
      if (heard !== heardByNow.current) return;
      const query = historyQuery();
      if (query === null || query === address || query !== known.current) return;
      last.current = performance.now();
      const isEntry = manner.current === "entry";
      manner.current = "in-place";
      known.current = address;
      const next = `#/history?${address}`;
      if (isEntry) window.history.pushState(window.history.state, "", next);
      else window.history.replaceState(window.history.state, "", next);
    };
    const due = last.current + APART_MILLISECONDS - performance.now();
    if (due <= 0) {
      keep();
      return;
    }
    isPending.current = true;
    const timer = setTimeout(keep, due);
    return () => clearTimeout(timer);
  }, [address, heard]);

  return (next) => {
    if (!isPending.current || next === "entry") manner.current = next;
  };
}
