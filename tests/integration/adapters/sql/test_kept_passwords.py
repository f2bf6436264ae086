"""Passwords of Emporia that are kept with links: what is kept, for how long, and in which form."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.security.sealing import AesGcmSecretBox
from adapters.sql.emporia_links import SqlEmporiaLinkRepository
from adapters.sql.tables import emporia_links
from adapters.sql.users import SqlUserRepository
from adapters.sqlite.migrate import upgrade
from adapters.sqlite.migrations import runner
from domain.accounts.users import User
from domain.emporia.links import EmporiaLink

PASSWORD = "mark-emporia-pässword"


@pytest.fixture
async def links(storage, ada: User, bob: User):
    await storage.users.add(ada)
    await storage.users.add(bob)
    return storage.links


@pytest.fixture
def keeping(adas_link: EmporiaLink) -> EmporiaLink:
    """Ada's link as it is read where its password is kept."""
    return replace(adas_link, keeps_password=True)


async def test_a_kept_password_is_read_as_saved_and_is_no_part_of_the_link(
    links, adas_link: EmporiaLink, keeping: EmporiaLink
) -> None:
    await links.save(adas_link, password=PASSWORD)

    assert await links.of_user(adas_link.user_id) == keeping
    assert await links.password_of(adas_link) == PASSWORD


async def test_without_a_password_none_is_kept(links, keeping: EmporiaLink) -> None:
    await links.save(keeping)

    assert (await links.of_user(keeping.user_id)).keeps_password is False
    assert await links.password_of(keeping) is None


async def test_a_link_made_anew_without_it_takes_the_password_away(
    links, adas_link: EmporiaLink
) -> None:
    await links.save(adas_link, password=PASSWORD)
    anew = replace(adas_link, linked_at=adas_link.linked_at + timedelta(days=1))
    await links.save(anew)

    assert await links.of_user(adas_link.user_id) == anew
    assert await links.password_of(anew) is None


async def test_a_password_is_given_for_its_own_link_alone(
    links, adas_link: EmporiaLink, bobs_link: EmporiaLink
) -> None:
    await links.save(adas_link, password=PASSWORD)
    await links.save(bobs_link)
    later = replace(adas_link, linked_at=adas_link.linked_at + timedelta(days=1))

    assert await links.password_of(bobs_link) is None
    assert await links.password_of(later) is None


async def test_a_sign_in_sets_its_time_and_leaves_the_password(
    links, keeping: EmporiaLink, bobs_link: EmporiaLink
) -> None:
    await links.save(keeping, password=PASSWORD)
    renewed = keeping.with_tokens(
        bobs_link.tokens, signed_in_at=keeping.signed_in_at + timedelta(days=25)
    )

    assert await links.replace_tokens(renewed)
    assert await links.of_user(keeping.user_id) == renewed
    assert await links.password_of(keeping) == PASSWORD


async def test_a_password_that_is_forgotten_leaves_the_link(links, keeping: EmporiaLink) -> None:
    await links.save(keeping, password=PASSWORD)

    assert await links.replace_tokens(keeping.without_password())
    assert await links.of_user(keeping.user_id) == keeping.without_password()
    assert await links.password_of(keeping) is None


async def test_tokens_of_a_link_that_was_thought_to_keep_one_bring_none_back(
    links, keeping: EmporiaLink
) -> None:
    await links.save(keeping)

    assert await links.replace_tokens(keeping)
    assert await links.of_user(keeping.user_id) == keeping.without_password()


@pytest.mark.parametrize("way", ["unlink", "leave"])
async def test_unlinking_and_leaving_erase_it(storage, links, keeping: EmporiaLink, way) -> None:
    await links.save(keeping, password=PASSWORD)
    if way == "unlink":
        await links.remove(keeping.user_id)
    else:
        await storage.users.remove(keeping.user_id)

    assert await links.of_user(keeping.user_id) is None
    assert await links.password_of(keeping) is None


async def test_all_are_forgotten_at_once_and_counted(
    links, keeping: EmporiaLink, bobs_link: EmporiaLink
) -> None:
    await links.save(keeping, password=PASSWORD)
    await links.save(bobs_link)

    assert await links.forget_passwords() == 1
    assert await links.forget_passwords() == 0
    assert await links.of_user(keeping.user_id) == keeping.without_password()
    assert await links.of_account(keeping.account) == [bobs_link, keeping.without_password()]


async def of_one_file(engine: AsyncEngine, ada: User, *keys: bytes) -> SqlEmporiaLinkRepository:
    await SqlUserRepository(engine).add(ada)
    return SqlEmporiaLinkRepository(engine, secret_box=AesGcmSecretBox([*keys]))


async def sealed(engine: AsyncEngine) -> bytes:
    async with engine.connect() as connection:
        found = await connection.scalar(select(emporia_links.c.sealed_password))
    assert isinstance(found, bytes)
    return found


async def test_the_file_shows_neither_the_password_nor_its_length(
    engine: AsyncEngine, ada: User, keeping: EmporiaLink, database: Path
) -> None:
    links = await of_one_file(engine, ada, b"k" * 32)
    lengths = set()
    for password in ("short", PASSWORD, "a quite long one of forty characters ..."):
        await links.save(keeping, password=password)
        assert await links.password_of(keeping) == password
        lengths.add(len(await sealed(engine)))
        written = b"".join(file.read_bytes() for file in database.parent.iterdir())
        assert password.encode() not in written
    assert len(lengths) == 1


async def test_a_refresh_seals_the_password_with_the_newest_key(
    engine: AsyncEngine, ada: User, keeping: EmporiaLink
) -> None:
    old, new = b"k" * 32, b"n" * 32
    links = await of_one_file(engine, ada, old)
    await links.save(keeping, password=PASSWORD)
    rotated = SqlEmporiaLinkRepository(engine, secret_box=AesGcmSecretBox([new, old]))
    await rotated.replace_tokens(keeping)

    with_the_new = SqlEmporiaLinkRepository(engine, secret_box=AesGcmSecretBox([new]))
    assert await with_the_new.password_of(keeping) == PASSWORD


async def test_a_password_that_no_key_opens_is_none(
    engine: AsyncEngine, ada: User, keeping: EmporiaLink
) -> None:
    await (await of_one_file(engine, ada, b"k" * 32)).save(keeping, password=PASSWORD)
    links = SqlEmporiaLinkRepository(engine, secret_box=AesGcmSecretBox([b"l" * 32]))

    assert await links.password_of(keeping) is None
    dead = keeping.with_tokens(None)
    assert await links.of_user(keeping.user_id) == dead


def test_links_of_before_signed_in_when_they_were_made(database: Path) -> None:
    upgrade(database)
    runner.downgrade(database, to="0011")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO users (id, email, email_key, password_hash, created_at, updated_at) "
            "VALUES ('a', 'a@b', 'a@b', 'x', 0, 0)"
        )
        connection.execute("INSERT INTO emporia_links VALUES ('a', 42, 's', 'n', 4711, x'01')")

    upgrade(database)

    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT signed_in_at, sealed_password FROM emporia_links")
        assert found.fetchall() == [(4711, None)]
