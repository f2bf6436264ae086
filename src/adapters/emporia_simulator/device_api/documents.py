"""The cloud's JSON about customers and devices, as captures of the live API show it."""

from typing import Any

from adapters.emporia_simulator.homes.customers import Customer
from adapters.emporia_simulator.homes.energy.buckets import Scale
from adapters.emporia_simulator.homes.energy.devices import MAINS, Charger, Circuit, Device

Document = dict[str, Any]
OFFLINE_SINCE = "since Apr 2, 2026, 5:06 PM"
"""The cloud has been captured writing this in prose and local time, not as an instant."""


def customer_document(customer: Customer) -> Document:
    """`/customers`."""
    return {
        "customerGid": customer.gid,
        "email": customer.email,
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "createdAt": "2020-01-01T12:34:56.789Z",
    }


def devices_document(customer: Customer, *, now: int) -> Document:
    """`/customers/devices`: flat, nested devices beside their parents."""
    parents = {nested.gid: device for device in customer.walk() for nested in device.nested}
    devices = [_device(device, parents.get(device.gid), now=now) for device in customer.walk()]
    return {**customer_document(customer), "devices": devices}


def status_document(customer: Customer, *, now: int) -> Document:
    """`/customers/devices/status`."""
    devices = tuple(customer.walk())
    load_gids = [
        gid
        for device in devices
        for gid in (device.outlet_load_gid, device.charger and device.charger.load_gid)
        if gid
    ]
    return {
        "devicesConnected": [_connection(device) for device in devices],
        "outlets": [outlet for device in devices if (outlet := _outlet(device))],
        "evChargers": [charger for device in devices if (charger := _charger(device, now=now))],
        "batteries": [
            battery
            for root in customer.devices
            for device in root.walk()
            if (battery := _battery(device, root, now=now))
        ],
        "loads": [_load(gid) for gid in load_gids],
    }


def location_document(device: Device) -> Document:
    """`/devices/{gid}/locationProperties`."""
    return {
        "deviceGid": device.gid,
        "deviceName": device.name,
        "displayName": device.name,
        "zipCode": None,
        "timeZone": device.calendar.zone.key,
        "billingCycleStartDay": device.calendar.billing_day,
        "usageCentPerKwHour": device.cents_per_kwh,
        "peakDemandDollarPerKw": None,
        "utilityRateGid": None,
        "utilityRateMods": None,
        "solar": device.solar,
        "latitudeLongitude": None,
        "locationInformation": None,
    }


def _device(device: Device, parent: Device | None, *, now: int) -> Document:
    mains = Circuit(number=MAINS, type="Main")
    return {
        **_identity(device, device.serial, device.model, device.firmware),
        "parentDeviceGid": parent and parent.gid,
        "parentChannelNum": device.parent_channel,
        "locationProperties": location_document(device),
        "outlet": _outlet(device),
        "evCharger": _charger(device, now=now),
        "battery": {"deviceGid": device.gid} if device.battery else None,
        "deviceConnected": _connection(device),
        "devices": _expansion(device),
        "channels": [_channel(device, mains)],
        "combinedVue": False,
        "primaryVueGid": None,
    }


def _expansion(device: Device) -> list[Document]:
    """The box that holds the branch inputs: a device of its own in the answer, same gid."""
    if not device.circuits:
        return []
    return [
        {
            **_identity(device, device.expansion_serial, "WAT001", None),
            "parentDeviceGid": None,
            "parentChannelNum": None,
            "outlet": None,
            "evCharger": None,
            "battery": None,
            "deviceConnected": _connection(device),
            "devices": [],
            "channels": [_channel(device, circuit) for circuit in device.circuits],
        }
    ]


def _identity(device: Device, serial: str | None, model: str, firmware: str | None) -> Document:
    return {
        "deviceGid": device.gid,
        "manufacturerDeviceId": serial,
        "model": model,
        "firmware": firmware,
    }


def _channel(device: Device, circuit: Circuit) -> Document:
    is_mains = circuit.number == MAINS
    return {
        "deviceGid": device.gid,
        "name": circuit.name,
        "channelNum": circuit.number,
        "channelMultiplier": circuit.multiplier,
        "channelTypeGid": circuit.type_gid,
        "type": circuit.type,
        "parentChannelNum": circuit.merged_into,
        "channelId": "Mains" if is_mains else f"Branch_{circuit.number}",
        "mergedChannelId": circuit.merged_into and f"Branch_{circuit.merged_into}",
    }


def _connection(device: Device) -> Document:
    return {
        "deviceGid": device.gid,
        "connected": device.connected,
        "offlineSince": None if device.connected else OFFLINE_SINCE,
    }


def _outlet(device: Device) -> Document | None:
    if device.outlet_load_gid is None:
        return None
    return {"deviceGid": device.gid, "outletOn": True, "loadGid": device.outlet_load_gid}


def _charger(device: Device, *, now: int) -> Document | None:
    """An `evCharger` object, its PIN included: the cloud sends it, clients must not pass it on."""
    if device.charger is None:
        return None
    charging = _watts(device, MAINS, now=now) > 1_000
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


def _battery(device: Device, root: Device, *, now: int) -> Document | None:
    if device.battery is None:
        return None
    midnight = device.calendar.start(Scale.DAY, now)
    stored_kwh = device.kwh(MAINS, midnight, now)
    watts = _watts(device, MAINS, now=now)
    generating = sum(_watts(root, c.number, now=now) for c in root.circuits if c.generates)
    grid = _watts(root, MAINS, now=now)
    status = "Charging" if watts > 0 else "Discharging" if watts < 0 else "Idle"
    return {
        "deviceGid": device.gid,
        "capacityKWh": device.battery.capacity_kwh,
        "stateOfCharge": round(
            device.battery.reserve_percent + 100 * stored_kwh / device.battery.capacity_kwh, 1
        ),
        "reserveStateOfCharge": device.battery.reserve_percent,
        "batteryPowerKW": watts / 1_000,
        "gridPowerKW": grid / 1_000,
        "pvPowerKW": -generating / 1_000,
        "loadPowerKW": (grid - generating - watts) / 1_000,
        "status": status,
        "allowExport": True,
        "hasSolar": root.solar,
    }


def _load(load_gid: int) -> Document:
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


def _watts(device: Device, channel: str, *, now: int) -> float:
    return device.kwh(channel, now - 1, now) * 3_600_000
