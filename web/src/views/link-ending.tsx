/** Until when the link to Emporia lasts, said in time to make it anew. */

import type { EmporiaLink } from "../api/wire.ts";
import { ENGLISH } from "../english.ts";

/** What is said of a link that is near its end; null where there is nothing to do. */
export function endingOf(link: EmporiaLink | null, now: number): string | null {
  if (link === null || link.endsAt === null || !link.endsSoon || link.keepsPassword) return null;
  return Date.parse(link.endsAt) > now
    ? `The link to Emporia ends about ${dayText(link.endsAt)}; link it again before.`
    : "The link to Emporia may end at any time; link it again now.";
}

/** How long a link lasts; null of one that is dead, which is told elsewhere. */
export function lastingOf(link: EmporiaLink): string | null {
  if (link.keepsPassword) return "It renews itself: its password is kept, sealed.";
  return link.endsAt === null ? null : `It lasts until about ${dayText(link.endsAt)}.`;
}

export function LinkEnding({ link }: { readonly link: EmporiaLink | null }) {
  const sentence = endingOf(link, Date.now());
  return sentence === null ? null : (
    <p class="old-devices small" data-testid="link-ending">
      <span class="badge">Soon</span> {sentence} <a href="#/account">Link again</a>
    </p>
  );
}

/** A day in the browser's own zone, such as `March 31`. */
function dayText(iso: string): string {
  return new Intl.DateTimeFormat(ENGLISH, { month: "long", day: "numeric" }).format(
    Date.parse(iso),
  );
}
