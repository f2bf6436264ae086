"""What happened to accounts, as an operator reads it."""

import re

PASSWORD = "correct horse"
NEW = "a newer horse"


def add(run, email: str = "ada@example.com", password: str = PASSWORD, **settings: str):
    return run("user", "add", email, EMPORIA_API_PASSWORD=password, **settings)


def test_what_the_operator_does_is_read_by_user_and_together(run):
    add(run)
    add(run, "bob@example.com")
    run("user", "reset-password", "ada@example.com", EMPORIA_API_PASSWORD=NEW)
    run("user", "remove", "bob@example.com", "--yes")

    adas = run("user", "events", "ADA@example.com")
    every = run("audit")
    newest = run("audit", "--last", "1")

    assert [line.split("\t")[1:] for line in adas.stdout.splitlines()] == [
        ["password_reset", "operator", "-"],
        ["account_opened", "operator", "-"],
    ]
    rows = [line.split("\t") for line in every.stdout.splitlines()]
    assert [row[2] for row in rows] == ["account_deleted", "password_reset", "account_opened"]
    assert rows[0][1] == "-"
    assert re.fullmatch(r"[0-9a-f-]{36}", rows[1][1])
    assert newest.stdout.splitlines() == every.stdout.splitlines()[:1]
    assert "example.com" not in every.stdout


def test_what_can_not_be_listed_is_a_sentence(run):
    add(run)
    nobody = run("user", "events", "bob@example.com")
    none = run("audit", "--last", "0")
    assert (nobody.returncode, nobody.stderr) == (
        1,
        "Error: Nobody has the email bob@example.com.\n",
    )
    assert (none.returncode, "--last" in none.stderr) == (2, True)


def test_common_passwords_are_refused_where_that_is_asked_for(run):
    refused = add(run, password="password1", PASSWORD_BLOCKLIST="on")
    assert (refused.returncode, refused.stderr) == (
        2,
        "Error: This password is one of the first that others would try; choose another one.\n",
    )
    assert add(run, password="password1").returncode == 0


def test_a_setting_that_is_neither_on_nor_off_is_named(run):
    refused = add(run, PASSWORD_BLOCKLIST="yes")
    assert refused.returncode == 2
    assert "PASSWORD_BLOCKLIST: 'yes' is not one of on, off." in refused.stderr
