/** A gateway's stream for tests: takes the place of `WebSocket`, and says what the test says. */

import { vi } from "vitest";

export class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  readyState: number = FakeSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number }) => void) | null = null;
  /** What the page has sent. */
  readonly sent: Readonly<Record<string, unknown>>[] = [];
  wasClosed = false;
  /** Whether it was closed while it connected, of which browsers warn. */
  wasBrokenOff = false;

  constructor(readonly url: string) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  /** The page's own close; the browser tells its end later. */
  close(): void {
    this.wasClosed = true;
    this.wasBrokenOff = this.readyState === FakeSocket.CONNECTING;
    this.readyState = 2;
  }

  /** The gateway takes the connection. */
  accept(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }

  say(message: unknown): void {
    this.onmessage?.({ data: typeof message === "string" ? message : JSON.stringify(message) });
  }

  /** The gateway closes, or the line breaks. */
  break(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

/** Every socket that the page opens, in order. */
export function fakeSockets(): readonly FakeSocket[] {
  const opened: FakeSocket[] = [];
  vi.stubGlobal(
    "WebSocket",
    class extends FakeSocket {
      constructor(url: string) {
        super(url);
        opened.push(this);
      }
    },
  );
  return opened;
}
