/** Files of Emporia's own export, on their way into the archive. */

import { ApiError, call } from "./client.ts";

/** How an import goes; null is what nobody knows yet. Times are ISO 8601 in UTC. */
export interface Import {
  readonly id: string;
  readonly state: string;
  readonly bytes: number;
  readonly bytesRead: number;
  readonly lines: number | null;
  readonly scale: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly bucketsTaken: number;
  readonly bucketsKnown: number;
  readonly bucketsDiffering: number;
  readonly unmatched: readonly { readonly column: string; readonly reason: string }[];
  readonly error: { readonly line: number | null; readonly message: string } | null;
  readonly endedAt: string | null;
}

interface Answer {
  readonly import: Import;
}

/** Send a file; `columns` are series, as `gid:channel`, of columns that no name leads to, "" none. */
export async function sendImport(
  token: string,
  file: File,
  columns: ReadonlyMap<string, string>,
): Promise<Import> {
  const search = new URLSearchParams({ file: file.name.slice(-255) });
  for (const [column, series] of columns) {
    if (series) search.append("column", `${column}=${series}`);
  }
  return (await call<Answer>("POST", `/import?${search}`, { token, file })).import;
}

/** The one that was begun last; null where there is none. */
export async function readImport(token: string): Promise<Import | null> {
  try {
    return (await call<Answer>("GET", "/import", { token })).import;
  } catch (failure) {
    if (failure instanceof ApiError && failure.code === "import_unknown") return null;
    throw failure;
  }
}
