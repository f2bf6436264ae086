/** The ways around in time, for those who do not drag. */

import { canGoLater, canZoomIn, canZoomOut } from "../../history/scene/zoom.ts";
import type { History } from "../../history/use-history.ts";

interface Props {
  readonly history: History;
  readonly onZoomIn: () => void;
}

export function HistoryWays({ history: { selection, scene, actions }, onZoomIn }: Props) {
  const { span, past, now } = selection;
  const here = { now, location: scene.plan.location };
  const ways: readonly Way[] = [
    { sign: "‹", name: "Earlier", isOpen: true, go: () => actions.pan(-1) },
    { sign: "›", name: "Later", isOpen: canGoLater(span, here), go: () => actions.pan(1) },
    { sign: "+", name: "Zoom in", isOpen: canZoomIn(span, now), go: onZoomIn },
    { sign: "−", name: "Zoom out", isOpen: canZoomOut(span), go: actions.zoomOut },
    { sign: "↶", name: "Back", isOpen: past.length > 0, go: actions.back },
  ];
  return (
    <fieldset class="history-ways">
      <legend class="visually-hidden">Ways around in time</legend>
      {ways.map(({ sign, name, isOpen, go }) => (
        <button
          key={name}
          type="button"
          class="button"
          aria-disabled={!isOpen}
          onClick={() => isOpen && go()}
        >
          <span aria-hidden="true">{sign}</span> <span class="history-way-name">{name}</span>
        </button>
      ))}
    </fieldset>
  );
}

interface Way {
  readonly sign: string;
  readonly name: string;
  readonly isOpen: boolean;
  readonly go: () => void;
}
