/** New recovery codes: shown this once, to be kept where the app is not. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { saveFile } from "../../save-file.ts";
import { copied } from "../copied.ts";

const FILE_NAME = "recovery-codes.txt";

interface Props {
  readonly codes: readonly string[];
  /** Whose they are. */
  readonly email: string;
  readonly onDone: () => void;
}

export function RecoveryCodes({ codes, email, onDone }: Props) {
  const [said, setSaid] = useState("");
  const [isKept, setKept] = useState(false);
  const shown = useRef<HTMLOListElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  useEffect(() => {
    // A browser may keep a page that was left, and show it again as it was.
    window.addEventListener("pagehide", onDone);
    return () => window.removeEventListener("pagehide", onDone);
  }, [onDone]);

  function download(): void {
    const lines = [`Recovery codes of ${email} at ${window.location.host}`, "", ...codes, ""];
    saveFile(new Blob([lines.join("\n")], { type: "text/plain;charset=utf-8" }), FILE_NAME);
    setSaid(`Saved as ${FILE_NAME}.`);
  }

  return (
    <div class="secret stack">
      <h3 ref={title} tabIndex={-1}>
        Your recovery codes
      </h3>
      <p>
        Each of them lets you in once, in the place of a code, when the app is lost. They are shown
        this once: keep them where you find them without the device that has the app.
      </p>
      <ol ref={shown} class="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="choices">
        <button
          type="button"
          class="button primary"
          onClick={() => void copied(codes.join("\n"), shown.current).then(setSaid)}
        >
          Copy the codes
        </button>
        <button type="button" class="button" onClick={download}>
          Download as text
        </button>
        <span role="status">{said}</span>
      </div>
      <label class="check">
        <input type="checkbox" checked={isKept} onChange={() => setKept(!isKept)} />I have kept them
      </label>
      <button type="button" class="button" disabled={!isKept} onClick={onDone}>
        Show them no more
      </button>
    </div>
  );
}
