/** The gateway's REST side, one function a request. */

import { isRecord } from "../record.ts";
import {
  ApiError,
  contentOf,
  failureInBetween,
  refusalIn,
  UNREACHABLE,
  UNREADABLE,
} from "./api-error.ts";
import { deadline } from "./deadline.ts";
import type {
  Budget,
  ChartUsage,
  Customer,
  DeviceListUsages,
  EnergyUnit,
  LinkReport,
  Profile,
  Scale,
} from "./wire.ts";

export { ApiError };

const TIMEOUT_MILLISECONDS = 60_000;

/** A file of 200 MB over a line of half a megabit a second. */
const FILE_TIMEOUT_MILLISECONDS = 3_600_000;

const TOO_SLOW = "The gateway did not answer in time.";

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface HistoryQuery {
  readonly deviceGid: number;
  /** One series in Emporia's terms: `1,2,3` is the mains, one number a circuit. */
  readonly channel: string;
  readonly start: Date;
  /** Exclusive. */
  readonly end: Date;
  readonly scale: Scale;
  readonly energyUnit: EnergyUnit;
}

export async function signUp(credentials: Credentials): Promise<void> {
  await call("POST", "/signup", { body: { ...credentials } });
}

/** The code is for users who switched a second factor on; others are not asked for one. */
export async function logIn(
  credentials: Credentials & { readonly code?: string },
): Promise<string> {
  return tokenIn(await call("POST", "/login", { body: { ...credentials } }));
}

/** The provider that people may sign in with; null is none. */
export async function readProvider(): Promise<string | null> {
  return (await call<{ name: string | null }>("GET", "/auth/oidc", {})).name;
}

/** The token of somebody who came back from the provider with this code. */
export async function fetchHandedOver(code: string): Promise<string> {
  return tokenIn(await call("POST", "/auth/oidc/token", { body: { code } }));
}

export async function renewToken(token: string): Promise<string> {
  return tokenIn(await call("POST", "/token", { token }));
}

export async function logOut(token: string): Promise<void> {
  await call("POST", "/logout", { token });
}

export async function readProfile(token: string): Promise<Profile> {
  return (await call<{ user: Profile }>("GET", "/me", { token })).user;
}

export async function deleteAccount(token: string, password: string): Promise<void> {
  await call("DELETE", "/me", { token, body: { password } });
}

export async function linkEmporia(
  token: string,
  emporia: {
    readonly username: string;
    readonly password: string;
    /** So that the link renews itself. */
    readonly keepPassword: boolean;
  },
): Promise<void> {
  const body = {
    emporiaUsername: emporia.username,
    emporiaPassword: emporia.password,
    ...(emporia.keepPassword ? { keepPassword: true } : {}),
  };
  await call("POST", "/emporia-auth", { token, body });
}

export async function readLink(token: string): Promise<LinkReport> {
  return call("GET", "/me/link", { token });
}

export async function unlinkEmporia(token: string): Promise<void> {
  await call("DELETE", "/emporia-auth", { token });
}

export async function readBudget(token: string): Promise<Budget> {
  return (await call<{ budget: Budget }>("GET", "/me/budget", { token })).budget;
}

export interface KnownDevices {
  readonly customer: Customer;
  /** Null where Emporia has just been asked; else it can't be. */
  readonly ageMilliseconds: number | null;
}

/** The last known devices where Emporia can't be asked. */
export async function listDevices(token: string): Promise<KnownDevices> {
  const { content, headers } = await exchange<Customer>("GET", "/devices?stale=true", { token });
  const age = headers.get("Age");
  return { customer: content, ageMilliseconds: age === null ? null : Number(age) * 1_000 };
}

export async function readInstant(
  token: string,
  query: { readonly instant: Date; readonly scale: Scale; readonly energyUnit: EnergyUnit },
): Promise<DeviceListUsages> {
  const search = new URLSearchParams({
    instant: query.instant.toISOString(),
    scale: query.scale,
    energyUnit: query.energyUnit,
  });
  const answer = await call<{ deviceListUsages: DeviceListUsages }>(
    "GET",
    `/devices/instant?${search}`,
    { token },
  );
  return answer.deviceListUsages;
}

export async function readHistory(
  token: string,
  query: HistoryQuery,
  signal?: AbortSignal,
): Promise<ChartUsage> {
  const search = new URLSearchParams({
    channels: query.channel,
    start: query.start.toISOString(),
    end: query.end.toISOString(),
    scale: query.scale,
    energyUnit: query.energyUnit,
  });
  return call("GET", `/devices/${query.deviceGid}/history?${search}`, { token, signal });
}

interface Request {
  readonly token?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** In the place of a body. */
  readonly file?: Blob;
  /** What the file is; a CSV where it is left out. */
  readonly fileType?: string;
  readonly signal?: AbortSignal | undefined;
}

/** One request and what its answer says; raises ApiError. */
export async function call<T>(method: string, path: string, request: Request): Promise<T> {
  return (await exchange<T>(method, path, request)).content;
}

/** One request for what is no JSON, and the text of its answer; raises ApiError. */
export async function callForText(path: string, request: Request): Promise<string> {
  const { answer, text } = await send("GET", path, request);
  if (answer.ok) return text;
  throw refusalIn(text, answer);
}

async function exchange<T>(
  method: string,
  path: string,
  request: Request,
): Promise<{ readonly content: T; readonly headers: Headers }> {
  const { answer, text } = await send(method, path, request);
  if (!answer.ok) throw refusalIn(text, answer);
  const content = contentOf(text);
  // What is no JSON comes from something in between.
  if (content === undefined) throw failureInBetween(answer.status);
  if (!isRecord(content)) throw new ApiError(UNREADABLE, answer.status);
  return { content: content as T, headers: answer.headers };
}

async function send(
  method: string,
  path: string,
  request: Request,
): Promise<{ readonly answer: Response; readonly text: string }> {
  const headers = new Headers({ Accept: "application/problem+json, application/json" });
  if (request.token) headers.set("Authorization", `Bearer ${request.token}`);
  if (request.body) headers.set("Content-Type", "application/json");
  if (request.file) headers.set("Content-Type", request.fileType ?? "text/csv");
  const milliseconds = request.file ? FILE_TIMEOUT_MILLISECONDS : TIMEOUT_MILLISECONDS;
  const limit = deadline(milliseconds, request.signal);
  try {
    const answer = await fetch(path, {
      method,
      headers,
      body: request.body ? JSON.stringify(request.body) : (request.file ?? null),
      signal: limit.signal,
    });
    return { answer, text: answer.status === 204 ? "{}" : await answer.text() };
  } catch {
    if (request.signal?.aborted) throw request.signal.reason;
    throw new ApiError(limit.isOver() ? TOO_SLOW : UNREACHABLE, 0);
  } finally {
    limit.end();
  }
}

function tokenIn(answer: { readonly token?: unknown }): string {
  if (typeof answer.token === "string") return answer.token;
  throw new ApiError(UNREADABLE, 200);
}
