/** Puts the dashboard on the page. */

import { render } from "preact";

const root = document.getElementById("app");
if (root) render(<main>Emporia Energy</main>, root);
