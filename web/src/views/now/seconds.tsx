/** The choice between what is newest and true seconds, and what those are. */

import type { HomePower } from "../../home/power.ts";
import type { SecondsChoice } from "../../live/use-seconds.ts";

interface Props {
  readonly seconds: SecondsChoice;
  readonly homes: readonly HomePower[];
}

/** Nothing where no home is one panel: the seconds of a part would pass for the whole. */
export function Seconds({ seconds: { panel, notice, choose }, homes }: Props) {
  const alone = homes.find(({ gids }) => gids.length === 1)?.gids[0];
  const shown = panel ?? alone;
  if (shown === undefined) return null;
  return (
    <div class="seconds small">
      <fieldset>
        <legend class="visually-hidden">What is shown</legend>
        <label>
          <input
            type="radio"
            name="seconds"
            checked={panel === null}
            onChange={() => choose(null)}
          />
          Live
        </label>
        <label>
          <input
            type="radio"
            name="seconds"
            checked={panel !== null}
            onChange={() => choose(shown)}
          />
          True seconds, about a minute late
        </label>
      </fieldset>
      {panel !== null && (
        <p class="muted">
          Every second as it was measured, of the mains alone: what each circuit draws is not known
          by the second. Emporia measures seconds only while its app is open somewhere.
        </p>
      )}
      {notice && <p role="alert">{notice}</p>}
    </div>
  );
}
