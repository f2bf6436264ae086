/** Making a key: what it is to be, and the password where the gateway wants it once more. */

import { useMemo, useState } from "preact/hooks";
import { type MadeKey, makeKey } from "../../api/account.ts";
import { ApiError } from "../../api/client.ts";
import type { Session } from "../../api/session.ts";
import { needsPassword, PasswordStep } from "../password-step.tsx";
import { type DraftProblem, EMPTY_DRAFT, problemOf, requestOf } from "./draft.ts";
import { KeyForm } from "./key-form.tsx";
import type { Tick } from "./limits.ts";

interface Props {
  readonly session: Session;
  /** Null while the home is not known. */
  readonly ticks: readonly Tick[] | null;
  readonly isLinked: boolean;
  readonly timeZone: string;
  readonly onMade: (made: MadeKey) => void;
  readonly onClose: () => void;
}

/** A new object at each try, so that whoever tries in vain is led there again. */
interface Refusal {
  readonly problem: DraftProblem | null;
  readonly sentence: string | null;
}

const NO_REFUSAL: Refusal = { problem: null, sentence: null };

export function KeyMaker({ session, ticks, isLinked, timeZone, onMade, onClose }: Props) {
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState(NO_REFUSAL);
  const known = useMemo(() => ticks ?? [], [ticks]);

  async function make(password?: string): Promise<void> {
    const request = requestOf(draft, { ticks: known, timeZone });
    onMade(await session.use((token) => makeKey(token, request, password)));
  }

  async function send(): Promise<void> {
    const problem = problemOf(draft, { now: Date.now(), timeZone });
    setRefusal({ problem, sentence: null });
    if (problem) return;
    setBusy(true);
    try {
      await make();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      if (needsPassword(failure)) setAsked(true);
      else setRefusal({ problem: null, sentence: failure.message });
    } finally {
      setBusy(false);
    }
  }

  if (isAsked) {
    return <PasswordStep submit="Make the key" send={make} onBack={() => setAsked(false)} />;
  }
  return (
    <KeyForm
      {...{ draft, ticks, isBusy, onClose, ...refusal }}
      onDraft={setDraft}
      whyNoTicks={
        isLinked
          ? "Your devices are not known yet: wait a moment to tick some of them."
          : "To tick some of your devices, link an Emporia account first."
      }
      onSend={() => void send()}
    />
  );
}
