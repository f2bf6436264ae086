/** Something that is asked for once, and again on demand, as a component sees it. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./api/client.ts";

/** A page may be opened, or come back, while the gateway is away. */
const TRY_AGAIN_MILLISECONDS = 10_000;

export interface Loaded<T> {
  /** The newest answer; it stays while, and when, asking again fails. Null before the first. */
  readonly value: T | null;
  /** Why the last question has no answer. */
  readonly failure: ApiError | null;
}

/** The answer, and a way to ask again; of several questions at once the last one counts. */
export function useLoaded<T>(load: () => Promise<T>): readonly [Loaded<T>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ value: null, failure: null });
  const newest = useRef(0);
  const ask = useCallback(() => {
    newest.current += 1;
    const mine = newest.current;
    load().then(
      (value) => mine === newest.current && setLoaded({ value, failure: null }),
      (failure: unknown) => {
        if (!(failure instanceof ApiError)) throw failure;
        if (mine === newest.current) setLoaded((former) => ({ ...former, failure }));
      },
    );
  }, [load]);
  useEffect(() => {
    ask();
    return () => {
      newest.current += 1;
    };
  }, [ask]);
  const isAway = loaded.value === null && loaded.failure !== null && mayPass(loaded.failure);
  useEffect(() => {
    if (!isAway) return;
    const timer = setInterval(ask, TRY_AGAIN_MILLISECONDS);
    window.addEventListener("online", ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", ask);
    };
  }, [isAway, ask]);
  return [loaded, ask];
}

/** Whether it may be well again by itself: nobody is there, or nobody who can answer now. */
function mayPass({ status }: ApiError): boolean {
  return status === 0 || status >= 500;
}
