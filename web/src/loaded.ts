/** Something that is asked for once, and again on demand, as a component sees it. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./api/client.ts";

export type Loaded<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "loaded"; readonly value: T }
  | { readonly kind: "failed"; readonly failure: ApiError };

/** The answer, and a way to ask again; the old answer stays until the new one is there. */
export function useLoaded<T>(load: () => Promise<T>): readonly [Loaded<T>, () => void] {
  const [state, setState] = useState<Loaded<T>>({ kind: "loading" });
  const newest = useRef(0);
  const ask = useCallback(() => {
    newest.current += 1;
    const mine = newest.current;
    const take = (next: Loaded<T>) => mine === newest.current && setState(next);
    load().then(
      (value) => take({ kind: "loaded", value }),
      (failure: unknown) => {
        if (!(failure instanceof ApiError)) throw failure;
        take({ kind: "failed", failure });
      },
    );
  }, [load]);
  useEffect(() => {
    ask();
    return () => {
      newest.current += 1;
    };
  }, [ask]);
  return [state, ask];
}
