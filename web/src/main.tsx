/** Puts the dashboard on the page. */

import "uplot/dist/uPlot.min.css";
import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/shell.css";
import "./styles/now.css";
import "./styles/circuits.css";
import "./styles/home.css";
import "./styles/print.css";

import { render } from "preact";
import { createSession } from "./api/session.ts";
import { App } from "./app.tsx";
import { followRoute } from "./route.ts";

const root = document.getElementById("app");
if (root) render(canStore() ? <App {...begin()} /> : <NoStorage />, root);

function begin() {
  return { session: createSession(), routes: followRoute() };
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
