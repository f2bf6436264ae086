/** How the utility's hours and the gateway's differ: the verdict, the bill both ways, and by day. */

import type { Comparison } from "../../api/utility.ts";
import { countText, kwhText } from "../../format.ts";
import { moneyText } from "../money.ts";
import { dayText } from "../statement/months.ts";

interface Props {
  readonly told: Comparison;
}

export function Compared({ told }: Props) {
  const { findings, bills, days, compared } = told;
  return (
    <>
      <ul class="utility-findings">
        {findings.map(({ reason, sentence }) => (
          <li key={reason} data-reason={reason}>
            {sentence}
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys. */}
      <section class="costs-scroll" aria-label="Both in all" tabIndex={0}>
        <table class="table costs-table utility-both">
          <caption class="visually-hidden">
            Of the {countText(compared)} hours that both know, here and by the utility.
          </caption>
          <thead>
            <tr>
              <th scope="col">{countText(compared)} hours</th>
              <th scope="col" class="number">
                Here
              </th>
              <th scope="col" class="number">
                The utility
              </th>
              <th scope="col" class="number">
                Difference
              </th>
            </tr>
          </thead>
          <tbody>
            <tr data-testid="utility-kwh">
              <th scope="row">kWh</th>
              <td class="number">{kwhText(told.kwh)}</td>
              <td class="number">{kwhText(told.utilityKwh)}</td>
              <td class="number">{kwhText(told.differenceKwh)}</td>
            </tr>
            {bills && (
              <tr data-testid="utility-bill">
                <th scope="row">Their cost</th>
                <td class="number">{moneyText(bills.amount, bills.currency)}</td>
                <td class="number">{moneyText(bills.utilityAmount, bills.currency)}</td>
                <td class="number">
                  {moneyText(Number(bills.amount) - Number(bills.utilityAmount), bills.currency)}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
      <details class="costs-days">
        <summary>Every day of both</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys. */}
        <section class="costs-scroll" aria-label="Days of both" tabIndex={0}>
          <table class="table costs-table">
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col" class="number">
                  Hours
                </th>
                <th scope="col" class="number">
                  kWh here
                </th>
                <th scope="col" class="number">
                  The utility
                </th>
                <th scope="col" class="number">
                  Difference
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map((one) => (
                <tr key={one.day} data-utility-day={one.day}>
                  <th scope="row">{dayText(one.day)}</th>
                  <td class="number">
                    {one.compared === one.hours ? one.hours : `${one.compared} of ${one.hours}`}
                  </td>
                  <td class="number">{kwhText(one.compared ? one.kwh : null)}</td>
                  <td class="number">{kwhText(one.compared ? one.utilityKwh : null)}</td>
                  <td class="number">{kwhText(one.compared ? one.differenceKwh : null)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </>
  );
}
