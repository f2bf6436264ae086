/** Emporia's list of what a circuit can feed (`GET /devices/channels/channeltypes`), by gid. */

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  1: "Air conditioner",
  2: "Battery",
  3: "Boiler",
  4: "Clothes dryer",
  5: "Clothes washer",
  6: "Computer, network",
  7: "Cooktop, range, oven, stove",
  8: "Dishwasher",
  9: "Electric vehicle, RV",
  10: "Fridge, freezer",
  11: "Furnace",
  12: "Garage, shop, barn, shed",
  13: "Solar, generation",
  14: "Hot tub, spa",
  15: "Humidifier, dehumidifier",
  16: "Kitchen",
  17: "Microwave",
  18: "Other",
  19: "Pump",
  20: "Room, multi-use circuit",
  21: "Sub-panel",
  22: "Water heater",
  23: "Smart outlet",
  24: "Heat pump",
  25: "EV charger",
  26: "Lights",
};

export const SOLAR_TYPE = 13;

/** What the circuit feeds; null where nobody said, or where Emporia has a newer type. */
export function channelType(gid: number | null | undefined): string | null {
  return gid == null ? null : (DESCRIPTIONS[gid] ?? null);
}
