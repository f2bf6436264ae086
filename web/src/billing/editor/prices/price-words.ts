/** How the form speaks of prices of energy, of demand, and of what is given. */

import type { Pricing } from "../../draft/prices.ts";

export interface PriceWords {
  readonly legend: string;
  readonly kinds: readonly (readonly [Pricing, string])[];
  readonly unit: "kWh" | "kW";
  readonly price: string;
  readonly hint: string;
  readonly first: string;
  readonly next: (step: number) => string;
  readonly limit: string;
  readonly peak: string;
  readonly offPeak: string;
  readonly summerPeak: string;
  readonly summerOffPeak: string;
}

export const OF_ENERGY: PriceWords = {
  legend: "What does a kWh cost?",
  kinds: [
    ["flat", "The same price always"],
    ["tiers", "Another price above so many kWh"],
    ["times", "Two prices, by the time of day"],
  ],
  unit: "kWh",
  price: "Price of a kWh",
  hint: "Such as 0.31.",
  first: "Price of a kWh at first",
  next: (step) => `Price ${step}`,
  limit: "Up to how many kWh a bill",
  peak: "Price in high-price hours",
  offPeak: "Price at other times",
  summerPeak: "Summer's price in high-price hours",
  summerOffPeak: "Summer's price at other times",
};

export const OF_DEMAND: PriceWords = {
  legend: "What does a kW of it cost?",
  kinds: [
    ["flat", "The same price, whenever it is"],
    ["tiers", "Another price above so many kW"],
    ["times", "Two prices, by the time of day"],
  ],
  unit: "kW",
  price: "Price of a kW",
  hint: "Such as 8.50.",
  first: "Price of a kW at first",
  next: (step) => `Price of a kW, step ${step}`,
  limit: "Up to how many kW",
  peak: "Price of a kW in high-price hours",
  offPeak: "Price of a kW at other times",
  summerPeak: "Summer's price of a kW in high-price hours",
  summerOffPeak: "Summer's price of a kW at other times",
};

export const OF_CREDIT: PriceWords = {
  legend: "What do you get for a kWh?",
  kinds: [
    ["flat", "The same always"],
    ["times", "Two credits, by the time of day"],
  ],
  unit: "kWh",
  price: "Credit for a kWh",
  hint: "Such as 0.08.",
  first: "Credit for a kWh",
  next: (step) => `Credit ${step}`,
  limit: "",
  peak: "Credit in high-price hours",
  offPeak: "Credit at other times",
  summerPeak: "Summer's credit in high-price hours",
  summerOffPeak: "Summer's credit at other times",
};
