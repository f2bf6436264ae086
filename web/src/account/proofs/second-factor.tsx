/** A code beside the password: switched on, looked after, and switched off again. */

import { useCallback, useRef, useState } from "preact/hooks";
import { ApiError } from "../../api/client.ts";
import {
  beginSecondFactor,
  type Proof,
  readSecondFactor,
  renewRecoveryCodes,
  type SecondFactor,
  type SetUp,
  switchOffSecondFactor,
} from "../../api/proofs.ts";
import type { Session } from "../../api/session.ts";
import { Facts } from "../facts.tsx";
import { needsPassword, PasswordStep } from "../password-step.tsx";
import type { Tell } from "../times.ts";
import { useFresh } from "../use-fresh.ts";
import { ProofForm } from "./proof-form.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SetUpSteps } from "./set-up.tsx";

type Step =
  | "status"
  | "password"
  | "renew"
  | "off"
  | { setUp: SetUp }
  | { codes: readonly string[] };

interface Props {
  readonly session: Session;
  readonly email: string;
  readonly tell: Tell;
  readonly onChange: () => void;
}

export function SecondFactorCard({ session, email, tell, onChange }: Props) {
  const load = useCallback(() => session.use(readSecondFactor), [session]);
  const [{ value, failure }, ask] = useFresh(load);
  const [step, setStep] = useState<Step>("status");
  const [sentence, setSentence] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const complaint = sentence ?? failure?.message;

  /** What asked is gone: whoever uses keys goes on at the title. */
  const close = useCallback(() => {
    setStep("status");
    title.current?.focus();
  }, []);

  function changed(next: Step): void {
    ask();
    onChange();
    if (next === "status") close();
    else setStep(next);
  }

  async function begin(password?: string): Promise<void> {
    setStep({ setUp: await session.use((token) => beginSecondFactor(token, password)) });
  }

  async function tryToBegin(): Promise<void> {
    setSentence(null);
    try {
      await begin();
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      if (needsPassword(refusal)) return setStep("password");
      setSentence(refusal.message);
      ask();
    }
  }

  async function renew(proof: Proof): Promise<void> {
    changed({ codes: await session.use((token) => renewRecoveryCodes(token, proof)) });
  }

  async function switchOff(proof: Proof): Promise<void> {
    await session.use((token) => switchOffSecondFactor(token, proof));
    changed("status");
  }

  return (
    <section class="card stack" aria-labelledby="second-factor">
      <h2 id="second-factor" ref={title} tabIndex={-1}>
        Second factor
      </h2>
      <p class="muted">
        A code of an authenticator app, asked for beside your password whenever you sign in.
      </p>
      {complaint && (
        <p class="form-error" role="alert">
          {complaint}
        </p>
      )}
      {value === null && failure === null && <p class="muted">Loading …</p>}
      {value && <Status factor={value} tell={tell} />}
      {value && now()}
    </section>
  );

  function now() {
    if (step === "password") {
      return <PasswordStep submit="Go on" send={begin} onBack={close} />;
    }
    if (step === "renew") {
      return (
        <ProofForm
          sentence="You get ten new codes, and the old ones are good for nothing any more."
          submit="Make new codes"
          keep="Keep the old ones"
          send={renew}
          onBack={close}
        />
      );
    }
    if (step === "off") {
      return (
        <ProofForm
          sentence="From then on your password alone lets you in. The recovery codes are erased."
          submit="Switch it off"
          danger
          keep="Keep it on"
          send={switchOff}
          onBack={close}
        />
      );
    }
    if (step !== "status") {
      if ("codes" in step)
        return <RecoveryCodes {...{ email }} codes={step.codes} onDone={close} />;
      return (
        <SetUpSteps
          session={session}
          setUp={step.setUp}
          onOn={(codes) => changed({ codes })}
          onClose={close}
        />
      );
    }
    return (
      <div class="choices">
        {value?.on ? (
          <>
            <button type="button" class="button" onClick={() => setStep("renew")}>
              New recovery codes …
            </button>
            <button type="button" class="button" onClick={() => setStep("off")}>
              Switch it off …
            </button>
          </>
        ) : (
          <button type="button" class="button" onClick={() => void tryToBegin()}>
            Set it up …
          </button>
        )}
      </div>
    );
  }
}

function Status({ factor, tell }: { readonly factor: SecondFactor; readonly tell: Tell }) {
  const { since, recoveryCodesLeft } = factor;
  if (since === null) return <p>It is off.</p>;
  return (
    <Facts
      facts={[
        ["On since", tell(since)],
        ["Recovery codes left", String(recoveryCodesLeft)],
      ]}
    />
  );
}
