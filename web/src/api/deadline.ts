/** When a request is given up: after a while, or when nobody wants it any more. */

export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether it was for taking too long. */
  isOver(): boolean;
  /** The request is done: nothing is waited for any more. */
  end(): void;
}

/** With a timer of its own: the browsers of old tablets have no `AbortSignal.timeout`, nor `any`. */
export function deadline(milliseconds: number, unwanted?: AbortSignal): Deadline {
  const controller = new AbortController();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    controller.abort();
  }, milliseconds);
  const giveUp = () => controller.abort();
  if (unwanted?.aborted) giveUp();
  unwanted?.addEventListener("abort", giveUp);
  return {
    signal: controller.signal,
    isOver: () => isOver,
    end() {
      clearTimeout(timer);
      unwanted?.removeEventListener("abort", giveUp);
    },
  };
}
