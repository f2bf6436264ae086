/** A browser for tests: what is stored, what happens to the page, and another tab. */

import { vi } from "vitest";

export interface FakeBrowser {
  readonly tabStorage: Storage;
  readonly sharedStorage: Storage;
  /** What another tab stores (null: removes), and this one hears of. */
  otherTabStores(key: string, value: string | null): void;
  /** Another tab clears everything. */
  otherTabClears(): void;
  goOnline(): void;
  show(): void;
  hide(): void;
  /** How many listeners there are, on the window and the document. */
  listeners(): number;
}

export function fakeBrowser(): FakeBrowser {
  const window = new CountingTarget();
  const document = new FakeDocument();
  const tabStorage = new FakeStorage();
  const sharedStorage = new FakeStorage();
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", document);
  vi.stubGlobal("sessionStorage", tabStorage);
  vi.stubGlobal("localStorage", sharedStorage);
  const tellStored = (change: Partial<StorageEvent>) =>
    window.dispatchEvent(
      Object.assign(new Event("storage"), { storageArea: sharedStorage, ...change }),
    );
  const setHidden = (hidden: boolean) => {
    document.hidden = hidden;
    document.dispatchEvent(new Event("visibilitychange"));
  };
  return {
    tabStorage,
    sharedStorage,
    otherTabStores(key, value) {
      const oldValue = sharedStorage.getItem(key);
      if (value === null) sharedStorage.removeItem(key);
      else sharedStorage.setItem(key, value);
      tellStored({ key, oldValue, newValue: value });
    },
    otherTabClears() {
      sharedStorage.clear();
      tellStored({ key: null, oldValue: null, newValue: null });
    },
    goOnline: () => window.dispatchEvent(new Event("online")),
    show: () => setHidden(false),
    hide: () => setHidden(true),
    listeners: () => window.count + document.count,
  };
}

class CountingTarget extends EventTarget {
  count = 0;

  override addEventListener(name: string, listener: EventListener): void {
    this.count += 1;
    super.addEventListener(name, listener);
  }

  override removeEventListener(name: string, listener: EventListener): void {
    this.count -= 1;
    super.removeEventListener(name, listener);
  }
}

class FakeDocument extends CountingTarget {
  hidden = false;
}

class FakeStorage implements Storage {
  readonly #values = new Map<string, string>();

  get length(): number {
    return this.#values.size;
  }

  key(index: number): string | null {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }

  removeItem(key: string): void {
    this.#values.delete(key);
  }

  clear(): void {
    this.#values.clear();
  }
}
