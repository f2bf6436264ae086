/** A new key's secret: shown this once, and kept nowhere. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { MadeKey } from "../../api/account.ts";
import { copied } from "../copied.ts";

interface Props {
  readonly made: MadeKey;
  readonly onDone: () => void;
}

export function Secret({ made: { key, secret }, onDone }: Props) {
  const [said, setSaid] = useState("");
  const shown = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  useEffect(() => {
    // A browser may keep a page that was left, and show it again as it was.
    window.addEventListener("pagehide", onDone);
    return () => window.removeEventListener("pagehide", onDone);
  }, [onDone]);

  async function copy(): Promise<void> {
    setSaid(await copied(secret, shown.current));
  }

  return (
    <div class="secret stack">
      <h3 ref={title} tabIndex={-1}>
        Your new key “{key.name}”
      </h3>
      <p>
        Copy it now: it is shown this once, and nobody can show it again. Whoever has it may do what
        it is good for.
      </p>
      <code ref={shown} class="secret-text">
        {secret}
      </code>
      <div class="choices">
        <button type="button" class="button primary" onClick={() => void copy()}>
          Copy the key
        </button>
        <button type="button" class="button" onClick={onDone}>
          I have it
        </button>
        <span role="status">{said}</span>
      </div>
    </div>
  );
}
