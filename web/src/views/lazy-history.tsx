/** History is a page of its own: its code comes when somebody opens it. */

import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "../api/session.ts";
import type { Home } from "../home/model.ts";
import { Failure } from "./failure.tsx";

interface Props {
  readonly home: Home;
  readonly session: Session;
  /** The key of the circuit that somebody was led to. */
  readonly circuit: string | null;
  /** Milliseconds since 1970 at the gateway. */
  readonly now: () => number;
}

/** A gateway that is newer than the page has not the file any more that this one asks for. */
const MISSING =
  "This part of the page can't be loaded. The gateway can't be reached, or it has a newer page.";

export function LazyHistoryView(props: Props) {
  const [View, setView] = useState<FunctionComponent<Props> | null>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    import("./history.tsx").then(
      ({ HistoryView }) => setView(() => HistoryView),
      () => setMissing(true),
    );
  }, []);
  if (isMissing) {
    return <Failure sentence={MISSING} onRetry={() => window.location.reload()} />;
  }
  return View ? <View {...props} /> : <p class="muted">Loading …</p>;
}
