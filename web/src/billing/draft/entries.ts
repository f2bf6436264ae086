/** Every field that the form shows, what may stand in it, and how the gateway calls it. */

import type { Draft, DraftHolidays } from "./draft.ts";
import type { DraftTier, Prices } from "./prices.ts";
import { A_CURRENCY, capitals, currencyCode, linesOf, plain } from "./text.ts";

export interface Entry {
  /** The name of the field. */
  readonly field: string;
  readonly isRight: boolean;
  /** What to say where it is not. */
  readonly sentence: string;
  /** How the gateway begins a sentence about it. */
  readonly about: string;
  /** Whether the gateway would refuse it, of several of that name. */
  readonly isSuspect: boolean;
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const A_NUMBER = "Write a number, such as 0.31.";
const AN_AMOUNT = "Write an amount, such as 9.50.";
const A_NAME = "Give it a name, as it is called on your bill.";
const LONGEST_NAME = 80;
const MOST_DECIMALS = 8;
const MOST = 1e9;

export function entriesOf(draft: Draft): readonly Entry[] {
  const { energy, demand, credit, exporting } = draft;
  return [
    ...headOf(draft),
    ...pricesEntries("energy", energy, { limit: "upToKwh", periods: "energy.periods" }),
    ...chargesOf(draft),
    ...demand.flatMap((prices, place) => [
      ...(prices.pricing === "flat" || prices.pricing === "tiers"
        ? [nameEntry(`demand-${place}-name`, prices.name, "name")]
        : []),
      ...pricesEntries(`demand-${place}`, prices, { limit: "upToKw", periods: "demand.periods" }),
    ]),
    ...minimumOf(draft),
    ...percentagesOf(draft),
    ...(exporting === "metering" ? meteringOf(draft) : []),
    ...(exporting === "credit"
      ? pricesEntries("credit", credit, { limit: "", periods: "export.periods" })
      : []),
    ...holidaysOf(draft),
  ];
}

function headOf({ name, currency, since, billingDay, isForAll, panels }: Draft): Entry[] {
  const day = Number(billingDay.trim() || "1");
  return [
    {
      ...nameEntry("name", name, "name"),
      sentence: "Give it a name, such as that of the plan.",
    },
    entry("currency", "currency", {
      isRight: currencyCode(currency) !== null,
      sentence: A_CURRENCY,
    }),
    entry("since", "rates", { isRight: since !== "", sentence: "Choose a day." }),
    entry("billingDay", "billingDay", {
      isRight: Number.isInteger(day) && day >= 1 && day <= 31,
      sentence: "Write a day of the month, 1 to 31.",
    }),
    entry("panels", "panels", {
      isRight: isForAll || panels.length > 0,
      sentence: "Tick a panel, or choose all homes.",
    }),
  ];
}

interface About {
  readonly limit: string;
  readonly periods: string;
}

function pricesEntries(id: string, prices: Prices, about: About): Entry[] {
  const { pricing, price, tiers, times, own } = prices;
  const sentence = sentenceOf(about);
  if (pricing === "flat") return [numberEntry(`${id}-price`, price, "price", sentence)];
  if (pricing === "tiers") return tiersEntries(id, tiers, about);
  if (pricing === "own") {
    return own.periods.flatMap(({ name, tiers }, place) => [
      entry(`${id}-period-${place}-name`, about.periods, {
        isRight: isName(name) && own.periods.findIndex((one) => one.name === name) === place,
        sentence: "Give each a name of its own.",
      }),
      ...tiersEntries(`${id}-period-${place}`, tiers, about),
    ]);
  }
  const priceOf = (name: "peakPrice" | "offPeakPrice" | "summerPeakPrice" | "summerOffPeakPrice") =>
    numberEntry(`${id}-${name}`, times[name], "price", sentence);
  return [
    ...[priceOf("peakPrice"), priceOf("offPeakPrice")],
    entry(`${id}-until`, "", {
      isRight: times.from !== times.until,
      sentence: "High-price hours end at another hour than they begin.",
    }),
    ...(times.hasSummer ? [priceOf("summerPeakPrice"), priceOf("summerOffPeakPrice")] : []),
  ];
}

function sentenceOf({ limit }: About): string {
  return limit === "upToKw" ? AN_AMOUNT : A_NUMBER;
}

function tiersEntries(id: string, tiers: readonly DraftTier[], about: About): Entry[] {
  const { limit } = about;
  return tiers.flatMap(({ price, upTo }, place) => {
    const told = numberEntry(`${id}-tier-${place}-price`, price, "price", sentenceOf(about));
    if (place === tiers.length - 1) return [told];
    const before = place === 0 ? 0 : Number(plain(tiers[place - 1]?.upTo ?? ""));
    const isLimit = NUMBER.test(plain(upTo));
    return [
      told,
      entry(`${id}-tier-${place}-upTo`, limit, {
        isRight: isLimit && !(Number(plain(upTo)) <= before),
        sentence: isLimit
          ? "Write more than the limit before."
          : `Write how many ${limit === "upToKw" ? "kW, such as 5." : "kWh, such as 500."}`,
        isSuspect: isBeyond(upTo),
      }),
    ];
  });
}

function chargesOf({ fixed, adjustments }: Draft): Entry[] {
  return [
    ...fixed.flatMap(({ name, amount }, place) =>
      amount.trim() === ""
        ? []
        : [
            numberEntry(`fixed-${place}-amount`, amount, "fixed.amount", AN_AMOUNT),
            nameEntry(`fixed-${place}-name`, name, "fixed.name"),
          ],
    ),
    ...adjustments.flatMap(({ name, price }, place) => [
      nameEntry(`adjustments-${place}-name`, name, "adjustments.name"),
      numberEntry(`adjustments-${place}-price`, price, "adjustments.price"),
    ]),
  ];
}

function minimumOf({ minimum: { name, amount } }: Draft): Entry[] {
  if (amount.trim() === "") return [];
  return [
    entry("minimum-amount", "minimum.amount", {
      isRight: NUMBER.test(plain(amount)) && Number(plain(amount)) >= 0,
      sentence: "Write an amount that is not below zero, such as 12.",
    }),
    nameEntry("minimum-name", name, "minimum.name"),
  ];
}

function percentagesOf({ percentages }: Draft): Entry[] {
  return percentages.flatMap(({ name, percent, on }, place) => [
    nameEntry(`percentages-${place}-name`, name, "percentages.name"),
    entry(`percentages-${place}-percent`, "percentages.percent", {
      isRight: NUMBER.test(plain(percent)) && Math.abs(Number(plain(percent))) <= 100,
      sentence: "Write a number of percent, such as 7.5, and 100 at most.",
      isSuspect: isBeyond(percent),
    }),
    entry(`percentages-${place}-on`, "percentages.on", {
      isRight: on.length > 0,
      sentence: "Tick what it is of.",
    }),
  ]);
}

function meteringOf({ metering: { excessPrice, settlePrice } }: Draft): Entry[] {
  const told: Entry[] = [];
  if (excessPrice.trim() !== "") {
    told.push(numberEntry("metering-excessPrice", excessPrice, "export.excessPrice"));
  }
  if (settlePrice.trim() !== "") {
    told.push(numberEntry("metering-settlePrice", settlePrice, "export.settlePrice"));
  }
  return told;
}

function holidaysOf({ energy, demand, credit, exporting, holidays }: Draft): Entry[] {
  const used = [energy, ...demand, ...(exporting === "credit" ? [credit] : [])];
  const areNeeded = used.some(({ pricing, times }) => pricing === "times" && !times.atHolidays);
  const { country, subdivision, days } = holidays;
  const isCountry = /^[A-Z]{2}$/.test(capitals(country));
  return [
    entry("holidays-country", "holidays.country", {
      isRight: isCountry || (country.trim() === "" && !(areNeeded && !hasDays(holidays))),
      sentence:
        country.trim() === ""
          ? "Say whose holidays, or name the days: holidays have prices of their own here."
          : "Write two letters, such as US.",
    }),
    entry("holidays-subdivision", "holidays.subdivision", {
      isRight: /^[A-Z0-9]{0,3}$/.test(capitals(subdivision)),
      sentence: "Write up to three letters, such as CA.",
    }),
    entry("holidays-names", "holidays.names", { isRight: true, sentence: "" }),
    entry("holidays-days", "holidays.days", {
      isRight: linesOf(days).every(isDay),
      sentence: "Write each as 2026-12-24, on a line of its own.",
    }),
  ];
}

function hasDays({ days }: DraftHolidays): boolean {
  return linesOf(days).length > 0;
}

/** February has no 30th: the text has to come back as it was. */
function isDay(text: string): boolean {
  const moment = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

function numberEntry(field: string, value: string, about: string, sentence = A_NUMBER): Entry {
  const isSuspect = isBeyond(value);
  return entry(field, about, { isRight: NUMBER.test(plain(value)), sentence, isSuspect });
}

function nameEntry(field: string, value: string, about: string): Entry {
  const isRight = value.trim() !== "";
  return entry(field, about, { isRight, sentence: A_NAME, isSuspect: !isName(value) });
}

function isName(value: string): boolean {
  const name = value.trim();
  return name !== "" && name.length <= LONGEST_NAME && !/\p{C}/u.test(name);
}

/** More digits than the gateway takes. */
function isBeyond(text: string): boolean {
  const value = plain(text);
  const decimals = value.split(".")[1]?.length ?? 0;
  return decimals > MOST_DECIMALS || Math.abs(Number(value)) > MOST;
}

function entry(
  field: string,
  about: string,
  told: Pick<Entry, "isRight" | "sentence"> & Partial<Entry>,
): Entry {
  return { isSuspect: false, ...told, field, about };
}
