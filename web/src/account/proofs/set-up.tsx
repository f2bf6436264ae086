/** The secret of a second factor, for the app; then a code that shows that the app has it. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { confirmSecondFactor, type SetUp } from "../../api/proofs.ts";
import type { Session } from "../../api/session.ts";
import { RequestForm } from "../../views/form.tsx";
import { copied } from "../copied.ts";
import { CODE, isAboutCode } from "./code-field.ts";
import { grouped } from "./grouped.ts";
import { QrCode } from "./qr-code.tsx";

interface Props {
  readonly session: Session;
  readonly setUp: SetUp;
  readonly onOn: (recoveryCodes: readonly string[]) => void;
  readonly onClose: () => void;
}

export function SetUpSteps({ session, setUp: { secret, uri }, onOn, onClose }: Props) {
  const [said, setSaid] = useState("");
  const shown = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  useEffect(() => {
    // A browser may keep a page that was left, and show it again as it was.
    window.addEventListener("pagehide", onClose);
    return () => window.removeEventListener("pagehide", onClose);
  }, [onClose]);

  async function confirm(values: ReadonlyMap<string, string>): Promise<void> {
    const code = values.get("code") ?? "";
    onOn(await session.use((token) => confirmSecondFactor(token, code)));
  }

  return (
    <>
      <div class="secret stack">
        <h3 ref={title} tabIndex={-1}>
          Tell your authenticator app
        </h3>
        <p>
          Let the app scan this, or type the secret into it. Whoever has the secret can make your
          codes.
        </p>
        <QrCode text={uri} label="QR code of the secret that stands below" />
        <code ref={shown} class="secret-text">
          {grouped(secret)}
        </code>
        <div class="choices">
          <button
            type="button"
            class="button"
            onClick={() => void copied(secret, shown.current).then(setSaid)}
          >
            Copy the secret
          </button>
          <a class="button" href={uri}>
            Open in an app on this device
          </a>
          <span role="status">{said}</span>
        </div>
      </div>
      <RequestForm
        fields={[{ ...CODE, hint: "The six digits that the app shows now." }]}
        submit="Switch it on"
        send={confirm}
        blame={({ code }) => (isAboutCode(code) ? "code" : null)}
      />
      <button type="button" class="button" onClick={onClose}>
        Not now
      </button>
    </>
  );
}
