/** What was used when: any circuits, any range, compared and taken along. */

import type { Session } from "../../api/session.ts";
import { useHistory } from "../../history/use-history.ts";
import type { Home, HomeDevice } from "../../home/model.ts";
import "../../styles/history.css";
import "../../styles/history-chart.css";
import "../../styles/history-figures.css";
import "../../styles/history-calendar.css";
import "../../styles/history-phone.css";
import { HistoryCalendar } from "./calendar.tsx";
import { HistoryChartCard } from "./chart-card.tsx";
import { HistoryCircuits } from "./circuits.tsx";
import { HistoryFigures } from "./figures.tsx";
import { HistoryRange } from "./range.tsx";
import { HistorySettings } from "./settings.tsx";

interface Props {
  readonly home: Home;
  readonly session: Session;
  /** Milliseconds since 1970 at the gateway. */
  readonly now: () => number;
}

export function HistoryView(props: Props) {
  const [first] = props.home.roots;
  return (
    <div class="history">
      <h1>History</h1>
      {first ? (
        <HistoryOfHome {...props} first={first} />
      ) : (
        <p class="card">This Emporia account has no devices.</p>
      )}
    </div>
  );
}

function HistoryOfHome(props: Props & { readonly first: HomeDevice }) {
  const history = useHistory(props);
  return (
    <div class="history-layout">
      <HistoryCircuits home={props.home} history={history} />
      <div class="history-main">
        <section class="card history-controls" aria-label="What is shown">
          <HistoryRange history={history} />
          <HistorySettings history={history} />
        </section>
        <HistoryChartCard history={history} />
        <HistoryFigures history={history} />
        <HistoryCalendar session={props.session} history={history} />
      </div>
    </div>
  );
}
