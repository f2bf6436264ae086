/** The person's account: the link to Emporia, signing out, and leaving for good. */

import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, deleteAccount, unlinkEmporia } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import type { Profile } from "../api/wire.ts";
import { type FieldProps, RequestForm } from "./form.tsx";
import { LinkForm } from "./link-form.tsx";

const PASSWORD: FieldProps = {
  name: "password",
  label: "Your password",
  kind: "password",
  autoComplete: "current-password",
};

interface Props {
  readonly session: Session;
  readonly profile: Profile;
  readonly onProfileChange: () => void;
}

export function AccountView({ session, profile, onProfileChange }: Props) {
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
          <LinkForm session={session} onLinked={onProfileChange} />
        ) : (
          <Linked
            session={session}
            username={profile.emporiaUsername}
            onProfileChange={onProfileChange}
          />
        )}
      </section>
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
  onProfileChange,
}: {
  readonly session: Session;
  readonly username: string;
  readonly onProfileChange: () => void;
}) {
  const [open, setOpen] = useState<"link" | "unlink" | null>(null);
  return (
    <>
      <p>
        Linked: <strong>{username}</strong>
      </p>
      {open === "unlink" ? (
        <Unlink session={session} onUnlinked={onProfileChange} onKeep={() => setOpen(null)} />
      ) : (
        <div class="choices">
          <button type="button" class="button" onClick={() => setOpen("unlink")}>
            Unlink …
          </button>
          <button
            type="button"
            class="button"
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
          onLinked={() => {
            setOpen(null);
            onProfileChange();
          }}
        />
      )}
    </>
  );
}

/** Asks first: to link again takes Emporia's password. */
function Unlink({
  session,
  onUnlinked,
  onKeep,
}: {
  readonly session: Session;
  readonly onUnlinked: () => void;
  readonly onKeep: () => void;
}) {
  const [sentence, setSentence] = useState<string | null>(null);
  const question = useRef<HTMLParagraphElement>(null);
  useEffect(() => question.current?.focus(), []);

  async function unlink(): Promise<void> {
    try {
      await session.use(unlinkEmporia);
      onUnlinked();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setSentence(failure.message);
    }
  }

  return (
    <>
      <p ref={question} tabIndex={-1}>
        The gateway forgets its way into this Emporia account, and shows nothing of the home any
        more. To link it again you need its password. Unlink it?
      </p>
      <div class="choices">
        <button type="button" class="button danger" onClick={() => void unlink()}>
          Yes, unlink
        </button>
        <button type="button" class="button" onClick={onKeep}>
          Keep it
        </button>
      </div>
      {sentence && (
        <p class="form-error" role="alert">
          {sentence}
        </p>
      )}
    </>
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
