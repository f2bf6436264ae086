/** What others may change meanwhile: asked for again while somebody looks at it. */

import { useEffect } from "preact/hooks";
import { type Loaded, useLoaded } from "../loaded.ts";

/** As often as the gateway notes when something was used last. */
const ASK_AGAIN_MILLISECONDS = 60_000;

export function useFresh<T>(load: () => Promise<T>): readonly [Loaded<T>, () => void] {
  const [loaded, ask] = useLoaded(load);
  useEffect(() => {
    const look = () => {
      if (!document.hidden) ask();
    };
    const timer = setInterval(look, ASK_AGAIN_MILLISECONDS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [ask]);
  return [loaded, ask];
}
