/** Where the token is kept: for this tab, or for this browser where the person asked for that. */

const KEY = "emporia-energy-token";

export interface KeptToken {
  readonly token: string;
  /** When it was had, in milliseconds since 1970 by this browser's clock. */
  readonly receivedAt: number;
  /** Whether it outlives the tab. */
  readonly stay: boolean;
}

export function loadToken(): KeptToken | null {
  return read(sessionStorage, false) ?? read(localStorage, true);
}

/** Replaced in one step: other tabs hear of a new token, and not of an end before it. */
export function saveToken({ token, receivedAt, stay }: KeptToken): void {
  const [place, other] = stay ? [localStorage, sessionStorage] : [sessionStorage, localStorage];
  place.setItem(KEY, JSON.stringify({ token, receivedAt }));
  other.removeItem(KEY);
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY);
  localStorage.removeItem(KEY);
}

/** Hear of what another tab of this browser did with the token that stays; the answer ends it. */
export function onOtherTab(listener: (kept: KeptToken | null) => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.storageArea === localStorage && event.key === KEY) listener(read(localStorage, true));
  };
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}

function read(storage: Storage, stay: boolean): KeptToken | null {
  const text = storage.getItem(KEY);
  if (text === null) return null;
  try {
    const { token, receivedAt } = JSON.parse(text);
    if (typeof token === "string" && typeof receivedAt === "number")
      return { token, receivedAt, stay };
  } catch {
    // Somebody else's text under our key is no token.
  }
  return null;
}
