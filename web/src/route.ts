/** Which view is open, kept in the address so that it survives a reload and can be shared. */

import { createStore, type Store } from "./store.ts";

export const VIEWS = ["now", "history", "home", "account"] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  readonly view: View;
  /** The key of the circuit that somebody was led to; null is none in particular. */
  readonly circuit: string | null;
}

/** The address of a circuit's history. */
export function historyOf(circuit: string): string {
  return `#/history?circuit=${circuit}`;
}

function current(): Route {
  const [path, query] = window.location.hash.replace(/^#\/?/, "").split("?");
  const view = VIEWS.find((one) => one === path) ?? "now";
  return { view, circuit: new URLSearchParams(query).get("circuit") };
}

/** Made once: it listens for as long as the page lives. */
export function followRoute(): Store<Route> {
  const route = createStore(current());
  window.addEventListener("hashchange", () => {
    const [next, last] = [current(), route.get()];
    if (next.view !== last.view || next.circuit !== last.circuit) route.set(next);
  });
  return route;
}
