/** The person's account: the link to Emporia, who may come in, and leaving for good. */

import { useState } from "preact/hooks";
import { deleteAccount, unlinkEmporia } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import type { LinkReport, Profile } from "../api/wire.ts";
import type { Home } from "../home/model.ts";
import { type FieldProps, RequestForm } from "./form.tsx";
import { LazyAccess } from "./lazy.tsx";
import { endingOf, lastingOf } from "./link-ending.tsx";
import { LinkForm } from "./link-form.tsx";
import { Question } from "./question.tsx";

const PASSWORD: FieldProps = {
  name: "password",
  label: "Your password",
  kind: "password",
  autoComplete: "current-password",
};

interface Props {
  readonly session: Session;
  readonly profile: Profile;
  /** Null while it is not known. */
  readonly home: Home | null;
  /** How the link to Emporia stands; null while it is not known. */
  readonly report: LinkReport | null;
  readonly onProfileChange: () => void;
}

export function AccountView({ session, profile, home, report, onProfileChange }: Props) {
  const mayKeepPassword = report?.mayKeepPassword ?? false;
  return (
    <div class="narrow stack account">
      <h1>Account</h1>
      <section class="card stack">
        <h2>Signed in</h2>
        <p>{profile.email}</p>
        <SignOut session={session} />
      </section>
      <section class="card stack">
        <h2>Emporia account</h2>
        {profile.emporiaUsername === null ? (
          <LinkForm {...{ session, mayKeepPassword }} onLinked={onProfileChange} />
        ) : (
          <Linked
            session={session}
            username={profile.emporiaUsername}
            report={report}
            onProfileChange={onProfileChange}
          />
        )}
      </section>
      <LazyAccess {...{ session, profile, home }} />
      <section class="card stack">
        <h2>Delete this account</h2>
        <p class="muted">
          Erases the account and all that the gateway keeps for it, at once. Your Emporia account
          stays as it is.
        </p>
        <Delete session={session} />
      </section>
      <p class="muted small">
        For your own programs: <a href="/docs">the API to try out</a>.
      </p>
    </div>
  );
}

function SignOut({ session }: { readonly session: Session }) {
  return (
    <button type="button" class="button" onClick={() => void session.signOut()}>
      Sign out
    </button>
  );
}

function Linked({
  session,
  username,
  report,
  onProfileChange,
}: {
  readonly session: Session;
  readonly username: string;
  readonly report: LinkReport | null;
  readonly onProfileChange: () => void;
}) {
  const [open, setOpen] = useState<"link" | "unlink" | null>(null);
  const link = report?.link ?? null;
  const ending = endingOf(link, Date.now());
  const lasting = link === null ? null : lastingOf(link);
  return (
    <>
      <p>
        Linked: <strong>{username}</strong>
      </p>
      {ending !== null ? (
        <p class="notice">{ending}</p>
      ) : (
        lasting !== null && <p class="muted small">{lasting}</p>
      )}
      {open === "unlink" ? (
        <Unlink session={session} onUnlinked={onProfileChange} onKeep={() => setOpen(null)} />
      ) : (
        <div class="choices">
          <button type="button" class="button" onClick={() => setOpen("unlink")}>
            Unlink …
          </button>
          <button
            type="button"
            class={`button ${ending === null ? "" : "primary"}`}
            aria-expanded={open === "link"}
            onClick={() => setOpen(open === "link" ? null : "link")}
          >
            Link again or another
          </button>
        </div>
      )}
      {open === "link" && (
        <LinkForm
          session={session}
          mayKeepPassword={report?.mayKeepPassword ?? false}
          onLinked={() => {
            setOpen(null);
            onProfileChange();
          }}
        />
      )}
    </>
  );
}

/** To link again takes Emporia's password. */
function Unlink({
  session,
  onUnlinked,
  onKeep,
}: {
  readonly session: Session;
  readonly onUnlinked: () => void;
  readonly onKeep: () => void;
}) {
  async function unlink(): Promise<void> {
    await session.use(unlinkEmporia);
    onUnlinked();
  }
  return (
    <Question yes="Yes, unlink" no="Keep it" act={unlink} onNo={onKeep}>
      The gateway forgets its way into this Emporia account, and shows nothing of the home any more.
      To link it again you need its password. Unlink it?
    </Question>
  );
}

function Delete({ session }: { readonly session: Session }) {
  const [isSure, setSure] = useState(false);
  if (!isSure) {
    return (
      <button type="button" class="button danger" onClick={() => setSure(true)}>
        Delete account …
      </button>
    );
  }

  async function send(values: ReadonlyMap<string, string>): Promise<void> {
    await session.use((token) => deleteAccount(token, values.get("password") ?? ""));
    session.end("The account is deleted.");
  }
  return (
    <>
      <RequestForm
        fields={[PASSWORD]}
        submit="Delete my account for good"
        danger
        send={send}
        blame={() => "password"}
      />
      <button type="button" class="button" onClick={() => setSure(false)}>
        Keep it
      </button>
    </>
  );
}
