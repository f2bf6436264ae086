"""Where settings come from, and what is told when they can't be used."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from entrypoints.load_settings import SettingsInvalid, load_settings
from entrypoints.setting_kinds import shown
from entrypoints.settings import Settings

Load = Callable[..., Settings]
Problems = Callable[..., tuple[str, ...]]
Write = Callable[[str], Path]

KEY = base64.b64encode(b"k" * 32).decode()


def test_nothing_set_gives_the_defaults(load: Load) -> None:
    assert load() == Settings()
    assert load().port == 3000


def test_the_environment_wins_over_the_file(env_file: Write) -> None:
    settings = load_settings({"PORT": "4001"}, env_file=env_file("PORT=4000\nHOST=::1\n"))

    assert (settings.port, settings.host) == (4001, "::1")


def test_a_file_that_is_not_there_is_no_problem(tmp_path: Path) -> None:
    assert load_settings({}, env_file=tmp_path / ".env") == Settings()


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    broken = tmp_path / ".env"
    broken.write_bytes(b"\xff\xfe\xfa")

    with pytest.raises(SettingsInvalid, match=r"can't be read as text"):
        load_settings({}, env_file=broken)


def test_settings_made_in_code_ignore_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "4000")

    assert Settings().port == 3000


def test_what_was_set_explicitly_can_be_told_from_a_default(load: Load) -> None:
    assert load(EMPORIA_DAILY_REQUESTS="2000").model_fields_set == {"emporia_daily_requests"}


def test_lists_are_cut_at_commas(load: Load) -> None:
    settings = load(
        CORS_ORIGINS="https://a.example, https://b.example:8443",
        TOKEN_SECRETS=f"{'a' * 32},{'b' * 40}",
        SEALING_KEYS=f"{KEY},{KEY}",
    )

    assert settings.cors_origins == ("https://a.example", "https://b.example:8443")
    assert settings.token_secrets == (b"a" * 32, b"b" * 40)
    assert settings.sealing_keys == (b"k" * 32, b"k" * 32)


def test_sealing_keys_may_use_the_alphabet_of_addresses(load: Load) -> None:
    key = base64.urlsafe_b64encode(b"\xff" * 32).decode()

    assert load(SEALING_KEYS=key).sealing_keys == (b"\xff" * 32,)


def test_an_empty_list_is_empty_and_an_empty_value_is_the_default(load: Load) -> None:
    settings = load(TRUSTED_PROXIES="", PORT="", LOG_LEVEL=" ")

    assert settings.trusted_proxies == ()
    assert (settings.port, settings.log_level) == (3000, "info")


def test_values_are_brought_to_one_form(load: Load) -> None:
    settings = load(LOG_LEVEL="WARNING", EMPORIA_API_URL="http://127.0.0.1:8080/")

    assert settings.log_level == "warning"
    assert settings.emporia_api_url == "http://127.0.0.1:8080"


def test_every_problem_is_told_at_once(problems_of: Problems) -> None:
    assert problems_of(PORT="99999", LOG_LEVEL="loud", EMPORIA_READ_TIMEOUT_SECONDS="soon") == (
        "PORT: '99999' is not a whole number from 0 to 65535.",
        "EMPORIA_READ_TIMEOUT_SECONDS: 'soon' is not a number from 0.1 to 120.",
        "LOG_LEVEL: 'loud' is not one of debug, info, warning, error.",
    )


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("HOST", "http://x", "'http://x' is not an address or host name, such as 127.0.0.1."),
        ("PORT", "-1", "'-1' is not a whole number from 0 to 65535."),
        ("PORT", "3000.5", "'3000.5' is not a whole number from 0 to 65535."),
        ("PASSWORD_MIN_LENGTH", "0", "'0' is not a whole number from 1 to 1024."),
        ("PASSWORD_THREADS", "65", "'65' is not a whole number from 1 to 64."),
        ("ACCOUNT_CALLS_PER_MINUTE", "59", "'59' is not a whole number from 60 to 1000000."),
        ("SHUTDOWN_GRACE_SECONDS", "nan", "'nan' is not a number from 2 to 300."),
        ("SHUTDOWN_GRACE_SECONDS", "inf", "'inf' is not a number from 2 to 300."),
        ("CORS_ORIGINS", "a.b", "'a.b' is not an origin, such as https://home.example.com, or *."),
        ("TRUSTED_PROXIES", "proxy", "'proxy' is not an IP address or network, or *."),
        ("EMPORIA_USER_POOL_ID", "x", "'x' is not a user pool, such as us-east-2_ghlOXVLi1."),
        (
            "EMPORIA_CA_FILES",
            "/nowhere/ca.pem",
            "'/nowhere/ca.pem' can't be read: No such file or directory.",
        ),
        ("EMPORIA_CA_FILES", __file__, f"{shown(__file__)} holds no certificates in PEM."),
        ("EMPORIA_CLIENT_ID", "a b", "'a b' is not a client id: letters and digits alone."),
    ],
)
def test_a_bad_value_is_told_with_what_is_allowed(
    problems_of: Problems, name: str, value: str, problem: str
) -> None:
    assert problems_of(**{name: value}) == (f"{name}: {problem}",)


@pytest.mark.parametrize(
    "hosts",
    [
        {},
        {"HOST": "localhost"},
        {"HOST": "::"},
        {"HOST": "10.0.0.5", "METRICS_HOST": "::"},
    ],
)
def test_figures_need_a_port_of_their_own(problems_of: Problems, hosts: dict[str, str]) -> None:
    [problem] = problems_of(METRICS_PORT="3000", **hosts)

    assert problem == (
        "METRICS_PORT: 3000 is PORT already; figures need a port, or by METRICS_HOST an address, "
        "of their own."
    )


def test_figures_may_have_the_same_port_on_another_address(load: Load) -> None:
    assert load(METRICS_PORT="3000", HOST="10.0.0.5").metrics_port == 3000
    assert load(METRICS_PORT="0", PORT="0").metrics_port == 0


@pytest.mark.parametrize("name", ["http://gateway", "gateway:9400", "*", "a..b"])
def test_a_name_of_figures_is_told_by_its_setting(problems_of: Problems, name: str) -> None:
    assert problems_of(METRICS_NAMES=name) == (
        f"METRICS_NAMES: '{name}' is not a host name, such as gateway.example.com.",
    )


@pytest.mark.parametrize(
    "address",
    ["ftp://a.b", "https://", "a.b", "https://a.b/path", "https://a.b?x", "http://[", "http://a:x"],
)
def test_emporia_addresses_are_scheme_and_host_alone(problems_of: Problems, address: str) -> None:
    assert problems_of(EMPORIA_API_URL=address) == (
        "EMPORIA_API_URL: not an http or https address alone, such as https://example.com.",
    )


def test_a_data_folder_that_is_a_file_is_told(problems_of: Problems, env_file: Write) -> None:
    path = env_file("")

    assert problems_of(DATA_DIR=str(path))[0].endswith(
        "is a file, but has to be a folder or not exist yet."
    )


def test_a_very_long_value_is_cut_in_the_sentence(problems_of: Problems) -> None:
    assert problems_of(PORT="9" * 500) == (
        f"PORT: '{'9' * 60}...' is not a whole number from 0 to 65535.",
    )


def test_a_misspelt_name_in_the_file_is_told_with_the_closest(env_file: Write) -> None:
    path = env_file("TOKEN_SECRET=hunter2\nport=1\n")

    with pytest.raises(SettingsInvalid) as caught:
        load_settings({"PORT": "x"}, env_file=path)

    assert caught.value.problems == (
        f"TOKEN_SECRET in {path} is no setting; the closest is TOKEN_SECRETS.",
        f"port in {path} is no setting; the closest is PORT.",
        "PORT: 'x' is not a whole number from 0 to 65535.",
    )


@pytest.mark.parametrize(
    "line", ["SIGNUP closed", "SIGNUP: closed", "SIGNUP", "=closed", 'SIGNUP="closed', "'SIGNUP=x"]
)
def test_a_line_in_the_file_that_sets_nothing_is_told(env_file: Write, line: str) -> None:
    path = env_file(f"# a comment\n\nHOST=::1\n\n  {line}\nPORT=x\n")

    with pytest.raises(SettingsInvalid) as caught:
        load_settings({}, env_file=path)

    assert caught.value.problems == (
        f"{path}, line 5: a setting is written NAME=value, and a comment begins with #.",
        "PORT: 'x' is not a whole number from 0 to 65535.",
    )


def test_what_a_file_may_hold_beside_its_settings(env_file: Write) -> None:
    path = env_file("\n# a comment\nexport SIGNUP = 'closed'  # another\nLOG_LEVEL=\n\t\n# end")

    assert load_settings({}, env_file=path).signup == "closed"


def test_strange_names_in_the_environment_are_nobody_s_problem(load: Load) -> None:
    assert load(PROT="1", PATH="/bin") == Settings()


def test_a_dollar_in_the_file_stays_a_dollar(env_file: Write) -> None:
    settings = load_settings({}, env_file=env_file("TOKEN_SECRETS=${HOME}" + "x" * 32))

    assert settings.token_secrets == (b"${HOME}" + b"x" * 32,)


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY", "http_proxy"])
@pytest.mark.parametrize(
    "address",
    ["https://user:secret@proxy:443", "socks5://proxy", "proxy:3128", "http://", "http://p:port"],
)
def test_a_proxy_that_can_t_be_used_is_told_without_its_address(
    problems_of: Problems, name: str, address: str
) -> None:
    assert problems_of(**{name: address}) == (
        f"{name}: a proxy has to be given as http://host:port; no other kind can be used.",
    )


@pytest.mark.parametrize("address", ["http://proxy:3128", "http://user:word@[::1]:3128/", "", " "])
def test_a_plain_proxy_or_none_is_no_problem(load: Load, address: str) -> None:
    load(HTTPS_PROXY=address, NO_PROXY="*", ALL_PROXY="socks5://proxy")
