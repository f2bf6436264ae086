/** The chart and its figures as files. */

import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { chartImage } from "../../charts/history-chart-image.ts";
import { fileNameOf } from "../../history/figures/files.ts";
import { sceneCaption, sceneCsv } from "../../history/scene/scene-files.ts";
import type { History } from "../../history/use-history.ts";
import { saveFile } from "../../save-file.ts";

interface Props {
  readonly history: History;
  /** What is drawn now. */
  readonly canvas: RefObject<() => HTMLCanvasElement | null>;
}

export function HistoryFiles({ history: { scene, name }, canvas }: Props) {
  const [complaint, setComplaint] = useState<string | null>(null);
  const isEmpty = scene.lines.length === 0;

  function saveCsv(): void {
    if (isEmpty) return;
    saveFile(new Blob([sceneCsv(scene)], { type: "text/csv;charset=utf-8" }), nameAs("csv"));
  }

  async function savePng(): Promise<void> {
    const drawn = canvas.current?.();
    if (isEmpty || !drawn) return;
    try {
      saveFile(await chartImage(drawn, sceneCaption(scene, name)), nameAs("png"));
      setComplaint(null);
    } catch (failure) {
      if (!(failure instanceof Error)) throw failure;
      setComplaint(failure.message);
    }
  }

  return (
    <div class="history-files">
      <button type="button" class="button" aria-disabled={isEmpty} onClick={saveCsv}>
        Download CSV
      </button>
      <button type="button" class="button" aria-disabled={isEmpty} onClick={savePng}>
        Download PNG
      </button>
      {complaint && (
        <p class="form-error" role="alert">
          {complaint}
        </p>
      )}
    </div>
  );

  function nameAs(kind: "csv" | "png"): string {
    return fileNameOf(name, scene.plan, kind);
  }
}
