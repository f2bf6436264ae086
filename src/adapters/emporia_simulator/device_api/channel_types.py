"""The kinds of circuit the cloud knows, as `/devices/channels/channeltypes` lists them."""

from typing import Any

_BIDIRECTIONAL = {2, 9, 12, 13, 18, 21, 24, 27, 28}
_NOT_SELECTABLE = {23, 25, 28}

# The names up to 26 are those of PyEmVue's own simulator; the live cloud answers 28 entries
# and nobody has published the last two.
_DESCRIPTIONS = (
    "Air Conditioner",
    "Battery",
    "Boiler",
    "Clothes Dryer",
    "Clothes Washer",
    "Computer/Network",
    "Cooktop/Range/Oven/Stove",
    "Dishwasher",
    "Electric Vehicle/RV",
    "Fridge/Freezer",
    "Furnace",
    "Garage/Shop/Barn/Shed",
    "Solar/Generation",
    "Hot Tub/Spa",
    "Humidifier/Dehumidifier",
    "Kitchen",
    "Microwave",
    "Other",
    "Pump",
    "Room/Multi-use Circuit",
    "Sub Panel",
    "Water Heater",
    "Smart Outlet",
    "Heat Pump",
    "EV Charger",
    "Lights",
    "Generator",
    "Home Battery",
)


def _channel_type(gid: int, description: str) -> dict[str, Any]:
    bidirectional = gid in _BIDIRECTIONAL
    return {
        "channelTypeGid": gid,
        "description": description,
        "selectable": gid not in _NOT_SELECTABLE,
        "allowsBidirectional": bidirectional,
        "directionality": "BIDIRECTIONAL" if bidirectional else "CONSUMPTION_ONLY",
    }


CHANNEL_TYPES = [_channel_type(gid, text) for gid, text in enumerate(_DESCRIPTIONS, start=1)]
