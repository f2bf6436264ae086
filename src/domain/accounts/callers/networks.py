"""Where a caller comes from, as far as limits tell callers apart."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NewType

Network = NewType("Network", str)

HOST_BITS_PREFIX = 64
SITE_PREFIX = 48
LONGEST_NAME = 64

LINES_OF_A_SITE = 8
"""How many times what one network may do its whole site may: behind a /48 are many people
where a provider splits it, and one with 65,536 networks where it does not."""


def plain_address(text: str) -> IPv4Address | IPv6Address | None:
    """The address, an IPv4 one if it is one in IPv6's clothes; None for what is no address."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def network_of(address: str) -> Network:
    """Who counts as one caller: an IPv4 address, or the /64 of IPv6 that one line is given.

    What is no address, such as the name of a socket's file, stands for itself.
    """
    plain = plain_address(address)
    if plain is None:
        return Network(address[:LONGEST_NAME])
    if plain.version == 4:
        return Network(str(plain))
    return Network(str(ip_network((plain, HOST_BITS_PREFIX), strict=False)))


def site_of(network: Network) -> Network:
    """The most that one caller may hold: the /48 around a network of IPv6, else itself."""
    address, slash, _ = network.rpartition(f"/{HOST_BITS_PREFIX}")
    plain = plain_address(address) if slash else None
    if plain is None or plain.version == 4:
        return network
    return Network(str(ip_network((plain, SITE_PREFIX), strict=False)))
