/** What the gateway answers about who may come into an account, one function a request. */

import { call } from "./client.ts";

export interface KnownSession {
  readonly id: string;
  /** By what it was begun, such as `Firefox on Linux`. */
  readonly name: string;
  /** Roughly from where; "" is unknown. */
  readonly addressPrefix: string;
  /** ISO 8601 in UTC, as all times here. */
  readonly createdAt: string;
  readonly lastUsedAt: string;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

export type KeyScope = "read" | "stream" | "export";

export interface KeyChannel {
  readonly deviceGid: number;
  /** In Emporia's terms. */
  readonly channel: string;
}

export interface KnownKey {
  readonly id: string;
  readonly name: string;
  /** How its secret begins. */
  readonly prefix: string;
  /** More may come. */
  readonly scopes: readonly string[];
  /** Null in both is no limit. */
  readonly devices: readonly number[] | null;
  readonly channels: readonly KeyChannel[] | null;
  readonly createdAt: string;
  /** Null lives until it is revoked. */
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly devices?: readonly number[];
  readonly channels?: readonly KeyChannel[];
  readonly expiresAt?: string;
}

export interface MadeKey {
  readonly key: KnownKey;
  /** Told this once. */
  readonly secret: string;
}

export interface AccountEvent {
  readonly at: string;
  /** More may come. */
  readonly kind: string;
  readonly by: string;
  readonly detail: Readonly<Record<string, string>>;
}

export async function listSessions(token: string): Promise<readonly KnownSession[]> {
  return (await call<{ sessions: KnownSession[] }>("GET", "/me/sessions", { token })).sessions;
}

export async function endSession(token: string, id: string): Promise<void> {
  await call("DELETE", `/me/sessions/${encodeURIComponent(id)}`, { token });
}

export async function endOtherSessions(token: string): Promise<void> {
  await call("DELETE", "/me/sessions", { token });
}

export async function changePassword(
  token: string,
  passwords: { readonly password: string; readonly newPassword: string },
): Promise<void> {
  await call("POST", "/me/password", { token, body: { ...passwords } });
}

export async function listKeys(token: string): Promise<readonly KnownKey[]> {
  return (await call<{ keys: KnownKey[] }>("GET", "/me/keys", { token })).keys;
}

/** The password is needed where the gateway says `password_needed` without it. */
export async function makeKey(token: string, key: NewKey, password?: string): Promise<MadeKey> {
  const body = password === undefined ? { ...key } : { ...key, password };
  return call("POST", "/me/keys", { token, body });
}

export async function revokeKey(token: string, id: string): Promise<void> {
  await call("DELETE", `/me/keys/${encodeURIComponent(id)}`, { token });
}

/** The newest first; `before` is the `at` of the last one that is known. */
export async function listEvents(
  token: string,
  { before, limit }: { readonly before?: string; readonly limit: number },
): Promise<readonly AccountEvent[]> {
  const search = new URLSearchParams({ limit: String(limit), ...(before ? { before } : {}) });
  return (await call<{ events: AccountEvent[] }>("GET", `/me/events?${search}`, { token })).events;
}
