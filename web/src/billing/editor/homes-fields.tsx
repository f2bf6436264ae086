/** Which homes a tariff is for, where there may be several. */

import type { Home } from "../../home/model.ts";
import type { Draft } from "../draft/draft.ts";
import { Choice, Ticks, type Ways } from "./fields.tsx";

interface Props {
  readonly home: Home;
  readonly draft: Draft;
  readonly ways: Ways;
  readonly onChange: (part: Partial<Draft>) => void;
}

const FOR = [
  ["all", "All homes that have no tariff of their own"],
  ["some", "Only the homes with these panels"],
] as const;

export function HomesFields({ home, draft: { isForAll, panels }, ways, onChange }: Props) {
  return (
    <>
      <Choice
        legend="Which homes is it for?"
        name="for"
        options={FOR}
        value={isForAll ? "all" : "some"}
        onChoose={(choice) => onChange({ isForAll: choice === "all" })}
      />
      {!isForAll && (
        <Ticks
          legend="Panels"
          name="panels"
          options={panelsOf(home, panels)}
          ticked={panels}
          error={ways.complain("panels")}
          onTick={(panels) => onChange({ panels })}
        />
      )}
    </>
  );
}

/** Those that power comes in through, and what else was named before. */
export function panelsOf(
  { roots }: Pick<Home, "roots">,
  named: readonly number[],
): readonly (readonly [number, string])[] {
  const panels = roots.filter(({ circuits }) => circuits.length > 0);
  const known = panels.length > 0 ? panels : roots;
  const others = named.filter((gid) => known.every((one) => one.gid !== gid));
  return [
    ...known.map(({ gid, name }) => [gid, name] as const),
    ...others.map((gid) => {
      const name =
        roots.find((one) => one.gid === gid)?.name ?? `Panel ${gid}, which is not listed`;
      return [gid, name] as const;
    }),
  ];
}
