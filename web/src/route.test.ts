import { afterEach, expect, test, vi } from "vitest";
import { followHistory, followRoute, historyOf, historyQuery } from "./route.ts";

class FakeWindow extends EventTarget {
  readonly location = { hash: "" };

  goTo(hash: string): void {
    this.location.hash = hash;
    this.dispatchEvent(new Event("hashchange"));
  }
}

function fakeWindow(hash: string): FakeWindow {
  const window = new FakeWindow();
  window.location.hash = hash;
  vi.stubGlobal("window", window);
  return window;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ["", "today"],
  ["#", "today"],
  ["#/", "today"],
  ["#/now", "now"],
  ["#now", "now"],
  ["#/today", "today"],
  ["#/costs", "costs"],
  ["#/history", "history"],
  ["#home", "home"],
  ["#/account?from=mail", "account"],
  ["#/nowhere", "today"],
  ["#/history/7", "today"],
  ["#/constructor", "today"],
  ["#/History", "today"],
])("the address %j opens %s", (hash, route) => {
  fakeWindow(hash);
  expect(followRoute().get().view).toBe(route);
});

test("whoever goes to another view is followed, there and back", () => {
  const window = fakeWindow("");
  const routes = followRoute();
  const seen: string[] = [];
  routes.subscribe(() => seen.push(routes.get().view));
  window.goTo("#/history");
  window.goTo("#/history?again");
  window.goTo("");

  expect(seen).toEqual(["history", "today"]);
});

test("an address tells what is looked at of the history, and of nothing else", () => {
  const window = fakeWindow(historyOf("1001/1,2,3"));
  const seen: string[] = [];
  const end = followHistory((query) => seen.push(query));
  expect(historyQuery()).toBe("circuit=1001/1,2,3");
  window.goTo("#/history?range=today");
  window.goTo("#/home");
  expect(historyQuery()).toBeNull();
  window.goTo("#/history");
  end();
  window.goTo("#/history?range=yesterday");
  expect(seen).toEqual(["range=today", ""]);
});
