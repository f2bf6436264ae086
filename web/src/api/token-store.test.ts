import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FakeBrowser, fakeBrowser } from "../fakes/browser.ts";
import { type Change, forgetToken, loadToken, onOtherTab, saveToken } from "./token-store.ts";

const KEY = "emporia-energy-token";
const HERE = { token: "here", receivedAt: 1, stay: false };
const STAYING = { token: "staying", receivedAt: 2, stay: true };

let browser: FakeBrowser;

beforeEach(() => {
  browser = fakeBrowser();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function changes(): Change[] {
  const heard: Change[] = [];
  onOtherTab((change) => heard.push(change));
  return heard;
}

test("nothing is kept at first", () => {
  expect(loadToken()).toBeNull();
});

test.each([[HERE], [STAYING]])("what was saved, %o, is there after a reload", (kept) => {
  saveToken(kept);
  expect(loadToken()).toEqual(kept);
});

test("a token for this tab alone is not seen by others", () => {
  saveToken(HERE);
  expect(browser.sharedStorage.length).toBe(0);
});

test("a token for this tab alone leaves the one that stays where it is", () => {
  saveToken(STAYING);
  saveToken(HERE);
  expect(loadToken()).toEqual(HERE);
  forgetToken(HERE);
  expect(loadToken()).toEqual(STAYING);
});

test("a token that another tab has replaced is not forgotten along with the old one", () => {
  saveToken({ ...STAYING, token: "newer" });
  forgetToken(STAYING);
  expect(loadToken()?.token).toBe("newer");
});

test.each([
  ["not JSON"],
  ["null"],
  ["5"],
  ['"text"'],
  ["[]"],
  ["{}"],
  ['{"token": 1, "receivedAt": 2}'],
  ['{"token": "t"}'],
])("%s is no token", (text) => {
  browser.tabStorage.setItem(KEY, text);
  browser.sharedStorage.setItem(KEY, text);
  expect(loadToken()).toBeNull();
});

test("text that is no token in this tab does not hide the one that stays", () => {
  saveToken(STAYING);
  browser.tabStorage.setItem(KEY, "null");
  expect(loadToken()).toEqual(STAYING);
});

test("a sign-in, a renewal and a sign-out of another tab are told as they happened", () => {
  const heard = changes();
  browser.otherTabStores(KEY, '{"token": "one", "receivedAt": 1}');
  browser.otherTabStores(KEY, '{"token": "two", "receivedAt": 2}');
  browser.otherTabStores(KEY, null);

  const one = { token: "one", receivedAt: 1, stay: true };
  const two = { token: "two", receivedAt: 2, stay: true };
  expect(heard).toEqual([
    { before: null, now: one },
    { before: one, now: two },
    { before: two, now: null },
  ]);
});

test("a browser whose storage is cleared is told too", () => {
  const heard = changes();
  browser.otherTabClears();
  expect(heard).toEqual([{ before: null, now: null }]);
});

test("what others store beside the token is not listened to", () => {
  const heard = changes();
  browser.otherTabStores("something else", "1");
  expect(heard).toEqual([]);
});

test("whoever stops listening leaves nothing behind", () => {
  const end = onOtherTab(() => {});
  expect(browser.listeners()).toBe(1);
  end();
  expect(browser.listeners()).toBe(0);
});
