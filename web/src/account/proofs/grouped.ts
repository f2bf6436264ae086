/** Long texts as people read and type them. */

const GROUP = /.{1,4}/g;

/** In groups of four, which authenticator apps take as they are. */
export function grouped(text: string): string {
  return (text.match(GROUP) ?? []).join(" ");
}
