/** What stands around every view: the way to the others, and how the live connection is. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import icon from "../icon.svg";
import type { Connection } from "../live/connection.ts";
import { ROUTES, type Route } from "../route.ts";
import { LinkStateText } from "./link-state.tsx";

const TITLES: Readonly<Record<Route, string>> = {
  now: "Now",
  history: "History",
  home: "Home",
  account: "Account",
};

const TITLE = document.title;

interface Props {
  readonly route: Route;
  readonly connection: Connection | null;
  readonly children: ComponentChildren;
}

export function Shell({ route, connection, children }: Props) {
  const former = useRef<Route | null>(null);
  useEffect(() => {
    // Whoever can't see that the view has changed hears it, and goes on from its beginning. On the
    // first one the focus is free, or has been lost with what had it.
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (former.current === null ? isLost : former.current !== route) focusMain();
    former.current = route;
    document.title = `${TITLES[route]} · ${TITLE}`;
  }, [route]);
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={focusMain}>
        Skip to the content
      </button>
      <header class="bar">
        <span class="brand">
          <img src={icon} alt="" />
          Emporia Energy
        </span>
        <nav class="ways" aria-label="Views">
          {ROUTES.map((way) => (
            <a key={way} href={`#/${way}`} {...(way === route ? { "aria-current": "page" } : {})}>
              {TITLES[way]}
            </a>
          ))}
        </nav>
        <span role="status">{connection && <LinkStateText connection={connection} />}</span>
      </header>
      <main class="view" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function focusMain(): void {
  document.getElementById("main")?.focus();
}
