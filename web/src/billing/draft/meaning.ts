/** Whether two things that the gateway takes are the same to it. */

/** What is left out means these, or nothing. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  tiersBy: "bill",
  limitsPer: "period",
  settlePrice: "0",
  by: "month",
  observed: false,
};
/** Lists whose order says nothing. */
const SETS = new Set(["on", "panels", "names", "days"]);

export function meanTheSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(stripped(one)) === JSON.stringify(stripped(other));
}

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, ordered(name, stripped(inner))] as const)
    .filter(([name, inner]) => !isNothing(inner) && DEFAULTS[name] !== inner)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(kept);
}

function ordered(name: string, value: unknown): unknown {
  return SETS.has(name) && Array.isArray(value) ? [...value].sort() : value;
}

function isNothing(value: unknown): boolean {
  if (value == null) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
