/** Something that is asked for once, and again on demand, as a component sees it. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./api/client.ts";

export interface Loaded<T> {
  /** The newest answer; it stays while, and when, asking again fails. Null before the first. */
  readonly value: T | null;
  /** How many answers there were. */
  readonly version: number;
  /** Why the last question has no answer. */
  readonly failure: ApiError | null;
}

/** The answer, and a way to ask again; of several questions at once the last one counts. */
export function useLoaded<T>(load: () => Promise<T>): readonly [Loaded<T>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ value: null, version: 0, failure: null });
  const newest = useRef(0);
  const ask = useCallback(() => {
    newest.current += 1;
    const mine = newest.current;
    load().then(
      (value) => {
        if (mine !== newest.current) return;
        setLoaded(({ version }) => ({ value, version: version + 1, failure: null }));
      },
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
  return [loaded, ask];
}
