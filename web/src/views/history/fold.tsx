/** What a narrow screen folds under a line that tells what is set, and a wider one shows as it is. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

const WIDE = "(min-width: 600px)";

interface Props {
  readonly summary: string;
  readonly children: ComponentChildren;
}

export function HistoryFold({ summary, children }: Props) {
  const [isWide, setWide] = useState(() => window.matchMedia(WIDE).matches);
  useEffect(() => {
    const width = window.matchMedia(WIDE);
    const take = () => setWide(width.matches);
    take();
    width.addEventListener("change", take);
    return () => width.removeEventListener("change", take);
  }, []);
  if (isWide) return <>{children}</>;
  return (
    <details>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
