import pytest

from domain.accounts.callers.visits import LONGEST_NAME, Visit, name_of, shown_prefix, unseen

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Mobile Safari/537.36"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0"
)
IPAD = (
    "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Chrome on Android"),
        (EDGE, "Edge on Windows"),
        (IPAD, "Safari on iPad"),
        ("Mozilla/5.0 (compatible; something)", "Browser"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("python-httpx/0.28.1", "python-httpx/0.28.1"),
        ("HomeDashboard (by Ada)", "HomeDashboard"),
        ("", "Unknown"),
        ("\x1b[31mred", "Unknown"),
        ("x" * 100_000, "x" * 48),
    ],
)
def test_a_session_is_named_in_words_for_people(user_agent, name):
    assert name_of(user_agent) == name
    assert len(name) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:7:7:1:2:3:4", "2001:db8:7::/48"),
        ("/run/gateway.sock", ""),
        ("", ""),
    ],
)
def test_an_address_is_cut_to_what_does_not_tell_the_house(address, prefix):
    assert shown_prefix(address) == prefix


def test_a_visit_has_a_name_also_where_nothing_is_known():
    assert unseen() == Visit.of(user_agent="", address="")
