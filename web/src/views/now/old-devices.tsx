/** That Emporia can't be asked, and how old the devices are that the page shows all the same. */

import { ageText } from "../../format.ts";

export function OldDevices({ ageMilliseconds }: { readonly ageMilliseconds: number }) {
  return (
    <p class="old-devices small" data-testid="old-devices">
      <span class="badge">Old</span> Emporia can't be asked right now. These are the devices it
      listed <strong>{ageText(ageMilliseconds)} ago</strong>.
    </p>
  );
}
