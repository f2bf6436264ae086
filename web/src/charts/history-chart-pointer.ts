/** What a mouse, a pen or a finger does over a chart: read a bucket, or drag to select some. */

export interface PointerTakers {
  /** The bucket under the pointer; null when it leaves. */
  readonly read: (at: number | null) => void;
  /** The buckets that were dragged over so far. */
  readonly select: (from: number, to: number) => void;
  /** The drag ended there, with so much selected. */
  readonly take: (from: number, to: number) => void;
  /** The drag became something else, such as a finger's scrolling of the page. */
  readonly drop: () => void;
}

/** A hand is not steady: less than this is no drag. */
const LEAST_DRAG_PIXELS = 6;

interface Drag {
  readonly id: number;
  readonly x: number;
  readonly from: number;
  readonly isWide: boolean;
}

/** The answer ends it. */
export function takePointer(
  element: HTMLElement,
  indexAt: (clientX: number) => number | null,
  takers: PointerTakers,
): () => void {
  const ending = new AbortController();
  let drag: Drag | null = null;
  const on =
    (type: "pointerdown" | "pointermove" | "pointerup" | "pointercancel" | "pointerleave") =>
    (listener: (event: PointerEvent) => void) =>
      element.addEventListener(type, listener, { signal: ending.signal });

  on("pointerdown")((event) => {
    const from = indexAt(event.clientX);
    if (!event.isPrimary || event.button !== 0 || from === null) return;
    drag = { id: event.pointerId, x: event.clientX, from, isWide: false };
    element.setPointerCapture(event.pointerId);
    takers.read(from);
  });

  on("pointermove")((event) => {
    const to = indexAt(event.clientX);
    if (to === null || !event.isPrimary) return;
    if (drag?.id !== event.pointerId) {
      if (event.pointerType === "mouse") takers.read(to);
      return;
    }
    const isWide = drag.isWide || Math.abs(event.clientX - drag.x) >= LEAST_DRAG_PIXELS;
    drag = { ...drag, isWide };
    if (isWide) takers.select(drag.from, to);
  });

  on("pointerup")((event) => {
    if (drag?.id !== event.pointerId) return;
    const { from, isWide } = drag;
    drag = null;
    const to = indexAt(event.clientX);
    if (isWide && to !== null) takers.take(from, to);
  });

  on("pointercancel")(() => {
    drag = null;
    takers.drop();
  });

  on("pointerleave")((event) => {
    if (drag === null && event.pointerType === "mouse") takers.read(null);
  });

  return () => ending.abort();
}
