/** What went wrong with a request, in a sentence, and by which code. */

import { isRecord } from "../record.ts";

export const UNREACHABLE = "The gateway can't be reached.";
export const UNREADABLE = "The gateway gave an answer that could not be read.";

/** A refusal or a failure; its message is a sentence to show to a person. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    message: string,
    /** The HTTP status; 0 where the gateway can't be reached. */
    readonly status: number,
    /** What to decide by, as the gateway's table of codes has it; "" where nobody named one. */
    readonly code = "",
    /** How long the gateway wants to be left alone with it; 0 where it does not say. */
    readonly pauseMilliseconds = 0,
  ) {
    super(message);
  }
}

/** What an answer says that is none of success; a page comes from something in between. */
export function refusalIn(text: string, answer: Response): ApiError {
  const content = contentOf(text);
  return content === undefined ? failureInBetween(answer.status) : refusalOf(content, answer);
}

/** Undefined is what is no JSON, such as a page. */
export function contentOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A page where JSON should be; its status says nothing of the gateway, which was not asked. */
export function failureInBetween(status: number): ApiError {
  if (status >= 500) return new ApiError(UNREACHABLE, 0);
  return new ApiError(
    `Something in front of the gateway, such as a proxy, answered in its place (${status}). ` +
      "It may want you to sign in there: load the page again.",
    0,
  );
}

/** A problem of RFC 9457, as far as it is one. */
function refusalOf(content: unknown, { status, headers }: Response): ApiError {
  const { detail, code } = isRecord(content) ? content : {};
  return new ApiError(
    typeof detail === "string" ? detail : UNREADABLE,
    status,
    typeof code === "string" ? code : "",
    Math.max(0, Number(headers.get("Retry-After")) || 0) * 1_000,
  );
}
