/** The live connection of a home, for as long as its component stands. */

import { useEffect, useState } from "preact/hooks";
import type { Session } from "../api/session.ts";
import type { Home } from "../home/model.ts";
import { createStore, type WritableStore } from "../store.ts";
import { type Connection, connect } from "./connection.ts";
import { followHome, type LiveModel } from "./model.ts";

export interface Live {
  readonly connection: Connection;
  readonly model: LiveModel;
}

/**
 * Begins when the home is known; a home that is read anew, or can't be, does not disturb it.
 *
 * With a panel it shows that panel's true seconds. Another choice begins anew: what is newest and
 * what is a minute late make no one line.
 */
export function useLive(session: Session, home: Home | null, panel: number | null): Live | null {
  const [live, setLive] = useState<Live | null>(null);
  const [newest, setNewest] = useState<WritableStore<Home> | null>(null);
  useEffect(() => {
    if (home === null) return;
    if (newest === null) setNewest(createStore(home));
    else newest.set(home);
  }, [newest, home]);
  useEffect(() => {
    if (newest === null) return;
    const connection = connect(session, streamUrl(), panel);
    const model = followHome(session, newest, connection);
    setLive({ connection, model });
    return () => {
      model.close();
      connection.close();
    };
  }, [session, newest, panel]);
  return live;
}

function streamUrl(): string {
  const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${window.location.host}/`;
}
