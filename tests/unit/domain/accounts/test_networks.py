import pytest

from domain.accounts.callers.networks import Network, network_of, site_of


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


@pytest.mark.parametrize(
    ("network", "site"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("2001:db8:1:ffff::/64", "2001:db8:1::/48"),
        ("::/64", "::/48"),
        ("192.0.2.7/64", "192.0.2.7/64"),
        ("/run/gateway/64", "/run/gateway/64"),
        ("", ""),
    ],
)
def test_the_site_of_a_network_of_ipv6_is_the_48th_around_it(network: str, site: str) -> None:
    assert site_of(Network(network)) == site


def test_what_is_no_address_is_cut_short() -> None:
    assert network_of("x" * 8000) == "x" * 64
