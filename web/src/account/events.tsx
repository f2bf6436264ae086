/** What happened to the account, on gateways that keep it. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { type AccountEvent, listEvents } from "../api/account.ts";
import { ApiError } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { merged, sentenceOf, whoOf } from "./event-words.ts";
import type { Tell } from "./times.ts";
import { useFresh } from "./use-fresh.ts";

const PAGE = 10;
const MISSING = 404;

interface Props {
  readonly session: Session;
  readonly tell: Tell;
  /** How often something has been done here that may be an event. */
  readonly changes: number;
}

export function Events({ session, tell, changes }: Props) {
  const load = useCallback(
    () => session.use((token) => listEvents(token, { limit: PAGE })),
    [session],
  );
  const [{ value: newest, failure }, ask] = useFresh(load);
  const [events, setEvents] = useState<readonly AccountEvent[]>([]);
  const [isWhole, setWhole] = useState(false);
  const [sentence, setSentence] = useState<string | null>(null);
  useEffect(() => {
    if (newest) setEvents((former) => merged(newest, former));
  }, [newest]);
  useEffect(() => {
    if (changes > 0) ask();
  }, [changes, ask]);
  // A gateway that keeps no events knows no such path; until it has answered, nobody knows.
  if (newest === null && (failure === null || failure.status === MISSING)) return null;
  const complaint = sentence ?? failure?.message;

  async function goBack(): Promise<void> {
    const before = events[events.length - 1]?.at;
    if (before === undefined) return;
    setSentence(null);
    try {
      const earlier = await session.use((token) => listEvents(token, { before, limit: PAGE }));
      setEvents((former) => merged(former, earlier));
      setWhole(earlier.length < PAGE);
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      setSentence(refusal.message);
    }
  }

  return (
    <section class="card stack" aria-labelledby="events">
      <h2 id="events">Events</h2>
      <p class="muted">What happened to your account, the newest first.</p>
      {newest !== null && newest.length === 0 && <p>Nothing yet.</p>}
      {events.length > 0 && (
        <ol class="account-events">
          {events.map((event) => (
            <li key={event.at}>
              <span>{sentenceOf(event, tell)}</span>
              <span class="muted small">
                <time dateTime={event.at}>{tell(event.at)}</time> · {whoOf(event)}
              </span>
            </li>
          ))}
        </ol>
      )}
      {complaint && (
        <p class="form-error" role="alert">
          {complaint}
        </p>
      )}
      {!isWhole && events.length >= PAGE && (
        <div class="choices">
          <button type="button" class="button small" onClick={() => void goBack()}>
            Show earlier ones
          </button>
        </div>
      )}
    </section>
  );
}
