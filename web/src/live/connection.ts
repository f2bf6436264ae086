/**
 * Follows the gateway's stream through every interruption.
 *
 * One socket at a time. It authenticates again whenever the session has a fresh token, so the
 * stream goes on past the end of the first; what ends for good says so and waits for a person.
 */

import type { Session } from "../api/session.ts";
import { createStore, type Store } from "../store.ts";
import { Backoff } from "./backoff.ts";
import { meaningOf } from "./endings.ts";
import { type Frame, readMessage } from "./messages.ts";

/** Frames leave every second; without a word for so long, the gateway is asked for one. */
const QUIET_MILLISECONDS = 6_000;
/** Without one for so much longer, the line is dead though nobody said so. */
const SILENCE_MILLISECONDS = 6_000;
/** A frame so soon after the word that polls fail is of a sample from before they did. */
const AT_ONCE_MILLISECONDS = 1_500;
const POLLS_FAIL = "polls_failing";
/** What is said where there are no true seconds, or no longer. */
const NO_SECONDS = new Set([
  "replay_off",
  "replay_over_budget",
  "replay_without_panel",
  "unknown_device",
  "seconds_flat",
]);
const NO_REASON = "The gateway has ended the stream.";
const LOST = 1006;
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
  /** Without a code where the gateway ended it before it could tell one. */
  | { readonly kind: "ended"; readonly sentence: string; readonly code?: string };

export interface Connection {
  readonly state: Store<LinkState>;
  /** The newest frame; null before the first. Repeated samples come as new frames. */
  readonly frame: Store<Frame | null>;
  /** Whether the gateway says that its polls of Emporia fail. */
  readonly isFailing: Store<boolean>;
  /** Why there are no true seconds of the panel that was asked for; null as long as there are. */
  readonly refusal: Store<string | null>;
  /** Try again at once. */
  retry(): void;
  close(): void;
}

/** With a panel it shows that panel's true seconds, about a minute late. */
export function connect(session: Session, url: string, panel: number | null = null): Connection {
  const state = createStore<LinkState>({ kind: "connecting" });
  const frame = createStore<Frame | null>(null);
  const isFailing = createStore(false);
  const refusal = createStore<string | null>(null);
  const backoff = new Backoff();
  let socket: WebSocket | null = null;
  let isClosed = false;
  let lastSentence = "";
  let lastCode: string | null = null;
  let failingSince = 0;
  /** The sample that this socket brought last. */
  let sampledAt: string | null = null;
  let sentToken = "";
  /** The token that this socket lives on. */
  let acceptedToken: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    lastSentence = "";
    lastCode = null;
    sampledAt = null;
    acceptedToken = null;
    // Whoever connects while polls fail is told so.
    isFailing.set(false);
    state.set({ kind: "connecting" });
    const opened = new WebSocket(url);
    socket = opened;
    // A socket that was given up may still speak: only the current one is heard.
    opened.onopen = () => (opened === socket ? authenticate() : opened.close());
    opened.onmessage = ({ data }) => opened === socket && hear(String(data));
    opened.onclose = ({ code }) => opened === socket && lose(code);
    watchForSilence();
  }

  function send(message: object): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function authenticate(): void {
    const current = session.state.get();
    if (current.kind === "signed-out" || socket?.readyState !== WebSocket.OPEN) return;
    sentToken = current.token;
    send({ type: "authenticate", token: sentToken });
  }

  function subscribe(): void {
    const extras = ["flows"];
    const replay = panel === null ? {} : { mode: "replay", devices: [panel] };
    send({ type: "subscribe", scale: "1S", energyUnit: "KilowattHours", extras, ...replay });
  }

  function hear(text: string): void {
    watchForSilence();
    const message = readMessage(text);
    switch (message.kind) {
      case "authenticated":
        acceptedToken = sentToken;
        if (state.get().kind === "open") return;
        state.set({ kind: "open" });
        subscribe();
        return;
      case "frame":
        backoff.reset();
        if (isOfNewSample(message.frame)) isFailing.set(false);
        sampledAt = message.frame.live.sampledAt;
        frame.set(message.frame);
        return;
      case "error":
        lastSentence = message.sentence;
        lastCode = message.code;
        if (panel !== null && NO_SECONDS.has(message.code ?? "")) refusal.set(message.sentence);
        if (message.code !== POLLS_FAIL) return;
        failingSince = Date.now();
        isFailing.set(true);
        return;
      case "other":
        return;
    }
  }

  function isOfNewSample({ live }: Frame): boolean {
    return sampledAt === null
      ? Date.now() - failingSince > AT_ONCE_MILLISECONDS
      : sampledAt !== live.sampledAt;
  }

  /** While Emporia has never answered yet there are no frames, but who is asked does answer. */
  function watchForSilence(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (state.get().kind === "open") subscribe();
      timer = setTimeout(() => {
        socket?.close();
        lose(LOST);
      }, SILENCE_MILLISECONDS);
    }, QUIET_MILLISECONDS);
  }

  function lose(code: number): void {
    clearTimeout(timer);
    socket = null;
    if (FINAL_CODES.has(code) && isOver(code)) {
      state.set(ending());
      return;
    }
    const pause = backoff.next();
    state.set({ kind: "waiting", until: Date.now() + pause });
    timer = setTimeout(open, pause);
  }

  function ending(): LinkState {
    const sentence = lastSentence || NO_REASON;
    if (lastCode === null) return { kind: "ended", sentence };
    return { kind: "ended", sentence: meaningOf(lastCode) ?? sentence, code: lastCode };
  }

  /** Tell the session what it means for it; not over is what a newer token may mend. */
  function isOver(code: number): boolean {
    // Whoever has just signed out, or deleted the account, was told so already.
    if (session.state.get().kind === "signed-out") return true;
    if (code === USER_GONE) session.end(lastSentence || NO_REASON);
    if (code !== TOKEN_REFUSED) return true;
    session.refuse(acceptedToken ?? sentToken);
    return session.state.get().kind === "signed-out";
  }

  function retry(): void {
    if (!isClosed && socket === null) open();
  }

  function stopWaiting(): void {
    if (state.get().kind === "waiting") retry();
  }

  const ends = [
    session.state.subscribe(authenticate),
    listen(window, "online", stopWaiting),
    // A browser slows the timers of a hidden page: whoever looks again need not wait for one.
    listen(document, "visibilitychange", () => {
      if (!document.hidden) stopWaiting();
    }),
  ];
  open();

  function close(): void {
    isClosed = true;
    clearTimeout(timer);
    for (const end of ends) end();
    // Browsers warn of a socket that is closed while it connects: that one ends once it is open.
    if (socket?.readyState !== WebSocket.CONNECTING) socket?.close();
    socket = null;
  }
  return { state, frame, isFailing, refusal, retry, close };
}

function listen(target: EventTarget, name: string, listener: () => void): () => void {
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}
