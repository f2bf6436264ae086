/** A button that asks before it does anything, and takes the focus back where nothing was done. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Question } from "../views/question.tsx";

interface Props {
  readonly label: string;
  /** What it is about, for whoever can't see what stands around it. */
  readonly about?: string;
  /** The question. */
  readonly children: ComponentChildren;
  readonly yes: string;
  readonly no: string;
  readonly act: () => Promise<void>;
}

export function Asking({ label, about, children, yes, no, act }: Props) {
  const [isOpen, setOpen] = useState(false);
  const isBack = useRef(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen && isBack.current) button.current?.focus();
  }, [isOpen]);
  if (!isOpen) {
    return (
      <button ref={button} type="button" class="button small" onClick={() => setOpen(true)}>
        {label}
        {about && <span class="visually-hidden"> {about}</span>}
      </button>
    );
  }

  function close(): void {
    isBack.current = true;
    setOpen(false);
  }

  async function actAndClose(): Promise<void> {
    await act();
    // Whoever acted has led the focus on: this button may be gone with what it was about.
    isBack.current = false;
    setOpen(false);
  }
  return (
    <div class="stack question">
      <Question yes={yes} no={no} act={actAndClose} onNo={close}>
        {children}
      </Question>
    </div>
  );
}
