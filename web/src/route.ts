/** Which view is open, kept in the address so that it survives a reload and can be shared. */

import { createStore, type Store } from "./store.ts";

/** In the order they are shown in; the first one is what the page opens with. */
export const VIEWS = ["today", "now", "history", "costs", "home", "account"] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  readonly view: View;
}

/** The address of a circuit's history. */
export function historyOf(circuit: string): string {
  return `#/history?circuit=${circuit}`;
}

/** What the address says of the history that is looked at: "" is nothing; null is another view. */
export function historyQuery(): string | null {
  const [path, query = ""] = parts();
  return viewOf(path) === "history" ? query : null;
}

/** Hear of a history that somebody went to by address, or by the browser's Back and Forward. */
export function followHistory(listener: (query: string) => void): () => void {
  const onChange = () => {
    const query = historyQuery();
    if (query !== null) listener(query);
  };
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}

/** Made once: it listens for as long as the page lives. */
export function followRoute(): Store<Route> {
  const route = createStore<Route>({ view: viewOf(parts()[0]) });
  window.addEventListener("hashchange", () => {
    const view = viewOf(parts()[0]);
    if (view !== route.get().view) route.set({ view });
  });
  return route;
}

function parts(): readonly (string | undefined)[] {
  return window.location.hash.replace(/^#\/?/, "").split("?");
}

function viewOf(path: string | undefined): View {
  return VIEWS.find((one) => one === path) ?? VIEWS[0];
}
