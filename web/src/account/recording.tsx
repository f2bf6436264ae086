/** What is recorded of the Emporia account, how far that is, and the choice of it. */

import { useCallback, useEffect, useState } from "preact/hooks";
import {
  type Recording as Choice,
  chooseRecording,
  type Recorder,
  readRecorder,
} from "../api/archive.ts";
import { ApiError } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { Facts } from "./facts.tsx";
import { recorderFacts, SECONDS, stateText } from "./recorder-words.ts";
import type { Tell } from "./times.ts";
import { useFresh } from "./use-fresh.ts";

interface Props {
  readonly session: Session;
  readonly tell: Tell;
  /** Something else was chosen. */
  readonly onChange: () => void;
}

export function Recording({ session, tell, onChange }: Props) {
  const load = useCallback(() => session.use(readRecorder), [session]);
  const [{ value, failure }, ask] = useFresh(load);
  const [chosen, setChosen] = useState<Partial<Choice> | null>(null);
  const [sentence, setSentence] = useState<string | null>(null);
  useEffect(() => setChosen(null), [value]);
  const facts = value ? recorderFacts(value, tell) : [];
  const complaint = sentence ?? failure?.message ?? null;

  /** Seen at once, and taken back where the gateway says no. */
  async function choose(choice: Partial<Choice>): Promise<void> {
    setChosen({ ...chosen, ...choice });
    setSentence(null);
    try {
      await session.use((token) => chooseRecording(token, choice));
      ask();
      onChange();
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      setChosen(null);
      setSentence(refusal.message);
    }
  }

  return (
    <section class="card stack" aria-labelledby="recording">
      <h2 id="recording">Recording</h2>
      <p class="muted">
        Emporia forgets seconds after three hours, minutes after seven days and quarter hours after
        a year. What the gateway records stays.
      </p>
      {complaint && (
        <p class="form-error" role="alert">
          {complaint}
        </p>
      )}
      {value === null && failure === null && <p class="muted">Loading …</p>}
      {value && (
        <>
          <p aria-live="polite">
            <strong>{stateText(value)}</strong>
          </p>
          {facts.length > 0 && <Facts facts={facts} />}
          <Choices recorder={{ ...value, ...chosen }} choose={choose} />
        </>
      )}
    </section>
  );
}

interface ChoicesProps {
  readonly recorder: Recorder;
  readonly choose: (choice: Partial<Choice>) => void;
}

function Choices({ recorder, choose }: ChoicesProps) {
  return (
    <fieldset class="key-choices">
      <legend>What to record</legend>
      <label class="check key-choice">
        <input
          type="checkbox"
          checked={recorder.minutes}
          onChange={({ currentTarget }) => choose({ minutes: currentTarget.checked })}
        />
        Minutes of every circuit
      </label>
      {SECONDS.map(([seconds, name]) => (
        <label key={seconds} class="check key-choice">
          <input
            type="radio"
            name="recorded-seconds"
            checked={recorder.seconds === seconds}
            onChange={() => choose({ seconds })}
          />
          {name}
        </label>
      ))}
      <p class="muted small">
        The hours and all that is wider are kept in any case. Seconds take many requests to Emporia:
        24 a day for each circuit. The choice is the Emporia account's: it counts for everybody who
        uses it here.
      </p>
    </fieldset>
  );
}
