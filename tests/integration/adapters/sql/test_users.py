"""What every UserRepository keeps its word about."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from domain.accounts.users import EmailAddress, User, UserId
from domain.emporia.links import EmporiaLink
from domain.errors import EmailTaken


async def test_a_user_is_found_by_id_as_added(storage, ada: User) -> None:
    await storage.users.add(ada)

    assert await storage.users.with_id(ada.id) == ada


async def test_a_user_is_found_by_email_in_whatever_case(storage, ada: User) -> None:
    await storage.users.add(ada)

    assert await storage.users.with_email(EmailAddress("ADA@example.COM")) == ada


async def test_nobody_is_found_before_they_sign_up(storage, ada: User) -> None:
    assert await storage.users.with_id(ada.id) is None
    assert await storage.users.with_email(ada.email) is None


async def test_an_email_in_another_case_is_taken(storage, ada: User, bob: User) -> None:
    await storage.users.add(ada)

    with pytest.raises(EmailTaken):
        await storage.users.add(replace(bob, email=EmailAddress("ada@EXAMPLE.com")))
    assert await storage.users.with_id(bob.id) is None


async def test_of_many_sign_ups_at_once_with_one_email_exactly_one_succeeds(
    storage, ada: User
) -> None:
    results = await asyncio.gather(
        *(storage.users.add(replace(ada, id=UserId(uuid4()))) for _ in range(8)),
        return_exceptions=True,
    )

    assert sorted(map(repr, results)) == [repr(EmailTaken())] * 7 + ["None"]


async def test_a_replaced_password_hash_changes_nothing_else(storage, ada: User) -> None:
    await storage.users.add(ada)

    await storage.users.replace_password_hash(ada.id, "newer hash")

    assert await storage.users.with_id(ada.id) == replace(ada, password_hash="newer hash")


async def test_replacing_the_hash_of_somebody_who_left_does_nothing(storage, ada: User) -> None:
    await storage.users.replace_password_hash(ada.id, "newer hash")

    assert await storage.users.with_id(ada.id) is None


async def test_removing_a_user_erases_all_of_theirs_and_nothing_of_others(
    storage, ada: User, bob: User, adas_link: EmporiaLink, bobs_link: EmporiaLink
) -> None:
    await storage.users.add(ada)
    await storage.users.add(bob)
    await storage.links.save(adas_link)
    await storage.links.save(bobs_link)
    until = datetime(2099, 1, 1, tzinfo=UTC)
    await storage.ended_logins.add("adas login", user_id=ada.id, until=until)
    await storage.ended_logins.add("bobs login", user_id=bob.id, until=until)

    await storage.users.remove(ada.id)

    assert await storage.users.with_id(ada.id) is None
    assert await storage.links.of_account(adas_link.account) == [bobs_link]
    assert not await storage.ended_logins.contains("adas login")
    assert await storage.users.with_id(bob.id) == bob
    assert await storage.ended_logins.contains("bobs login")


async def test_removing_nobody_does_nothing(storage) -> None:
    await storage.users.remove(UserId(UUID(int=0)))


async def test_the_email_of_a_removed_user_is_free_again(storage, ada: User, bob: User) -> None:
    await storage.users.add(ada)
    await storage.users.remove(ada.id)
    successor = replace(bob, email=ada.email)

    await storage.users.add(successor)

    assert await storage.users.with_email(ada.email) == successor


async def test_the_first_user_is_added_and_no_second(storage, ada: User, bob: User) -> None:
    assert await storage.users.is_empty()
    assert await storage.users.add_first(ada)
    assert not await storage.users.is_empty()
    assert not await storage.users.add_first(bob)

    assert await storage.users.all() == [ada]


async def test_of_many_first_users_at_once_exactly_one_is_added(storage, ada: User) -> None:
    added = await asyncio.gather(
        *(
            storage.users.add_first(
                replace(ada, id=UserId(uuid4()), email=EmailAddress(f"ada{n}@homelab"))
            )
            for n in range(8)
        )
    )

    assert sorted(added) == [False] * 7 + [True]
    assert len(await storage.users.all()) == 1


async def test_all_users_are_told_oldest_first(storage, ada: User, bob: User) -> None:
    await storage.users.add(bob)
    await storage.users.add(ada)

    assert await storage.users.all() == [ada, bob]


async def test_a_reset_password_changes_the_hash_and_dates_logins(
    storage, ada: User, bob: User
) -> None:
    await storage.users.add(ada)
    await storage.users.add(bob)
    at = datetime(2026, 3, 5, tzinfo=UTC)

    await storage.users.reset_password(ada.id, "newer hash", at=at)

    assert await storage.users.all() == [
        replace(ada, password_hash="newer hash", updated_at=at, logins_since=at),
        bob,
    ]


async def test_resetting_the_password_of_somebody_who_left_does_nothing(storage, ada: User) -> None:
    await storage.users.reset_password(ada.id, "newer hash", at=datetime(2026, 3, 5, tzinfo=UTC))

    assert await storage.users.is_empty()
