/** A value that changes over time, and those who want to know. */

import { useEffect, useState } from "preact/hooks";

export interface Store<T> {
  get(): T;
  /** Hear of every change; the answer ends it. */
  subscribe(listener: () => void): () => void;
}

export interface WritableStore<T> extends Store<T> {
  set(value: T): void;
}

export function createStore<T>(initial: T): WritableStore<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Hear of the value that is there, and of every change; the answer ends it. */
export function follow<T>(store: Store<T>, listener: (value: T) => void): () => void {
  const tell = () => listener(store.get());
  tell();
  return store.subscribe(tell);
}

/** The store's value in a component, drawn again at every change. */
export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(store.get());
  useEffect(() => follow(store, (next) => setValue(() => next)), [store]);
  return value;
}
