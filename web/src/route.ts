/** Which view is open, kept in the address so that it survives a reload and can be shared. */

import { createStore, type Store } from "./store.ts";

export const ROUTES = ["now", "history", "home", "account"] as const;
export type Route = (typeof ROUTES)[number];

function current(): Route {
  const named = window.location.hash.replace(/^#\/?/, "").split("?")[0];
  return ROUTES.find((route) => route === named) ?? "now";
}

/** Made once: it listens for as long as the page lives. */
export function followRoute(): Store<Route> {
  const route = createStore(current());
  window.addEventListener("hashchange", () => route.set(current()));
  return route;
}
