/** What could not be had, in the gateway's own sentence, and a way to try again. */

interface Props {
  readonly sentence: string;
  readonly onRetry: () => void;
}

export function Failure({ sentence, onRetry }: Props) {
  return (
    <section class="card stack narrow" role="alert">
      <p>{sentence}</p>
      <div class="choices">
        <button type="button" class="button primary" onClick={onRetry}>
          Try again
        </button>
        <a href="#/account">Account</a>
      </div>
    </section>
  );
}
