/** What the first load does without: its code comes when somebody opens it. */

import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failure } from "./failure.tsx";

/** A gateway that is newer than the page has not the file any more that this one asks for. */
const MISSING =
  "This part of the page can't be loaded. The gateway can't be reached, or it has a newer page.";

export function lazily<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  return (props) => {
    const [View, setView] = useState<FunctionComponent<Props> | null>(null);
    const [isMissing, setMissing] = useState(false);
    useEffect(() => {
      load().then(
        (view) => setView(() => view),
        () => setMissing(true),
      );
    }, []);
    if (isMissing) {
      return <Failure sentence={MISSING} onRetry={() => window.location.reload()} />;
    }
    return View ? <View {...props} /> : <p class="muted">Loading …</p>;
  };
}

export const LazyTodayView = lazily(() =>
  import("./today/today.tsx").then(({ TodayView }) => TodayView),
);

export const LazyCostsView = lazily(() => import("./costs.tsx").then(({ CostsView }) => CostsView));

/** Few need one, and those once a month. */
export const LazyStatementView = lazily(() =>
  import("../billing/statement/statement.tsx").then(({ StatementView }) => StatementView),
);

export const LazyHistoryView = lazily(() =>
  import("./history/history.tsx").then(({ HistoryView }) => HistoryView),
);

/** Who may come into the account, and how. */
export const LazyAccess = lazily(() =>
  import("../account/access.tsx").then(({ Access }) => Access),
);
