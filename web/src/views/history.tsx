/** What was used when: any circuits, any range, compared and taken along. */

import type { Session } from "../api/session.ts";
import { useHistory } from "../history/use-history.ts";
import type { Home, HomeDevice } from "../home/model.ts";
import "../styles/history.css";
import { HistoryChartCard } from "./history-chart-card.tsx";
import { HistoryCircuits } from "./history-circuits.tsx";
import { HistoryFigures } from "./history-figures.tsx";
import { HistoryRange } from "./history-range.tsx";
import { HistorySettings } from "./history-settings.tsx";

interface Props {
  readonly home: Home;
  readonly session: Session;
}

export function HistoryView({ home, session }: Props) {
  const [first] = home.roots;
  return (
    <div class="history">
      <h1>History</h1>
      {first ? (
        <HistoryOfHome home={home} session={session} first={first} />
      ) : (
        <p class="card">This Emporia account has no devices.</p>
      )}
    </div>
  );
}

function HistoryOfHome({ home, session, first }: Props & { readonly first: HomeDevice }) {
  const history = useHistory(session, home, first);
  return (
    <div class="history-layout">
      <HistoryCircuits home={home} history={history} />
      <div class="history-main">
        <section class="card history-controls" aria-label="What is shown">
          <HistoryRange history={history} />
          <HistorySettings history={history} />
        </section>
        <HistoryChartCard history={history} />
        <HistoryFigures history={history} />
      </div>
    </div>
  );
}
