import pytest

from domain.accounts.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("/run/gateway.sock", "/run/gateway.sock"),
        ("", ""),
    ],
)
def test_an_ipv4_address_is_a_caller_and_so_is_a_64th_of_ipv6(address: str, network: str) -> None:
    assert network_of(address) == network


def test_what_is_no_address_is_cut_short() -> None:
    assert network_of("x" * 8000) == "x" * 64
