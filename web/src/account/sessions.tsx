/** Where somebody is signed in, and ending that from afar. */

import { useRef } from "preact/hooks";
import { endOtherSessions, endSession, type KnownSession } from "../api/account.ts";
import { ApiError } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { countText } from "../format.ts";
import type { Loaded } from "../loaded.ts";
import { Asking } from "./asking.tsx";
import { Facts } from "./facts.tsx";
import { Some } from "./some.tsx";
import type { Tell } from "./times.ts";

interface Props {
  readonly session: Session;
  readonly sessions: Loaded<readonly KnownSession[]>;
  readonly onChange: () => void;
  readonly tell: Tell;
}

export function Sessions({ session, sessions: { value, failure }, onChange, tell }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  const others = value?.filter(({ current }) => !current) ?? [];

  /** What asked has gone with its row: whoever uses keys goes on at the title. */
  function onEnded(): void {
    title.current?.focus();
    onChange();
  }

  async function end(id: string): Promise<void> {
    try {
      await session.use((token) => endSession(token, id));
    } catch (refusal) {
      // Over already is what was wanted.
      if (!(refusal instanceof ApiError && refusal.code === "session_unknown")) throw refusal;
    }
    onEnded();
  }

  async function endOthers(): Promise<void> {
    await session.use(endOtherSessions);
    onEnded();
  }

  return (
    <section class="card stack" aria-labelledby="sessions">
      <h2 id="sessions" ref={title} tabIndex={-1}>
        Sessions
      </h2>
      <p class="muted">Where you are signed in. End what you do not know.</p>
      {failure && (
        <p class="form-error" role="alert">
          {failure.message}
        </p>
      )}
      {value === null && failure === null && <p class="muted">Loading …</p>}
      {value && (
        <Some all={[...value].sort(currentFirst)} noun="sessions">
          {(one) => <Row key={one.id} one={one} tell={tell} onEnd={() => end(one.id)} />}
        </Some>
      )}
      {others.length > 0 && (
        <Asking label="End all others …" yes="Yes, end them" no="Keep them" act={endOthers}>
          {others.length === 1
            ? "The other session is signed out at once."
            : `${countText(others.length)} other sessions are signed out at once.`}{" "}
          API keys go on. End all but this one?
        </Asking>
      )}
    </section>
  );
}

function Row({
  one,
  tell,
  onEnd,
}: {
  readonly one: KnownSession;
  readonly tell: Tell;
  readonly onEnd: () => Promise<void>;
}) {
  return (
    <li class="device">
      <h3>
        {one.name} {one.current && <span class="state online">This one</span>}
      </h3>
      <Facts
        facts={[
          ["Network", one.addressPrefix || "Unknown"],
          ["Signed in", tell(one.createdAt)],
          ["Last used", tell(one.lastUsedAt)],
        ]}
      />
      {!one.current && (
        <Asking label="End …" about={one.name} yes="Yes, end it" no="Keep it" act={onEnd}>
          {one.name} is signed out at once. End this session?
        </Asking>
      )}
    </li>
  );
}

/** Sorting keeps the gateway's order among the rest: the last used first. */
function currentFirst(one: KnownSession, other: KnownSession): number {
  return Number(other.current) - Number(one.current);
}
