/** Events in words, and in order. */

import type { AccountEvent } from "../api/account.ts";
import type { Tell } from "./times.ts";

const SENTENCES: Readonly<Record<string, string>> = {
  account_opened: "The account was opened.",
  signed_in: "Signed in.",
  sign_in_failed: "A sign-in failed: the password was wrong.",
  proof_failed: "The password was asked for, and a wrong one was given.",
  session_ended: "A session ended.",
  other_sessions_ended: "All other sessions were ended.",
  password_changed: "The password was changed.",
  password_reset: "The password was set anew, without the old one.",
  second_factor_on: "The second factor was switched on.",
  second_factor_off: "The second factor was switched off.",
  second_factor_failed: "The password was right, and the code of the second factor was wrong.",
  recovery_code_used: "A recovery code was used.",
  recovery_codes_renewed: "New recovery codes were made.",
  identity_joined: "An account to sign in with was joined.",
  identity_left: "The account to sign in with was parted.",
  key_made: "An API key was made.",
  key_revoked: "An API key was revoked.",
  link_made: "An Emporia account was linked.",
  link_removed: "The Emporia account was unlinked.",
  link_renewed: "The link to Emporia was renewed with the kept password.",
  emporia_password_kept: "The password at Emporia is kept from now on.",
  emporia_password_forgotten: "Emporia refused the kept password, which is forgotten.",
  link_died: "Emporia takes the link no more.",
  recording_chosen: "What is recorded was chosen.",
  figures_imported: "A file was imported.",
};

const RECORDED_SECONDS: Readonly<Record<string, string>> = {
  off: "no seconds",
  mains: "seconds of the mains",
  all: "seconds of every circuit",
};

/** Both, the newest first, each event once: no two have the same `at`. */
export function merged(
  some: readonly AccountEvent[],
  others: readonly AccountEvent[],
): readonly AccountEvent[] {
  const byTime = new Map([...others, ...some].map((event) => [event.at, event]));
  return [...byTime.values()].sort(
    // Two of one millisecond are told apart by what the gateway writes beyond it.
    (one, other) => Date.parse(other.at) - Date.parse(one.at) || (other.at > one.at ? 1 : -1),
  );
}

/** What happened; a kind that is newer than the page is told in the gateway's own word. */
export function sentenceOf({ kind, detail }: AccountEvent, tell: Tell): string {
  const said = SENTENCES[kind] ?? `${capital(kind.replaceAll("_", " "))}.`;
  const name = detail.session ?? detail.key;
  const { times, until, minutes, seconds } = detail;
  return [
    name ? `${said.slice(0, -1)}: ${name}.` : said,
    minutes && seconds ? recordedText(minutes, seconds) : "",
    times ? `${times} times${until ? `, until ${tell(until)}` : ""}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function recordedText(minutes: string, seconds: string): string {
  const ofMinutes = minutes === "on" ? "Minutes" : "No minutes";
  return `${ofMinutes}, and ${RECORDED_SECONDS[seconds] ?? `seconds: ${seconds}`}.`;
}

/** Who did it, and roughly from where. */
export function whoOf({ by, detail }: AccountEvent): string {
  const who = personOf(by);
  return detail.address ? `${who}, from ${detail.address}` : who;
}

function personOf(by: string): string {
  if (by === "operator") return "whoever runs the gateway";
  if (by === "gateway") return "the gateway";
  return by.replace(/^(session|visitor) /, "");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
