"""The cloud's JSON about customers and devices, as captures of the live API show it."""

from adapters.emporia_simulator.device_api.status_documents import (
    Document,
    charger_document,
    connection_document,
    outlet_document,
)
from adapters.emporia_simulator.homes.customers import Customer
from adapters.emporia_simulator.homes.energy.devices import MAINS, Circuit, Device
from adapters.emporia_simulator.homes.energy.uplinks import Uplinks


def customer_document(customer: Customer) -> Document:
    """`/customers`."""
    return {
        "customerGid": customer.gid,
        "email": customer.email,
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "createdAt": "2020-01-01T12:34:56.789Z",
    }


def devices_document(customer: Customer, uplinks: Uplinks, *, now: int) -> Document:
    """`/customers/devices`: flat, nested devices beside their parents."""
    parents = {nested.gid: device for device in customer.walk() for nested in device.nested}
    devices = [
        _device(device, parents.get(device.gid), uplinks, now=now) for device in customer.walk()
    ]
    return {**customer_document(customer), "devices": devices}


def location_document(device: Device) -> Document:
    """`/devices/{gid}/locationProperties`."""
    address = device.address
    return {
        "deviceGid": device.gid,
        "deviceName": device.name,
        "displayName": device.name,
        "zipCode": address and address.zip_code,
        "timeZone": device.calendar.zone.key,
        "billingCycleStartDay": device.calendar.billing_day,
        "usageCentPerKwHour": device.cents_per_kwh,
        "peakDemandDollarPerKw": None,
        "utilityRateGid": None,
        "utilityRateMods": None,
        "solar": device.solar,
        "latitudeLongitude": address
        and {"latitude": address.latitude, "longitude": address.longitude},
        "locationInformation": None,
    }


def _device(device: Device, parent: Device | None, uplinks: Uplinks, *, now: int) -> Document:
    connection = connection_document(device, uplinks, now=now)
    mains = Circuit(number=MAINS, type="Main")
    return {
        **_identity(device, device.serial, device.model, device.firmware),
        "parentDeviceGid": parent and parent.gid,
        "parentChannelNum": device.parent_channel,
        "locationProperties": location_document(device),
        "outlet": outlet_document(device),
        "evCharger": charger_document(device, now=now),
        "battery": {"deviceGid": device.gid} if device.battery else None,
        "deviceConnected": connection,
        "devices": _expansion(device, connection),
        "channels": [_channel(device, mains)],
        "combinedVue": device.combined,
        "primaryVueGid": device.primary_gid,
    }


def _expansion(device: Device, connection: Document) -> list[Document]:
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
            "deviceConnected": connection,
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
