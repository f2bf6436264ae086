/** Who sees what: the way in, an account without a home, or a home. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { listDevices, readLink, readProfile } from "./api/client.ts";
import type { Session } from "./api/session.ts";
import type { LinkReport, Profile } from "./api/wire.ts";
import { readHome } from "./home/model.ts";
import { useLive } from "./live/use-live.ts";
import { useRefusal, useSeconds } from "./live/use-seconds.ts";
import { useLoaded } from "./loaded.ts";
import type { Route } from "./route.ts";
import { follow, type Store, useStore } from "./store.ts";
import { AccountView } from "./views/account.tsx";
import { Failure } from "./views/failure.tsx";
import { LazyCostsView, LazyHistoryView, LazyTodayView } from "./views/lazy.tsx";
import { LinkEnding } from "./views/link-ending.tsx";
import { HomeView } from "./views/now/home.tsx";
import { NowView } from "./views/now/now.tsx";
import { OldDevices } from "./views/now/old-devices.tsx";
import { Shell } from "./views/shell.tsx";
import { SignInView } from "./views/sign-in.tsx";

/** A page may stay open for as long as a link lasts. */
const LINK_AGAIN_MILLISECONDS = 3_600_000;

/** How soon a list that is old is asked for again. */
const ASK_AGAIN_MILLISECONDS = 60_000;

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
  const [report, askLink] = useLink(session);
  const [links, setLinks] = useState(0);
  const onProfileChange = () => {
    setLinks(links + 1);
    onDoubt();
  };
  const onDoubt = () => {
    ask();
    askLink();
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
        <AccountView {...{ session, profile, report, onProfileChange }} home={null} />
      </Shell>
    );
  }
  // A link made anew begins anew, even to the same account: the former one may be dead.
  const key = `${profile.emporiaUsername} ${links}`;
  return (
    <LinkedHome key={key} {...{ session, route, profile, report, onProfileChange, onDoubt }} />
  );
}

/** How the link stands, null while that is not known, and a way to ask again. */
function useLink(session: Session): readonly [LinkReport | null, () => void] {
  const load = useCallback(() => session.use(readLink), [session]);
  const [{ value: report }, ask] = useLoaded(load);
  useEffect(() => {
    const timer = setInterval(ask, LINK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [ask]);
  return [report, ask];
}

interface LinkedHomeProps {
  readonly session: Session;
  readonly route: Route;
  readonly profile: Profile;
  readonly report: LinkReport | null;
  readonly onProfileChange: () => void;
  /** Somebody may have changed the link elsewhere. */
  readonly onDoubt: () => void;
}

function LinkedHome(props: LinkedHomeProps) {
  const { session, route, profile, report, onProfileChange, onDoubt } = props;
  const load = useCallback(async () => {
    const { customer, ageMilliseconds } = await session.use(listDevices);
    return { home: readHome(customer), ageMilliseconds };
  }, [session]);
  const [{ value: listed, failure }, refresh] = useLoaded(load);
  const home = listed?.home ?? null;
  const ageMilliseconds = listed?.ageMilliseconds ?? null;
  const seconds = useSeconds(session);
  const { choose } = seconds;
  const live = useLive(session, home, seconds.panel);
  const onRefusal = useCallback((sentence: string) => choose(null, sentence), [choose]);
  useRefusal(live, onRefusal);
  const isOld = ageMilliseconds !== null;
  useEffect(() => {
    if (!isOld) return;
    const timer = setInterval(refresh, ASK_AGAIN_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isOld, refresh]);
  useEffect(() => {
    if (live === null) return;
    const { state } = live.connection;
    const { hasStrangers } = live.model;
    const ends = [
      follow(state, (current) => {
        if (current.kind !== "ended") return;
        onDoubt();
        // Why it ended, the list of devices tells where the stream could not.
        if (current.code === undefined) refresh();
      }),
      follow(hasStrangers, (has) => {
        if (!has) return;
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
      {ageMilliseconds !== null && <OldDevices ageMilliseconds={ageMilliseconds} />}
      {route.view !== "account" && <LinkEnding link={report?.link ?? null} />}
      {view()}
    </Shell>
  );

  function view() {
    if (route.view === "account")
      return <AccountView {...{ session, profile, home, report, onProfileChange }} />;
    if (home === null && failure !== null) {
      return <Failure sentence={failure.message} onRetry={refresh} />;
    }
    if (home === null || live === null) return <p class="muted">Loading …</p>;
    if (route.view === "today") return <LazyTodayView {...{ session, home, live }} />;
    if (route.view === "costs") return <LazyCostsView {...{ session, home, live }} />;
    if (route.view === "history") {
      return <LazyHistoryView {...{ session, home }} now={live.model.clock.now} />;
    }
    if (route.view === "home")
      return <HomeView {...{ session, home, failure }} onRefresh={refresh} />;
    return <NowView {...{ home, live, failure }} seconds={seconds.isOffered ? seconds : null} />;
  }
}
