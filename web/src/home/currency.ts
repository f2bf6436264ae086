/**
 * What the money of a home is.
 *
 * Emporia names its unit Dollars wherever a home is, and multiplies by the price that somebody has
 * entered in cents: only in the zones of the United States are these known to be dollars.
 */

/** Null is the account's own currency, whatever it is. */
export type Currency = "USD" | null;

const CITIES = [
  ...["Adak", "Anchorage", "Atka", "Boise", "Chicago", "Denver", "Detroit", "Fort_Wayne"],
  ...["Indianapolis", "Juneau", "Knox_IN", "Los_Angeles", "Louisville", "Menominee", "Metlakatla"],
  ...["New_York", "Nome", "Phoenix", "Puerto_Rico", "Shiprock", "Sitka", "St_Thomas", "Yakutat"],
  ...["Virgin"],
];
const REGIONS = /^(US|America\/(Indiana|Kentucky|North_Dakota))\//;
const OTHERS = new Set([
  ...["EST", "MST", "HST", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "Navajo"],
  ...["Pacific/Honolulu", "Pacific/Johnston", "Pacific/Guam", "Pacific/Saipan"],
  ...["Pacific/Pago_Pago", "Pacific/Samoa"],
  ...CITIES.map((city) => `America/${city}`),
]);

/** The currency of a home, by its time zone. */
export function currencyOf(timeZone: string): Currency {
  return REGIONS.test(timeZone) || OTHERS.has(timeZone) ? "USD" : null;
}
