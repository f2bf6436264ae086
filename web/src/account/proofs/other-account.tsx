/** The provider's account that somebody signs in with too, where the operator has a provider. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError, readProvider } from "../../api/client.ts";
import { joining, leaveToJoin } from "../../api/joining.ts";
import { type Identity, listIdentities, partIdentity, wayToJoin } from "../../api/proofs.ts";
import type { Session } from "../../api/session.ts";
import { useStore } from "../../store.ts";
import { Asking } from "../asking.tsx";
import { Facts } from "../facts.tsx";
import { needsPassword, PasswordStep } from "../password-step.tsx";
import type { Tell } from "../times.ts";
import { useFresh } from "../use-fresh.ts";

interface Props {
  readonly session: Session;
  readonly tell: Tell;
  readonly onChange: () => void;
}

interface Known {
  /** Null is no provider. */
  readonly provider: string | null;
  readonly identity: Identity | null;
}

export function OtherAccount({ session, tell, onChange }: Props) {
  const load = useCallback(async (): Promise<Known> => {
    const provider = await readProvider();
    if (provider === null) return { provider, identity: null };
    const [identity = null] = await session.use(listIdentities);
    return { provider, identity };
  }, [session]);
  const [{ value, failure }, ask] = useFresh(load);
  const [asks, setAsks] = useState<"join" | "part" | null>(null);
  const [sentence, setSentence] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const outcome = useStore(joining);
  const isKnown = value !== null;
  useEffect(() => {
    if (outcome !== null && isKnown) said.current?.focus();
  }, [outcome, isKnown]);
  // It is told once: whoever comes here again has seen it.
  useEffect(() => () => joining.set(null), []);
  if (value === null || value.provider === null) return null;
  const { provider, identity } = value;
  const complaint = sentence ?? failure?.message;

  function close(): void {
    setAsks(null);
    title.current?.focus();
  }

  async function join(password?: string): Promise<void> {
    leaveToJoin(await session.use((token) => wayToJoin(token, password)));
  }

  async function part(password?: string): Promise<void> {
    try {
      await session.use((token) => partIdentity(token, password));
    } catch (refusal) {
      // Parted already is what was wanted.
      if (!(refusal instanceof ApiError && refusal.code === "oidc_unknown")) throw refusal;
    }
    joining.set(null);
    ask();
    onChange();
    close();
  }

  async function tryTo(what: "join" | "part"): Promise<void> {
    setSentence(null);
    try {
      await (what === "join" ? join() : part());
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      if (needsPassword(refusal)) setAsks(what);
      else setSentence(refusal.message);
    }
  }

  return (
    <section class="card stack" aria-labelledby="other-account">
      <h2 id="other-account" ref={title} tabIndex={-1}>
        {provider}
      </h2>
      <p class="muted">Sign in with your account of {provider}, in the place of your password.</p>
      {outcome !== null && (
        <p ref={said} class="notice" role="status" tabIndex={-1}>
          {outcome}
        </p>
      )}
      {complaint && (
        <p class="form-error" role="alert">
          {complaint}
        </p>
      )}
      {identity === null ? (
        <p>None is joined to this one.</p>
      ) : (
        <Facts
          facts={[
            ["Joined", tell(identity.createdAt)],
            ["At", identity.issuer],
          ]}
        />
      )}
      {now()}
    </section>
  );

  function now() {
    if (asks !== null) {
      return (
        <PasswordStep
          submit={asks === "join" ? `Go on to ${provider}` : "Part it"}
          send={asks === "join" ? join : part}
          onBack={close}
        />
      );
    }
    if (identity !== null) {
      return (
        <Asking label="Part it …" yes="Yes, part it" no="Keep it" act={() => tryTo("part")}>
          Nobody can sign in here with it any more. Whoever has no password here gets in no more
          then. Part it?
        </Asking>
      );
    }
    return (
      <div class="choices">
        <button type="button" class="button" onClick={() => void tryTo("join")}>
          Join mine …
        </button>
      </div>
    );
  }
}
