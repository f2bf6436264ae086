import { expect, test } from "vitest";
import { createStore, follow } from "./store.ts";

test("whoever listens hears of a change, and of nothing that is as it was", () => {
  const store = createStore(1);
  const heard: number[] = [];
  store.subscribe(() => heard.push(store.get()));
  store.set(1);
  store.set(2);
  store.set(2);
  store.set(3);

  expect(heard).toEqual([2, 3]);
});

test("what is not a number is the same as itself", () => {
  const store = createStore(Number.NaN);
  const heard: number[] = [];
  store.subscribe(() => heard.push(store.get()));
  store.set(Number.NaN);

  expect(heard).toEqual([]);
});

test("whoever has stopped listening hears nothing more, even while others do", () => {
  const store = createStore(1);
  const heard: string[] = [];
  const endFirst = store.subscribe(() => heard.push("first"));
  store.subscribe(() => {
    heard.push("second");
    endFirst();
  });
  store.set(2);
  store.set(3);

  expect(heard).toEqual(["first", "second", "second"]);
});

test("whoever begins to listen while others are told hears of the next change", () => {
  const store = createStore(1);
  const heard: number[] = [];
  const end = store.subscribe(() => {
    end();
    store.subscribe(() => heard.push(store.get()));
  });
  store.set(2);
  store.set(3);

  expect(heard).toEqual([3]);
});

test("whoever follows hears of what is there, and of every change until the end", () => {
  const store = createStore(1);
  const heard: number[] = [];
  const end = follow(store, (value) => heard.push(value));
  store.set(2);
  end();
  store.set(3);

  expect(heard).toEqual([1, 2]);
});
