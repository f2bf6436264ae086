/** Says how the live connection is, in words, a shape and a colour. */

import { useFreshness } from "../live/use-freshness.ts";
import type { Live } from "../live/use-live.ts";
import { useStore } from "../store.ts";
import { useSecondsUntil } from "./use-seconds-until.ts";

export function LinkStateText({ live }: { readonly live: Live }) {
  const { connection } = live;
  const freshness = useFreshness(live);
  const state = useStore(connection.state);
  const isFailing = useStore(connection.isFailing);
  const hasSample = useStore(connection.frame) !== null;
  const until = state.kind === "waiting" ? state.until : null;
  const seconds = useSecondsUntil(until);
  switch (state.kind) {
    case "open":
      if (isFailing) {
        return (
          <Text look="broken">
            Emporia does not answer{hasSample && "; showing the last sample"}
          </Text>
        );
      }
      if (freshness?.kind === "replayed") return <Text look="open">A minute late</Text>;
      // Connected it may be, but what is shown is old.
      return freshness?.kind === "stale" ? (
        <Text look="broken">Not up to date</Text>
      ) : (
        <Text look="open">Live</Text>
      );
    case "connecting":
      return <Text look="pending">Connecting …</Text>;
    case "waiting":
      return (
        <Text look="broken">
          {/* Whoever hears the state read aloud is not counted down to. */}
          Connection lost; trying again{" "}
          <span aria-hidden="true">{seconds > 0 ? `in ${seconds} s` : "now"}</span>
        </Text>
      );
    case "ended":
      return <Text look="broken">Not live</Text>;
  }
}

function Text({
  look,
  children,
}: {
  readonly look: "open" | "pending" | "broken";
  readonly children: preact.ComponentChildren;
}) {
  return <span class={`link-state ${look}`}>{children}</span>;
}
