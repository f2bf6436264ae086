/** Which bucket is read, and which ones are selected; by index, for pointer and keyboard alike. */

export interface Crosshair {
  /** Null is nowhere. */
  readonly at: number | null;
  /** Where a selection began; null without one. */
  readonly anchor: number | null;
}

/** Both inclusive. */
export interface Selected {
  readonly from: number;
  readonly to: number;
}

export const NOWHERE: Crosshair = { at: null, anchor: null };

/** Read the bucket; what was selected no longer is. */
export function placed(at: number | null): Crosshair {
  return { at, anchor: null };
}

/** Select from where the selection began, or from where the crosshair was. */
export function extendedTo(crosshair: Crosshair, at: number): Crosshair {
  return { at, anchor: crosshair.anchor ?? crosshair.at ?? at };
}

/** So many buckets further within so many; from nowhere it comes in at `entry`. */
export function steppedTo(
  { at }: Crosshair,
  by: number,
  { count, entry }: { readonly count: number; readonly entry: number },
): number {
  const to = at === null ? entry : at + by;
  return Math.min(Math.max(to, 0), count - 1);
}

export function selectedOf({ at, anchor }: Crosshair): Selected | null {
  if (at === null || anchor === null) return null;
  return { from: Math.min(at, anchor), to: Math.max(at, anchor) };
}
