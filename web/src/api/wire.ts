/**
 * What the gateway sends, as far as this page reads it.
 *
 * Much of it is Emporia's own JSON, passed on as it is: fields may be missing or null, and null
 * is not zero. Usages are in the unit that was asked for, energy in kWh a bucket, power in watts.
 */

export type Scale = "1S" | "1MIN" | "15MIN" | "1H" | "1D" | "1W" | "1MON" | "1Y";

export type EnergyUnit = "KilowattHours" | "Dollars";

/** The mains of every device, in Emporia's terms. */
export const MAINS = "1,2,3";

/** What the circuits of a panel leave of its mains. */
export const BALANCE = "Balance";

export interface Profile {
  readonly id: string;
  readonly email: string;
  /** Null until an Emporia account is linked. */
  readonly emporiaUsername: string | null;
}

/** A link to an Emporia account; times are ISO 8601 in UTC. */
export interface EmporiaLink {
  readonly emporiaUsername: string;
  readonly linkedAt: string;
  /** About when Emporia takes it no more; null where it does not already. */
  readonly endsAt: string | null;
  /** Whether it is time to link again. */
  readonly endsSoon: boolean;
  /** Whether the gateway renews it by itself. */
  readonly keepsPassword: boolean;
}

export interface LinkReport {
  /** Null until an Emporia account is linked. */
  readonly link: EmporiaLink | null;
  /** Whether whoever runs the gateway lets passwords be kept. */
  readonly mayKeepPassword: boolean;
}

export interface Budget {
  /** Requests to Emporia in any 24 hours; 0 means no limit. */
  readonly dailyRequests: number;
  readonly spent: number;
  /** Null without a limit. */
  readonly left: number | null;
  /** Whether true seconds may be asked for; only told where they may. */
  readonly replay?: boolean;
}

export interface Customer {
  readonly customerGid: number;
  readonly email: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly devices: readonly Device[];
}

export interface Device {
  readonly deviceGid: number;
  readonly manufacturerDeviceId?: string | null;
  readonly model?: string | null;
  readonly firmware?: string | null;
  /** The device and the circuit that this one hangs on; null at the root. */
  readonly parentDeviceGid?: number | null;
  readonly parentChannelNum?: string | null;
  readonly locationProperties?: LocationProperties | null;
  readonly deviceConnected?: DeviceConnected | null;
  readonly outlet?: { readonly outletOn?: boolean } | null;
  readonly evCharger?: { readonly message?: string | null } | null;
  readonly battery?: { readonly stateOfCharge?: number | null } | null;
  /** Expansions of the same gid, whose channels are the device's circuits. */
  readonly devices?: readonly Device[] | null;
  readonly channels?: readonly Channel[] | null;
}

export interface LocationProperties {
  readonly deviceName?: string | null;
  readonly displayName?: string | null;
  /** IANA's name. */
  readonly timeZone?: string | null;
  readonly billingCycleStartDay?: number | null;
  readonly usageCentPerKwHour?: number | null;
  readonly solar?: boolean | null;
}

export interface DeviceConnected {
  readonly connected?: boolean | null;
  /** Prose in local time, not an instant. */
  readonly offlineSince?: string | null;
}

export interface Channel {
  readonly deviceGid: number;
  readonly name?: string | null;
  readonly channelNum: string;
  readonly channelMultiplier?: number | null;
  readonly channelTypeGid?: number | null;
  readonly type?: string | null;
  /** The merged circuit that this one is a leg of. */
  readonly parentChannelNum?: string | null;
}

export interface DeviceListUsages {
  /** ISO 8601 in UTC: the sample's own. */
  readonly instant: string;
  readonly scale: Scale;
  readonly energyUnit: string;
  readonly devices: readonly DeviceUsage[];
}

export interface DeviceUsage {
  readonly deviceGid: number;
  readonly channelUsages: readonly ChannelUsage[];
}

export interface ChannelUsage {
  readonly name?: string | null;
  readonly deviceGid: number;
  readonly channelNum: string;
  readonly usage: number | null;
  /** Beside `usage` on a subscribed stream, at 1S and 1MIN in kWh. */
  readonly watts?: number | null;
  readonly nestedDevices?: readonly DeviceUsage[] | null;
}

/** How fresh a frame is; on streams that subscribed. */
export interface Live {
  readonly sampledAt: string;
  readonly receivedAt: string;
  readonly stale: boolean;
  readonly nextPollAt: string | null;
  readonly budgetLeft: number | null;
  /** The homes of the account; only where channels have watts. */
  readonly home?: readonly LiveHome[];
  /** What a true second is worth, and how long ago it began; told of nothing else. */
  readonly quality?: Quality;
  readonly ageSeconds?: number;
}

/** Measured, one of a run with which Emporia fills what nobody measured, or not there in time. */
export type Quality = "live" | "averaged" | "missing";

/** In watts; null is unknown, which is not zero. */
export interface HomeWatts {
  /** What the home uses: the sum of the three. */
  readonly watts: number | null;
  /** Negative while the home exports. */
  readonly gridWatts: number | null;
  readonly solarWatts: number | null;
  /** Negative while the battery charges. */
  readonly batteryWatts: number | null;
}

/** What goes which way, in watts and never below zero; null is unknown, which is not zero. */
export interface LiveFlows {
  readonly importWatts: number | null;
  readonly exportWatts: number | null;
  readonly generationWatts: number | null;
  /** What the sun gives and is not exported. */
  readonly selfUseWatts: number | null;
  readonly batteryInWatts: number | null;
  readonly batteryOutWatts: number | null;
  readonly consumptionWatts: number | null;
}

export interface LiveHome extends HomeWatts {
  readonly name: string | null;
  readonly deviceGids: readonly number[];
  readonly gridGids: readonly number[];
  readonly hasSolar: boolean;
  readonly hasBattery: boolean;
  /** By which the battery charges and gives: what they draw is stored. */
  readonly batteryChannels: readonly { readonly gid: number; readonly channel: string }[];
  readonly silentGids: readonly number[];
  /** Only of streams that asked for it. */
  readonly flows?: LiveFlows;
  /** Averages of the newest minute, where it stands in for a second that is unknown. */
  readonly newestMinute?: HomeWatts & { readonly sampledAt: string };
}

export interface ChartUsage {
  /** ISO 8601 in UTC; null without any bucket. */
  readonly firstUsageInstant: string | null;
  /** Value i covers the i-th bucket; null is a gap in the data, which is not zero. */
  readonly usageList: readonly (number | null)[];
  /** How many in a row were come by how; only the archive tells. */
  readonly quality?: readonly (readonly [FigureQuality, number])[];
  /** Which share of the time is known, 0 to 1; only the archive tells. */
  readonly coverage?: number;
}

/** How a figure was come by; of the last three there is none. */
export type FigureQuality =
  | "live"
  | "backfilled"
  | "averaged"
  | "imported"
  | "partial"
  | "missing"
  | "unknown"
  | "damaged";
