/** Closer, farther, earlier, later: the span that follows from the one that is looked at. */

import { bucketCeiling, bucketStart, type Location, nextBucket } from "../../time/buckets.ts";
import { automaticScale, shortestSpan } from "../scales.ts";
import { type Span, type Stretch, shifted, spanOf } from "../span.ts";

const YEAR_MILLISECONDS = 366 * 86_400_000;
const WIDEST_MILLISECONDS = 20 * YEAR_MILLISECONDS;

interface Circumstances {
  readonly now: number;
  readonly location: Location;
}

/** The selected part, no shorter than is worth looking at. */
export function zoomedTo(part: Stretch, { now, location }: Circumstances): Span {
  const missing = shortestSpan(part.start, now) - (part.end - part.start);
  if (missing <= 0) return spanOf(part, location);
  const start = bucketStart("1S", part.start - missing / 2, location);
  return spanOf({ start, end: start + shortestSpan(part.start, now) }, location);
}

/** Half of the span, around an instant in it. */
export function zoomedIn(span: Span, around: number, circumstances: Circumstances): Span {
  const half = (span.end - span.start) / 2;
  const start = Math.min(Math.max(around - half / 2, span.start), span.end - half);
  return zoomedTo(rounded({ start, end: start + half }, circumstances), circumstances);
}

/** Twice the span, around the same middle but not beyond today. */
export function zoomedOut(span: Span, circumstances: Circumstances): Span {
  const { now, location } = circumstances;
  const length = Math.min(2 * (span.end - span.start), WIDEST_MILLISECONDS);
  const latest = Math.max(span.end, endOfToday(circumstances));
  const end = Math.min((span.start + span.end + length) / 2, latest);
  const wider = rounded({ start: end - length, end }, { now, location });
  return spanOf({ start: wider.start, end: Math.min(wider.end, latest) }, location);
}

export function canZoomIn(span: Span, now: number): boolean {
  return span.end - span.start > shortestSpan(span.start, now);
}

export function canZoomOut(span: Span): boolean {
  return span.end - span.start < WIDEST_MILLISECONDS;
}

export function canGoLater(span: Span, { now, location }: Circumstances): boolean {
  return shifted(span, 1, location).start <= now;
}

/** The whole buckets that hold the stretch. */
function rounded(stretch: Stretch, { now, location }: Circumstances): Stretch {
  const scale = automaticScale(stretch, now);
  return {
    start: bucketStart(scale, stretch.start, location),
    end: bucketCeiling(scale, stretch.end, location),
  };
}

function endOfToday({ now, location }: Circumstances): number {
  return nextBucket("1D", bucketStart("1D", now, location), location);
}
