/** What somebody signs in with beside the password, one function a request. */

import { call } from "./client.ts";

export interface SecondFactor {
  readonly on: boolean;
  /** ISO 8601 in UTC; null where it is off. */
  readonly since: string | null;
  readonly recoveryCodesLeft: number;
}

/** What an authenticator app has to be told. */
export interface SetUp {
  /** In base32. */
  readonly secret: string;
  /** The same as an address that apps open: `otpauth:`. */
  readonly uri: string;
}

export interface Identity {
  readonly issuer: string;
  /** What people call the provider. */
  readonly name: string;
  readonly createdAt: string;
}

/** The password is needed where the gateway says `password_needed` without it. */
export interface Proof {
  readonly password?: string;
  readonly code: string;
}

export async function readSecondFactor(token: string): Promise<SecondFactor> {
  const answer = await call<{ secondFactor: SecondFactor }>("GET", "/me/second-factor", { token });
  return answer.secondFactor;
}

/** The password as above. */
export async function beginSecondFactor(token: string, password?: string): Promise<SetUp> {
  const body = passwordBody(password);
  const answer = await call<{ secondFactor: SetUp }>("POST", "/me/second-factor", { token, body });
  return answer.secondFactor;
}

/** The recovery codes. */
export async function confirmSecondFactor(token: string, code: string): Promise<readonly string[]> {
  return codesIn(await call("POST", "/me/second-factor/confirm", { token, body: { code } }));
}

/** In the place of all those of before. */
export async function renewRecoveryCodes(token: string, proof: Proof): Promise<readonly string[]> {
  const body = { ...proof };
  return codesIn(await call("POST", "/me/second-factor/recovery-codes", { token, body }));
}

export async function switchOffSecondFactor(token: string, proof: Proof): Promise<void> {
  await call("DELETE", "/me/second-factor", { token, body: { ...proof } });
}

export async function listIdentities(token: string): Promise<readonly Identity[]> {
  return (await call<{ identities: Identity[] }>("GET", "/me/identities", { token })).identities;
}

/** Where the browser has to go, to join an account of the provider's. */
export async function wayToJoin(token: string, password?: string): Promise<string> {
  const body = passwordBody(password);
  return (await call<{ url: string }>("POST", "/me/identities/oidc/start", { token, body })).url;
}

export async function partIdentity(token: string, password?: string): Promise<void> {
  await call("DELETE", "/me/identities/oidc", { token, body: passwordBody(password) });
}

function passwordBody(password?: string): Readonly<Record<string, string>> {
  return password === undefined ? {} : { password };
}

function codesIn({ recoveryCodes }: { recoveryCodes: string[] }): readonly string[] {
  return recoveryCodes;
}
