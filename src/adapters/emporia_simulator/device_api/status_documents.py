"""What devices are doing, as the cloud's JSON tells it (`/customers/devices/status`)."""

import calendar
from datetime import datetime
from typing import Any

from adapters.emporia_simulator.homes.customers import Customer
from adapters.emporia_simulator.homes.energy.buckets import Scale
from adapters.emporia_simulator.homes.energy.devices import MAINS, Battery, Charger, Device
from adapters.emporia_simulator.homes.energy.true_power import (
    WATT_SECONDS_PER_KWH,
    true_power,
)
from adapters.emporia_simulator.homes.energy.uplinks import Uplinks

Document = dict[str, Any]
OFFLINE_SINCE = "since Apr 2, 2026, 5:06 PM"
"""The cloud has been captured writing this in prose and local time, not as an instant."""


def status_document(customer: Customer, uplinks: Uplinks, *, now: int) -> Document:
    """`/customers/devices/status`."""
    devices = tuple(customer.walk())
    load_gids = [
        gid
        for device in devices
        for gid in (device.outlet_load_gid, device.charger and device.charger.load_gid)
        if gid
    ]
    return {
        "devicesConnected": [connection_document(device, uplinks, now=now) for device in devices],
        "outlets": [outlet for device in devices if (outlet := outlet_document(device))],
        "evChargers": [
            charger for device in devices if (charger := charger_document(device, now=now))
        ],
        "batteries": [
            battery
            for root in customer.devices
            for device in root.walk()
            if (battery := _battery_document(device, root, now=now))
        ],
        "loads": [_load_document(gid) for gid in load_gids],
    }


def connection_document(device: Device, uplinks: Uplinks, *, now: int) -> Document:
    """Whether a device is heard of, and since when it is not."""
    outage = uplinks.outage_under_way(device, now)
    silent_since = _prose(device, outage.start) if outage else OFFLINE_SINCE
    connected = uplinks.connected(device, now)
    return {
        "deviceGid": device.gid,
        "connected": connected,
        "offlineSince": None if connected else silent_since,
    }


def _prose(device: Device, at: int) -> str:
    moment = datetime.fromtimestamp(at, device.calendar.zone)
    hour, half = (moment.hour - 1) % 12 + 1, "PM" if moment.hour >= 12 else "AM"
    month = calendar.month_abbr[moment.month]
    return f"since {month} {moment.day}, {moment.year}, {hour}:{moment.minute:02d} {half}"


def outlet_document(device: Device) -> Document | None:
    """An `outlet` object, of a plug."""
    if device.outlet_load_gid is None:
        return None
    return {"deviceGid": device.gid, "outletOn": True, "loadGid": device.outlet_load_gid}


def charger_document(device: Device, *, now: int) -> Document | None:
    """An `evCharger` object, its PIN included: the cloud sends it, clients must not pass it on."""
    if device.charger is None:
        return None
    charging = _watts(device, now=now) > 1_000
    return {
        "deviceGid": device.gid,
        "loadGid": device.charger.load_gid,
        **(_CHARGING if charging else _UNPLUGGED),
        "iconDetailText": None,
        "faultText": None,
        "proControlCode": None,
        **_charger_settings(device.charger),
    }


_CHARGING = {
    "status": "Charging",
    "message": "Charging",
    "icon": "CarConnected",
    "iconLabel": "On",
    "debugCode": "411",
}
_UNPLUGGED = {
    "status": "Standby",
    "message": "Ready",
    "icon": "CarNotConnected",
    "iconLabel": "Ready",
    "debugCode": "011",
}


def _charger_settings(charger: Charger) -> Document:
    return {
        "breakerPIN": charger.breaker_pin,
        "chargerOn": True,
        "chargingRate": charger.charging_rate_amperes,
        "maxChargingRate": charger.max_charging_rate_amperes,
        "loadManagementEnabled": False,
        "offPeakSchedulesEnabled": False,
        "hideChargeRateSliderText": None,
    }


def _battery_document(device: Device, root: Device, *, now: int) -> Document | None:
    if device.battery is None:
        return None
    watts = _watts(device, now=now)
    home = true_power((root,), now - 1, now)
    status = "Charging" if watts > 0 else "Discharging" if watts < 0 else "Idle"
    return {
        "deviceGid": device.gid,
        "capacityKWh": device.battery.capacity_kwh,
        "stateOfCharge": _state_of_charge(device, device.battery, now=now),
        "reserveStateOfCharge": device.battery.reserve_percent,
        "batteryPowerKW": watts / 1_000,
        "gridPowerKW": home.grid_watts / 1_000,
        "pvPowerKW": home.solar_watts / 1_000,
        "loadPowerKW": home.home_watts / 1_000,
        "status": status,
        "allowExport": True,
        "hasSolar": root.solar,
    }


def _state_of_charge(device: Device, battery: Battery, *, now: int) -> float:
    """Percent: each day begins at the reserve, whatever the battery did the day before."""
    midnight = device.calendar.start(Scale.DAY, now)
    stored_kwh = device.kwh(MAINS, midnight, now)
    return round(battery.reserve_percent + 100 * stored_kwh / battery.capacity_kwh, 1)


def _load_document(load_gid: int) -> Document:
    return {
        "loadGid": load_gid,
        "schedulesEnabled": False,
        "nextScheduledEventText": None,
        "peakDemandEnabled": False,
        "excessGenerationEnabled": False,
        "energyManagementText": None,
        "energyManagementOverridden": False,
        "warningText": None,
    }


def _watts(device: Device, *, now: int) -> float:
    return device.kwh(MAINS, now - 1, now) * WATT_SECONDS_PER_KWH
