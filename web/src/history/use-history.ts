/** A history as a component sees it: what is selected, what of it is there, and what can be done. */

import { useEffect, useMemo, useState } from "preact/hooks";
import type { Session } from "../api/session.ts";
import type { Scale } from "../api/wire.ts";
import type { Home, HomeDevice } from "../home/model.ts";
import { historyQuery } from "../route.ts";
import { useStore } from "../store.ts";
import { addressed, addressOf } from "./address.ts";
import { locationOf } from "./choices.ts";
import { keptFor } from "./kept-history.ts";
import { type Preset, presetSpan } from "./presets.ts";
import type { Measure } from "./scene/measure.ts";
import {
  type LoadState,
  loadStateOf,
  planOf,
  type Scene,
  sceneOf,
  wantedOf,
} from "./scene/scene.ts";
import {
  firstSelection,
  keptUp,
  lookedAt,
  lookedCloser,
  renewed,
  resumed,
  type Selection,
  type Sight,
  toggled,
  wentBack,
  withAll,
  withDevice,
} from "./scene/selection.ts";
import { zoomedIn, zoomedOut, zoomedTo } from "./scene/zoom.ts";
import { type Span, type Stretch, shifted, spanOf } from "./span.ts";
import { type Manner, useAddress } from "./use-address.ts";
import { useClockWatch } from "./use-clock-watch.ts";

export interface History {
  /** Whose calendar is followed. */
  readonly device: HomeDevice;
  /** Whose series are offered. */
  readonly name: string;
  readonly selection: Selection;
  readonly scene: Scene;
  readonly loading: LoadState;
  readonly actions: Actions;
  /** Milliseconds since 1970 at the gateway. */
  readonly now: () => number;
}

export interface Actions {
  chooseDevice(device: HomeDevice): void;
  /** Offer the series of all devices in one list. */
  chooseAll(): void;
  toggle(key: string): void;
  choosePreset(preset: Preset): void;
  chooseStretch(stretch: Stretch): void;
  chooseScale(scale: Scale | null): void;
  chooseMeasure(measure: Measure): void;
  compare(compares: boolean): void;
  zoomTo(part: Stretch): void;
  /** Around an instant, or around the middle. */
  zoomIn(around: number | null): void;
  zoomOut(): void;
  back(): void;
  /** So many of its own lengths later; negative is earlier. */
  pan(times: number): void;
  refresh(): void;
  retry(): void;
}

interface Circumstances {
  readonly session: Session;
  readonly home: Home;
  /** Where somebody begins who was not here before. */
  readonly first: HomeDevice;
  /** Milliseconds since 1970 at the gateway. */
  readonly now: () => number;
}

export function useHistory({ session, home, first, now }: Circumstances): History {
  const kept = keptFor(session, now);
  const { loader } = kept;
  const [held, setSelection] = useState(() => {
    const last = kept.selection && resumed(kept.selection, home, now());
    return addressed(historyQuery() ?? "", last ?? firstSelection(first, now()), home, now());
  });
  const loads = useStore(loader.loads);
  const device = home.byGid.get(held.gid) ?? first;
  const selection = device.gid === held.gid ? held : firstSelection(device, held.now);
  const plan = useMemo(() => planOf(selection, home), [selection, home]);
  const scene = useMemo(() => sceneOf(plan, loads), [plan, loads]);
  const loading = useMemo(() => loadStateOf(plan, loads), [plan, loads]);

  useEffect(() => {
    kept.selection = selection;
    loader.want(wantedOf(plan));
  }, [kept, loader, plan, selection]);
  useEffect(() => () => loader.want([]), [loader]);
  const keepAddress = useAddress(addressOf(selection), (query) =>
    setSelection((newest) => addressed(query, newest, home, now())),
  );

  const location = locationOf(device);
  const here = () => ({ now: now(), location });
  // From the newest selection: keys may come faster than the page is drawn.
  const alter = (next: (old: Selection) => Selection, manner: Manner = "entry") => {
    keepAddress(manner);
    setSelection((newest) => next(newest.gid === device.gid ? newest : selection));
  };
  useClockWatch(kept, {
    onMinute: () => alter((old) => keptUp(old, device, now()), "in-place"),
    onCorrection() {
      // What was had is as of another time than was thought; the new selection asks for it anew.
      loader.end();
      alter((old) => renewed(old, device, now()), "in-place");
    },
  });
  const look = (sightOf: (old: Selection) => Sight) =>
    alter((old) => lookedAt(old, sightOf(old), now()));
  const lookCloser = (spanOf: (old: Selection) => Span) =>
    alter((old) => lookedCloser(old, spanOf(old), now()));
  const actions: Actions = {
    chooseDevice: (next) => alter((old) => withDevice(old, next, now())),
    chooseAll: () => alter((old) => withAll(old, home)),
    toggle: (key) => alter((old) => toggled(old, key), "in-place"),
    choosePreset: (preset) =>
      look(() => ({ preset, span: presetSpan(preset, now(), location), scale: null })),
    chooseStretch: (stretch) =>
      look(() => ({ preset: null, span: spanOf(stretch, location), scale: null })),
    chooseScale: (scale) => alter((old) => ({ ...old, scale })),
    chooseMeasure: (measure) => alter((old) => ({ ...old, measure })),
    compare: (compares) => alter((old) => ({ ...old, compares })),
    zoomTo: (part) => lookCloser(() => zoomedTo(part, here())),
    zoomIn: (around) => lookCloser(({ span }) => zoomedIn(span, around ?? middleOf(span), here())),
    zoomOut: () =>
      look(({ span }) => ({ preset: null, span: zoomedOut(span, here()), scale: null })),
    back: () => alter((old) => wentBack(old, device, now())),
    pan: (times) =>
      look(({ span, scale }) => ({ preset: null, span: shifted(span, times, location), scale })),
    refresh() {
      const next = renewed(selection, device, now());
      const isMoved = next.span.start !== selection.span.start;
      alter((old) => renewed(old, device, now()), "in-place");
      if (!isMoved) loader.refresh();
    },
    retry: () => loader.refresh("failed"),
  };
  const name = selection.isWhole ? "All devices" : device.name;
  return { device, name, selection, scene, loading, actions, now };
}

function middleOf({ start, end }: Stretch): number {
  return (start + end) / 2;
}
