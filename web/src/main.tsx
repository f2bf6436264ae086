/** Puts the dashboard on the page. */

import "uplot/dist/uPlot.min.css";
import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/shell.css";
import "./styles/now.css";
import "./styles/power-flow.css";
import "./styles/circuits.css";
import "./styles/home.css";
import "./styles/print.css";

import { render } from "preact";
import { joining, outcomeOf } from "./api/joining.ts";
import { takeBack, tokenFor } from "./api/other-account.ts";
import { createSession } from "./api/session.ts";
import { App } from "./app.tsx";
import { followRoute } from "./route.ts";

const root = document.getElementById("app");
if (root) render(canStore() ? <App {...begin()} /> : <NoStorage />, root);

function begin() {
  const back = takeBack();
  const session = createSession();
  // An address that somebody sent must not sign anybody out.
  const tell = (notice: string) => session.state.get().kind === "signed-out" && session.end(notice);
  const outcome = back && outcomeOf(back);
  if (outcome && session.state.get().kind === "signed-in") {
    joining.set(outcome);
    window.history.replaceState(null, "", "#/account");
  } else if (back?.notice) tell(back.notice);
  if (back?.code) {
    void tokenFor(back.code).then((outcome) => {
      if ("token" in outcome) session.begin(outcome.token, { stay: false });
      else tell(outcome.notice);
    });
  }
  return { session, routes: followRoute() };
}

function canStore(): boolean {
  try {
    return Boolean(window.sessionStorage && window.localStorage);
  } catch {
    return false; // what a browser throws that was told to block everything
  }
}

function NoStorage() {
  return (
    <main class="view narrow">
      <p class="notice">
        This browser does not let the page keep anything, and it has to keep that you are signed in.
        Allow it to store data for this address, then load the page again.
      </p>
    </main>
  );
}
