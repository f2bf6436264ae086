import { expect, test } from "vitest";
import { axisNumber, differenceNumber, meanWatts, measureText, unitName } from "./measure.ts";

const HOUR = 3_600_000;
const KWH = { measure: "kwh", currency: "USD" } as const;
const WATTS = { measure: "watts", currency: "USD" } as const;
const COST = { measure: "cost", currency: "USD" } as const;
const OWN = { measure: "cost", currency: null } as const;

test("watts are a bucket's energy over its true length", () => {
  expect(meanWatts(24, 24 * HOUR)).toBe(1_000);
  expect(meanWatts(24, 23 * HOUR)).toBeCloseTo(1_043.478, 3);
  expect(meanWatts(24, 25 * HOUR)).toBe(960);
  expect(meanWatts(0.001, 1_000)).toBe(3_600);
});

test("values are written with as many digits as tell", () => {
  expect(measureText(12.3456, KWH)).toBe("12.35 kWh");
  expect(measureText(0.0213, KWH)).toBe("0.021 kWh");
  expect(measureText(0.000_612, KWH)).toBe("0.00061 kWh");
  expect(measureText(0, KWH)).toBe("0.00 kWh");
  expect(measureText(1_234.56, WATTS)).toBe("1,235 W");
  expect(measureText(2.34, WATTS)).toBe("2.3 W");
});

test("money in the United States is dollars, down to fractions of a cent", () => {
  expect(measureText(1_234.5, COST)).toBe("$1,234.50");
  expect(measureText(0.003_42, COST)).toBe("$0.0034");
});

test("export keeps its sign, and nothing has none", () => {
  expect(measureText(-3.2, KWH)).toBe("-3.20 kWh");
  expect(measureText(-0.4, WATTS)).toBe("-0.4 W");
  expect(measureText(-0, KWH)).toBe("0.00 kWh");
});

test("an axis has the digits that tell its marks apart", () => {
  expect(axisNumber(0.2, 0.05, KWH)).toBe("0.20");
  expect(axisNumber(1_500, 500, WATTS)).toBe("1,500");
  expect(axisNumber(0.5, 0.5, COST)).toBe("$0.50");
  expect(axisNumber(5, 5, COST)).toBe("$5");
  expect(axisNumber(12.5, 2.5, COST)).toBe("$12.50");
  expect(axisNumber(0.000_25, 0.000_25, KWH)).toBe("0.00025");
});

test("where nobody knows which money it is, it is told without a sign", () => {
  expect(measureText(12.5, OWN)).toBe("12.50");
  expect(axisNumber(0.5, 0.5, OWN)).toBe("0.50");
  expect(differenceNumber(3.456, 20, OWN)).toBe("+3.46");
  expect([KWH, WATTS, COST, OWN].map(unitName)).toEqual(["kWh", "W", "USD", "account's currency"]);
});

test("a difference has its sign and the digits of what it is from", () => {
  expect(differenceNumber(3.456, 20, KWH)).toBe("+3.46");
  expect(differenceNumber(-0.893, 484, KWH)).toBe("-0.89");
  expect(differenceNumber(0.000_000_5, 139, KWH)).toBe("0.00");
  expect(differenceNumber(-0.001, 139, COST)).toBe("$0.00");
});
