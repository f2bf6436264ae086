/** What stands around every view: the way to the others, and how the live connection is. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import icon from "../icon.svg";
import type { Live } from "../live/use-live.ts";
import { VIEWS, type View } from "../route.ts";
import { LinkStateText } from "./link-state.tsx";

const TITLES: Readonly<Record<View, string>> = {
  today: "Today",
  now: "Now",
  history: "History",
  costs: "Costs",
  home: "Home",
  account: "Account",
};

const TITLE = document.title;

interface Props {
  readonly view: View;
  readonly live: Live | null;
  readonly children: ComponentChildren;
}

export function Shell({ view, live, children }: Props) {
  const former = useRef<View | null>(null);
  useEffect(() => {
    // Whoever can't see that the view has changed hears it, and goes on from its beginning. On the
    // first one the focus is free, or has been lost with what had it.
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (former.current === null ? isLost : former.current !== view) focusMain();
    former.current = view;
    document.title = `${TITLES[view]} · ${TITLE}`;
  }, [view]);
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={skipToMain}>
        Skip to the content
      </button>
      <header class="bar">
        <span class="brand">
          <img src={icon} alt="" />
          Emporia Energy
        </span>
        <nav class="ways" aria-label="Views">
          {VIEWS.map((way) => (
            <a key={way} href={`#/${way}`} {...(way === view ? { "aria-current": "page" } : {})}>
              {TITLES[way]}
            </a>
          ))}
        </nav>
        <span role="status">{live && <LinkStateText live={live} />}</span>
      </header>
      <main class="view" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** The way between views stays in sight: whoever chose one sees where they are. */
function focusMain(): void {
  document.getElementById("main")?.focus({ preventScroll: true });
}

function skipToMain(): void {
  document.getElementById("main")?.focus();
}
