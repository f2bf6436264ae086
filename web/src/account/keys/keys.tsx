/** API keys: which there are, making one, and revoking them. */

import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { type KnownKey, type MadeKey, revokeKey } from "../../api/account.ts";
import { ApiError } from "../../api/client.ts";
import type { Session } from "../../api/session.ts";
import type { Home } from "../../home/model.ts";
import type { Loaded } from "../../loaded.ts";
import { Asking } from "../asking.tsx";
import { Facts } from "../facts.tsx";
import { Some } from "../some.tsx";
import type { Tell } from "../times.ts";
import { KeyMaker } from "./key-maker.tsx";
import { seenBy, type Tick, ticksOf } from "./limits.ts";
import { scopesText } from "./scopes.ts";
import { Secret } from "./secret.tsx";

interface Props {
  readonly session: Session;
  readonly keys: Loaded<readonly KnownKey[]>;
  /** Null while it is not known. */
  readonly home: Home | null;
  readonly isLinked: boolean;
  readonly timeZone: string;
  readonly tell: Tell;
  readonly onChange: () => void;
}

export function Keys(props: Props) {
  const { session, keys, home, isLinked, timeZone, tell, onChange } = props;
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<MadeKey | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const ticks = useMemo(() => home && ticksOf(home), [home]);
  const { value, failure } = keys;

  const onDone = useCallback(() => {
    setMade(null);
    title.current?.focus();
  }, []);

  function onMade(next: MadeKey): void {
    setMaking(false);
    setMade(next);
    onChange();
  }

  function onClose(): void {
    setMaking(false);
    title.current?.focus();
  }

  async function revoke(id: string): Promise<void> {
    try {
      await session.use((token) => revokeKey(token, id));
    } catch (refusal) {
      // Revoked already is what was wanted.
      if (!(refusal instanceof ApiError && refusal.code === "key_unknown")) throw refusal;
    }
    title.current?.focus();
    onChange();
  }

  return (
    <section class="card stack" aria-labelledby="keys">
      <h2 id="keys" ref={title} tabIndex={-1}>
        API keys
      </h2>
      <p class="muted">
        A key lets a program in without your password. It never opens this account, and you can
        revoke it by itself.
      </p>
      {made && <Secret made={made} onDone={onDone} />}
      {failure && (
        <p class="form-error" role="alert">
          {failure.message}
        </p>
      )}
      {value === null && failure === null && <p class="muted">Loading …</p>}
      {value?.length === 0 && <p>There are none.</p>}
      {value && value.length > 0 && (
        <Some all={value} noun="keys">
          {(one) => (
            <Row
              key={one.id}
              {...{ one, tell }}
              ticks={ticks ?? []}
              onRevoke={() => revoke(one.id)}
            />
          )}
        </Some>
      )}
      {isMaking ? (
        <KeyMaker {...{ session, ticks, isLinked, timeZone, onMade, onClose }} />
      ) : (
        <div class="choices">
          <button
            type="button"
            class="button"
            onClick={() => {
              setMade(null);
              setMaking(true);
            }}
          >
            Make a key …
          </button>
        </div>
      )}
    </section>
  );
}

function Row({
  one,
  ticks,
  tell,
  onRevoke,
}: {
  readonly one: KnownKey;
  readonly ticks: readonly Tick[];
  readonly tell: Tell;
  readonly onRevoke: () => Promise<void>;
}) {
  const { name, prefix, scopes, createdAt, expiresAt, lastUsedAt } = one;
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  return (
    <li class="device">
      <h3>
        {name} {isOver && <span class="state offline">Its time is over</span>}
      </h3>
      <Facts
        facts={[
          ["Begins with", prefix],
          ["Good for", scopesText(scopes)],
          ["Sees", seenBy(one, ticks)?.join(", ") ?? "All that you see"],
          ["Made", tell(createdAt)],
          ["Last used", lastUsedAt === null ? "Never" : tell(lastUsedAt)],
          ["Ends", expiresAt === null ? "When you revoke it" : tell(expiresAt)],
        ]}
      />
      <Asking label="Revoke …" about={name} yes="Yes, revoke it" no="Keep it" act={onRevoke}>
        Programs that use {name} are shut out at once, and it can't be taken back. Revoke it?
      </Asking>
    </li>
  );
}
