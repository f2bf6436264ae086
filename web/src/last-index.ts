/** Where the last one is that fits, -1 where none is: old tablets have no `findLastIndex`. */
export function lastIndexOf<T>(
  values: readonly T[],
  fits: (value: T, index: number) => boolean,
): number {
  for (let index = values.length - 1; index >= 0; index -= 1) {
    if (fits(values[index] as T, index)) return index;
  }
  return -1;
}
