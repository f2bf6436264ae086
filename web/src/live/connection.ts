/**
 * Follows the gateway's stream through every interruption.
 *
 * One socket at a time. It authenticates again whenever the session has a fresh token, so the
 * stream goes on past the end of the first; what ends for good says so and waits for a person.
 */

import type { Session } from "../api/session.ts";
import { createStore, type Store } from "../store.ts";
import { Backoff } from "./backoff.ts";
import { type Frame, readMessage } from "./messages.ts";

/** Frames leave every second; without one for so long, the line is dead though nobody said so. */
const SILENCE_MILLISECONDS = 12_000;
const POLLS_FAIL = "Error fetching device data.";
const TOKEN_REFUSED = 4401;
const USER_GONE = 4404;
const NO_DEVICES = 4424;
const TOO_MANY_STREAMS = 4429;
/** Close codes that stay true until somebody acts; all others are worth another try. */
const FINAL_CODES = new Set([TOKEN_REFUSED, USER_GONE, NO_DEVICES, TOO_MANY_STREAMS]);

export type LinkState =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** `until` is in milliseconds since 1970, by this browser's clock. */
  | { readonly kind: "waiting"; readonly until: number }
  | { readonly kind: "ended"; readonly sentence: string };

export interface Connection {
  readonly state: Store<LinkState>;
  /** The newest frame; null before the first. Repeated samples come as new frames. */
  readonly frame: Store<Frame | null>;
  /** Whether the gateway says that its polls of Emporia fail. */
  readonly isFailing: Store<boolean>;
  /** Try again at once. */
  retry(): void;
  close(): void;
}

export function connect(session: Session, url: string): Connection {
  const state = createStore<LinkState>({ kind: "connecting" });
  const frame = createStore<Frame | null>(null);
  const isFailing = createStore(false);
  const backoff = new Backoff();
  let socket: WebSocket | null = null;
  let isClosed = false;
  let lastSentence = "";
  let sampledAt = "";
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    clearTimeout(timer);
    lastSentence = "";
    state.set({ kind: "connecting" });
    const opened = new WebSocket(url);
    socket = opened;
    // A socket that was given up may still speak: only the current one is heard.
    opened.onopen = () => opened === socket && authenticate();
    opened.onmessage = ({ data }) => opened === socket && hear(String(data));
    opened.onclose = ({ code }) => opened === socket && lose(code);
    watchForSilence();
  }

  function send(message: object): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function authenticate(): void {
    const current = session.state.get();
    if (current.kind === "signed-in") send({ type: "authenticate", token: current.token });
  }

  function hear(text: string): void {
    const message = readMessage(text);
    switch (message.kind) {
      case "authenticated":
        if (state.get().kind === "open") return;
        // While Emporia has never answered yet, there is nothing to send.
        clearTimeout(timer);
        state.set({ kind: "open" });
        send({ type: "subscribe", scale: "1S", energyUnit: "KilowattHours" });
        return;
      case "frame":
        backoff.reset();
        watchForSilence();
        if (message.frame.live.sampledAt !== sampledAt) isFailing.set(false);
        sampledAt = message.frame.live.sampledAt;
        frame.set(message.frame);
        return;
      case "error":
        lastSentence = message.sentence;
        if (message.sentence === POLLS_FAIL) isFailing.set(true);
        return;
      case "other":
        return;
    }
  }

  function watchForSilence(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      socket?.close();
      lose(1006);
    }, SILENCE_MILLISECONDS);
  }

  function lose(code: number): void {
    clearTimeout(timer);
    socket = null;
    if (isClosed) return;
    if (FINAL_CODES.has(code)) {
      state.set({ kind: "ended", sentence: lastSentence });
      // Whoever has just signed out, or deleted the account, was told so already.
      if (session.state.get().kind === "signed-out") return;
      if (code === TOKEN_REFUSED) session.end();
      if (code === USER_GONE) session.end(lastSentence);
      return;
    }
    const pause = backoff.next();
    state.set({ kind: "waiting", until: Date.now() + pause });
    timer = setTimeout(open, pause);
  }

  function retry(): void {
    if (isClosed || socket !== null) return;
    open();
  }

  const ends = [
    session.state.subscribe(authenticate),
    listen(window, "online", retry),
    // A browser slows the timers of a hidden page: whoever looks again need not wait for one.
    listen(document, "visibilitychange", () => {
      if (!document.hidden && state.get().kind === "waiting") retry();
    }),
  ];
  open();

  function close(): void {
    isClosed = true;
    clearTimeout(timer);
    for (const end of ends) end();
    socket?.close();
    socket = null;
  }
  return { state, frame, isFailing, retry, close };
}

function listen(target: EventTarget, name: string, listener: () => void): () => void {
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}
