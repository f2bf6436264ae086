/** History is a page of its own: its code comes when somebody opens it. */

import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "../api/session.ts";
import type { Home } from "../home/model.ts";
import { Failure } from "./failure.tsx";

interface Props {
  readonly home: Home;
  readonly session: Session;
}

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
    // The gateway may have a newer page by now, without the file that this one asked for.
    return <Failure sentence="The page is out of date." onRetry={() => window.location.reload()} />;
  }
  return View ? <View {...props} /> : <p class="muted">Loading …</p>;
}
