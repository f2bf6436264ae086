"""What every OneTimeCodes keeps its word about, and what is RFC 6238's."""

from base64 import b32encode
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.fake.accounts.one_time_codes import CountingOneTimeCodes, code_of, step_at
from adapters.security.one_time_codes import PyotpOneTimeCodes
from application.ports.accounts.one_time_codes import OneTimeCodes

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET_OF_THE_RFC = b32encode(b"12345678901234567890").decode()


@pytest.fixture(params=[CountingOneTimeCodes, PyotpOneTimeCodes])
def codes(request: pytest.FixtureRequest) -> OneTimeCodes:
    made: OneTimeCodes = request.param()
    return made


def test_no_two_secrets_and_no_two_recovery_codes_are_alike(codes: OneTimeCodes) -> None:
    assert len({codes.new_secret() for _ in range(50)}) == 50
    assert len({codes.new_recovery_code() for _ in range(50)}) == 50


def test_the_address_holds_the_secret_and_the_account(codes: OneTimeCodes) -> None:
    secret = codes.new_secret()
    address = urlsplit(codes.address(secret, account="ada"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert address.path.endswith("ada")
    assert parse_qs(address.query)["secret"] == [secret]


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "٣٤٥٦٧٨", "\x00" * 6])
def test_what_is_no_code_belongs_to_no_step(codes: OneTimeCodes, code: str) -> None:
    assert codes.step_of(codes.new_secret(), code, at=NOON) is None


def test_a_fakes_code_belongs_to_its_step() -> None:
    step = step_at(NOON)
    assert CountingOneTimeCodes().step_of("any", code_of(step + 1), at=NOON) == step + 1


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    codes = PyotpOneTimeCodes()
    for off in (-1, 0, 1):
        at = datetime.fromtimestamp(seconds + off * 30, UTC)
        assert codes.step_of(SECRET_OF_THE_RFC, code, at=at) == seconds // 30
    for off in (-2, 2):
        at = datetime.fromtimestamp(max(0, seconds + off * 30), UTC)
        expected = seconds // 30 if abs(int(at.timestamp()) // 30 - seconds // 30) < 2 else None
        assert codes.step_of(SECRET_OF_THE_RFC, code, at=at) == expected


def test_apps_are_told_what_they_all_can() -> None:
    codes = PyotpOneTimeCodes()
    secret = codes.new_secret()
    told = parse_qs(urlsplit(codes.address(secret, account="ada+x@example.com")).query)
    assert told["issuer"] == ["Emporia gateway"]
    assert set(told) <= {"secret", "issuer", "algorithm", "digits", "period"}
    assert len(secret) == 32


def test_a_recovery_code_has_eighty_bits_in_groups() -> None:
    groups = PyotpOneTimeCodes().new_recovery_code().split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
