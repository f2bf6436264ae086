/** What can't be taken back is asked about before it is done. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../api/client.ts";

interface QuestionProps {
  /** The question itself. */
  readonly children: ComponentChildren;
  readonly yes: string;
  readonly no: string;
  readonly act: () => Promise<void>;
  readonly onNo: () => void;
}

export function Question({ children, yes, no, act, onNo }: QuestionProps) {
  const [sentence, setSentence] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const question = useRef<HTMLParagraphElement>(null);
  // Before anything can be typed: a focus that comes late takes the keys of whoever is quick.
  useLayoutEffect(() => question.current?.focus(), []);

  async function onYes(): Promise<void> {
    setBusy(true);
    setSentence(null);
    try {
      await act();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setSentence(failure.message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <p ref={question} tabIndex={-1}>
        {children}
      </p>
      <div class="choices">
        <button type="button" class="button danger" disabled={isBusy} onClick={() => void onYes()}>
          {isBusy ? "One moment …" : yes}
        </button>
        <button type="button" class="button" onClick={onNo}>
          {no}
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
