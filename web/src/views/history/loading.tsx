/** How far the series are there: what is under way, how old it is, and what failed and why. */

import { useMemo } from "preact/hooks";
import { ENGLISH } from "../../english.ts";
import type { History } from "../../history/use-history.ts";
import { useSecondsUntil } from "../use-seconds-until.ts";

interface Props {
  readonly history: History;
}

export function HistoryLoading({ history: { loading, device, actions } }: Props) {
  const { waiting, all, asOf } = loading;
  const clock = useMemo(
    () =>
      new Intl.DateTimeFormat(ENGLISH, {
        timeZone: device.timeZone,
        hour: "numeric",
        minute: "2-digit",
      }),
    [device.timeZone],
  );
  return (
    <div class="history-loading">
      <p class="muted small" role="status">
        {waiting > 0 && `Loading ${all - waiting + 1} of ${all} …`}
        {waiting === 0 && asOf !== null && `As of ${clock.format(asOf)}`}
      </p>
      <button type="button" class="history-refresh" onClick={actions.refresh}>
        Refresh
      </button>
    </div>
  );
}

export function HistoryFailures({ history: { loading, actions } }: Props) {
  const seconds = useSecondsUntil(loading.pausedUntil);
  if (loading.failures.length === 0) return null;
  return (
    <div class="history-failures" role="alert">
      {loading.failures.map(({ sentence, labels }) => (
        <p key={sentence}>
          {sentence} <span class="small">({labels.join("; ")})</span>
        </p>
      ))}
      <button type="button" class="button" onClick={actions.retry}>
        Try again
      </button>
      {/* Whoever hears the failure read aloud is not counted down to. */}
      {seconds > 0 && (
        <span class="small" aria-hidden="true">
          in {seconds} s
        </span>
      )}
    </div>
  );
}
