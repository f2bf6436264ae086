/** A gateway for tests: takes the place of `fetch`, and answers what the test says. */

import { vi } from "vitest";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string | null;
  readonly mediaType: string | null;
  readonly accept: string | null;
  readonly body: unknown;
}

export type Answer = (asked: Asked) => Response | Promise<Response>;

export interface FakeGateway {
  readonly asked: readonly Asked[];
  /** Answer so from now on. */
  answer(next: Answer): void;
}

export function fakeGateway(first: Answer): FakeGateway {
  const asked: Asked[] = [];
  let answer = first;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    const one: Asked = {
      method: init.method ?? "GET",
      path,
      token: headers.get("Authorization"),
      mediaType: headers.get("Content-Type"),
      accept: headers.get("Accept"),
      body: typeof init.body === "string" ? JSON.parse(init.body) : null,
    };
    asked.push(one);
    return Promise.race([answer(one), endOf(init.signal ?? null)]);
  });
  return {
    asked,
    answer(next) {
      answer = next;
    },
  };
}

export function json(status: number, content: unknown): Response {
  return new Response(JSON.stringify(content), { status });
}

export function refusal(status: number, sentence: string, code = "internal"): Response {
  return json(status, { status, detail: sentence, code });
}

/** What the browser says when nobody is there. */
export function unreachable(): Promise<Response> {
  return Promise.reject(new TypeError("Failed to fetch"));
}

/** An answer that never comes. */
export function silence(): Promise<Response> {
  return new Promise(() => {});
}

/** An answer that comes when the test says so. */
export function held(): {
  readonly promise: Promise<Response>;
  settle(answer: Response | Promise<Response>): void;
} {
  let settle: (answer: Response | Promise<Response>) => void = () => {};
  const promise = new Promise<Response>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

function endOf(signal: AbortSignal | null): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}
