/** Who sees what: the way in, an account without a home, or a home. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { listDevices, readProfile } from "./api/client.ts";
import type { Session } from "./api/session.ts";
import type { Profile } from "./api/wire.ts";
import { readHome } from "./home/model.ts";
import { useLive } from "./live/use-live.ts";
import { useLoaded } from "./loaded.ts";
import type { Route } from "./route.ts";
import { type Store, useStore } from "./store.ts";
import { AccountView } from "./views/account.tsx";
import { Failure } from "./views/failure.tsx";
import { HomeView } from "./views/home.tsx";
import { LazyHistoryView } from "./views/lazy-history.tsx";
import { NowView } from "./views/now.tsx";
import { Shell } from "./views/shell.tsx";
import { SignInView } from "./views/sign-in.tsx";

interface AppProps {
  readonly session: Session;
  readonly routes: Store<Route>;
}

export function App({ session, routes }: AppProps) {
  const state = useStore(session.state);
  const route = useStore(routes);
  return state.kind === "signed-in" ? (
    <SignedIn session={session} route={route} />
  ) : (
    <SignInView session={session} notice={state.notice} />
  );
}

function SignedIn({ session, route }: { readonly session: Session; readonly route: Route }) {
  const load = useCallback(() => session.use(readProfile), [session]);
  const [{ value: profile, failure }, ask] = useLoaded(load);
  const [links, setLinks] = useState(0);
  const onProfileChange = () => {
    setLinks(links + 1);
    ask();
  };
  if (profile === null && failure !== null) {
    return (
      <Shell view={route.view} live={null}>
        <Failure sentence={failure.message} onRetry={ask} />
      </Shell>
    );
  }
  if (profile === null) {
    return (
      <Shell view={route.view} live={null}>
        <p class="muted">Loading …</p>
      </Shell>
    );
  }
  if (profile.emporiaUsername === null) {
    return (
      <Shell view="account" live={null}>
        <AccountView {...{ session, profile, onProfileChange }} />
      </Shell>
    );
  }
  // A link made anew begins anew, even to the same account: the former one may be dead.
  const key = `${profile.emporiaUsername} ${links}`;
  return <LinkedHome key={key} {...{ session, route, profile, onProfileChange }} onDoubt={ask} />;
}

interface LinkedHomeProps {
  readonly session: Session;
  readonly route: Route;
  readonly profile: Profile;
  readonly onProfileChange: () => void;
  /** Somebody may have changed the link elsewhere. */
  readonly onDoubt: () => void;
}

function LinkedHome({ session, route, profile, onProfileChange, onDoubt }: LinkedHomeProps) {
  const load = useCallback(async () => readHome(await session.use(listDevices)), [session]);
  const [{ value: home, failure }, refresh] = useLoaded(load);
  const live = useLive(session, home);
  useEffect(() => {
    if (live === null) return;
    const { state } = live.connection;
    const { hasStrangers } = live.model;
    const ends = [
      state.subscribe(() => state.get().kind === "ended" && onDoubt()),
      hasStrangers.subscribe(() => {
        if (!hasStrangers.get()) return;
        refresh();
        onDoubt();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [live]);
  return (
    <Shell view={route.view} live={live}>
      {view()}
    </Shell>
  );

  function view() {
    if (route.view === "account") return <AccountView {...{ session, profile, onProfileChange }} />;
    if (home === null && failure !== null) {
      return <Failure sentence={failure.message} onRetry={refresh} />;
    }
    if (home === null || live === null) return <p class="muted">Loading …</p>;
    if (route.view === "history") {
      const { circuit } = route;
      return <LazyHistoryView {...{ session, home, circuit }} now={live.model.clock.now} />;
    }
    if (route.view === "home")
      return <HomeView {...{ session, home, failure }} onRefresh={refresh} />;
    return <NowView home={home} live={live} />;
  }
}
