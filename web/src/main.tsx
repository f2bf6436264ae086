/** Puts the dashboard on the page. */

import "uplot/dist/uPlot.min.css";
import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/shell.css";
import "./styles/now.css";
import "./styles/home.css";

import { render } from "preact";
import { createSession } from "./api/session.ts";
import { App } from "./app.tsx";
import { followRoute } from "./route.ts";

const root = document.getElementById("app");
if (root) render(<App session={createSession()} routes={followRoute()} />, root);
