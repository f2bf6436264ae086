/** A month of some circuits, chosen, shown as it is printed, and taken along as a table. */

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ApiError } from "../../api/client.ts";
import type { Session } from "../../api/session.ts";
import { readStatement, readStatementTable } from "../../api/statement.ts";
import type { Home } from "../../home/model.ts";
import { gidOf, type HomePower } from "../../home/power.ts";
import { useLoaded } from "../../loaded.ts";
import { saveFile } from "../../save-file.ts";
import { Failure } from "../../views/failure.tsx";
import "../../styles/statement.css";
import { type Chosen, keepInAddress } from "./address.ts";
import { Choosing } from "./choosing.tsx";
import { billedOf } from "./circuits.ts";
import { monthsUntil } from "./months.ts";
import { Sheet } from "./sheet.tsx";

interface Props {
  readonly session: Session;
  readonly home: Home;
  readonly homes: readonly HomePower[];
  readonly now: () => number;
  readonly first: Chosen;
}

export function StatementView({ session, home, homes, now, first }: Props) {
  const choices = homes.map((power) => ({
    gid: gidOf(power),
    gids: power.gids,
    name: power.name ?? "Home",
  }));
  const [gid, setGid] = useState(first.home ?? choices[0]?.gid ?? 0);
  const [recipient, setRecipient] = useState("");
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set(first.series));
  const chosen = choices.find((one) => one.gids.includes(gid) || one.gid === gid) ?? choices[0];
  const timeZone = home.byGid.get(chosen?.gid ?? gid)?.timeZone ?? home.timeZone;
  const [today] = useState(now);
  const months = monthsUntil(today, timeZone);
  const [month, setMonth] = useState(first.month ?? months[1] ?? "");
  // A frame comes every second, with lists of its own: texts stay the same.
  const gids = chosen?.gids.join() ?? "";
  const circuits = useMemo(() => billedOf(home, gids.split(",").map(Number)), [home, gids]);
  const series = circuits.map((one) => one.series).filter((one) => ticked.has(one));
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);

  const names = series.join(" ");
  useEffect(
    () =>
      keepInAddress({ home: chosen?.gid ?? null, month, series: names ? names.split(" ") : [] }),
    [chosen?.gid, month, names],
  );
  return (
    <div class="costs statement">
      <p class="statement-way">
        <a href="#/costs">Back to the costs</a>
      </p>
      <h1 ref={title} tabIndex={-1}>
        Statement
      </h1>
      <Choosing
        homes={choices}
        home={chosen?.gid ?? gid}
        onHome={(one) => {
          setGid(one);
          setTicked(new Set());
        }}
        {...{ months, month, circuits, ticked, recipient }}
        onMonth={setMonth}
        onTick={setTicked}
        onRecipient={setRecipient}
      />
      {names === "" ? (
        <p class="card">Tick the circuits that it is for, and it stands here.</p>
      ) : (
        <Told
          session={session}
          query={`${chosen?.gid ?? gid} ${month} ${names}`}
          {...{ circuits, recipient }}
        />
      )}
    </div>
  );
}

interface ToldProps {
  readonly session: Session;
  /** The gid, the month and each series. */
  readonly query: string;
  readonly circuits: ReturnType<typeof billedOf>;
  readonly recipient: string;
}

function Told({ session, query, circuits, recipient }: ToldProps) {
  const asked = useMemo(() => {
    const [gid, month = "", ...series] = query.split(" ");
    return { home: Number(gid), month, series };
  }, [query]);
  const load = useCallback(
    async () => ({ query, statement: await session.use((token) => readStatement(token, asked)) }),
    [session, query, asked],
  );
  const [{ value, failure }, ask] = useLoaded(load);
  const [sentence, setSentence] = useState<string | null>(null);

  async function download(): Promise<void> {
    setSentence(null);
    try {
      const table = await session.use((token) => readStatementTable(token, asked));
      saveFile(new Blob([table], { type: "text/csv" }), `statement-${asked.month}.csv`);
    } catch (refusal) {
      if (!(refusal instanceof ApiError)) throw refusal;
      setSentence(refusal.message);
    }
  }
  if (failure !== null) return <Failure sentence={failure.message} onRetry={ask} />;
  if (value === null) return <p class="muted">Loading the statement …</p>;
  const isOld = value.query !== query;
  return (
    <>
      <div class="statement-acts choices" aria-busy={isOld}>
        <button type="button" class="button" disabled={isOld} onClick={() => window.print()}>
          Print
        </button>
        <button type="button" class="button" disabled={isOld} onClick={download}>
          Download CSV
        </button>
        {sentence && (
          <p class="form-error" role="alert">
            {sentence}
          </p>
        )}
      </div>
      <Sheet statement={value.statement} {...{ circuits, recipient }} />
    </>
  );
}
