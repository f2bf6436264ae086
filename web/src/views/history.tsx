/** Placeholder until the history is there. */
import type { Session } from "../api/session.ts";
import type { Home } from "../home/model.ts";
export function HistoryView(_: { readonly home: Home; readonly session: Session }) {
  return <h1>History</h1>;
}
