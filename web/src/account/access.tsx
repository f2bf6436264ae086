/** Who may come into the account: sessions, the password, API keys, and what happened. */

import "../styles/account.css";

import { useCallback, useMemo, useState } from "preact/hooks";
import { listKeys, listSessions } from "../api/account.ts";
import type { Session } from "../api/session.ts";
import type { Profile } from "../api/wire.ts";
import type { Home } from "../home/model.ts";
import { Events } from "./events.tsx";
import { Importing } from "./importing.tsx";
import { Keys } from "./keys/keys.tsx";
import { Password } from "./password.tsx";
import { OtherAccount } from "./proofs/other-account.tsx";
import { SecondFactorCard } from "./proofs/second-factor.tsx";
import { Recording } from "./recording.tsx";
import { Sessions } from "./sessions.tsx";
import { browsersZone, tellerIn } from "./times.ts";
import { useFresh } from "./use-fresh.ts";

interface Props {
  readonly session: Session;
  readonly profile: Profile;
  /** Null while it is not known. */
  readonly home: Home | null;
}

export function Access({ session, profile, home }: Props) {
  const loadSessions = useCallback(() => session.use(listSessions), [session]);
  const loadKeys = useCallback(() => session.use(listKeys), [session]);
  const [sessions, askSessions] = useFresh(loadSessions);
  const [keys, askKeys] = useFresh(loadKeys);
  const [changes, setChanges] = useState(0);
  const afterwards = (ask?: () => void) => () => {
    ask?.();
    setChanges((count) => count + 1);
  };
  const timeZone = home?.timeZone ?? browsersZone();
  const tell = useMemo(() => tellerIn(timeZone), [timeZone]);
  return (
    <>
      <Password
        session={session}
        email={profile.email}
        keys={keys.value}
        onChanged={afterwards(askSessions)}
      />
      <SecondFactorCard {...{ session, tell }} email={profile.email} onChange={afterwards()} />
      <OtherAccount {...{ session, tell }} onChange={afterwards()} />
      <Sessions {...{ session, sessions, tell }} onChange={afterwards(askSessions)} />
      <Keys
        {...{ session, keys, home, timeZone, tell }}
        isLinked={profile.emporiaUsername !== null}
        onChange={afterwards(askKeys)}
      />
      {profile.emporiaUsername !== null && (
        <>
          <Recording {...{ session, tell }} onChange={afterwards()} />
          <Importing {...{ session, home, tell }} onChange={afterwards()} />
        </>
      )}
      <Events {...{ session, tell, changes }} />
      <p class="muted small">Times are those of {timeZone}.</p>
    </>
  );
}
