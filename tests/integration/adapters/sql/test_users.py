"""What every UserRepository keeps its word about."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.accounts.users import EmailAddress, Login, User, UserId
from domain.emporia.links import EmporiaLink
from domain.errors import EmailTaken


async def test_a_user_is_found_by_id_as_added(storage, ada: User) -> None:
    await storage.users.add(ada)

    assert await storage.users.with_id(ada.id) == ada


async def test_a_user_is_found_by_email_in_whatever_case(storage, ada: User) -> None:
    await storage.users.add(ada)

    assert await storage.users.with_email(EmailAddress("ADA@example.COM"), tenant_id=None) == ada


async def test_nobody_is_found_before_they_sign_up(storage, ada: User) -> None:
    assert await storage.users.with_id(ada.id) is None
    assert await storage.users.with_email(ada.email, tenant_id=None) is None


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

    assert await storage.users.with_email(ada.email, tenant_id=None) == successor


async def test_the_first_user_is_added_and_no_second(storage, ada: User, bob: User) -> None:
    assert await storage.users.is_empty(tenant_id=None)
    assert await storage.users.add_first(ada)
    assert not await storage.users.is_empty(tenant_id=None)
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

    await storage.users.reset_password(ada.id, "newer hash", at=at, spared=None)

    assert await storage.users.all() == [
        replace(ada, password_hash="newer hash", updated_at=at, logins_since=at),
        bob,
    ]


async def test_resetting_the_password_of_somebody_who_left_does_nothing(storage, ada: User) -> None:
    at = datetime(2026, 3, 5, tzinfo=UTC)
    await storage.users.reset_password(ada.id, "newer hash", at=at, spared=None)

    assert await storage.users.is_empty(tenant_id=None)


async def test_logins_end_together_but_for_the_spared_one(storage, ada: User) -> None:
    await storage.users.add(ada)
    at = datetime(2026, 3, 5, tzinfo=UTC)

    assert await storage.users.end_logins(ada.id, before=at, spared=Login("mine", ada.created_at))

    kept = await storage.users.with_id(ada.id)
    assert kept == replace(ada, logins_since=at, spared_login="mine")
    assert not kept.has_ended("mine", begun_at=ada.created_at)
    assert kept.has_ended("theirs", begun_at=ada.created_at)
    await storage.users.reset_password(ada.id, "newer hash", at=at, spared=None)
    assert (await storage.users.with_id(ada.id)).spared_login is None


async def test_ending_the_logins_of_somebody_who_left_does_nothing(storage, ada: User) -> None:
    login = Login("mine", ada.created_at)
    assert not await storage.users.end_logins(ada.id, before=ada.created_at, spared=login)
    assert await storage.users.with_id(ada.id) is None


async def test_a_login_that_is_over_ends_no_other_and_changes_no_password(
    storage, ada: User
) -> None:
    """Two that end each other at the same moment: one of them stays, and it is the first."""
    await storage.users.add(ada)
    at = datetime(2026, 3, 5, tzinfo=UTC)
    first, second = (Login(name, ada.created_at) for name in ("first", "second"))
    left = Login("left", at + timedelta(hours=1))
    await storage.ended_logins.add("left", user_id=ada.id, until=at + timedelta(days=36500))
    assert await storage.users.reset_password(ada.id, "newer hash", at=at, spared=first)
    kept = await storage.users.with_id(ada.id)

    for over in (second, left):
        assert not await storage.users.end_logins(ada.id, before=at, spared=over)
        assert not await storage.users.reset_password(ada.id, "theirs", at=at, spared=over)

    assert await storage.users.with_id(ada.id) == kept
    assert not kept.has_ended("first", begun_at=ada.created_at)


async def test_logins_that_ended_stay_ended_when_the_clock_is_set_back(storage, ada: User) -> None:
    await storage.users.add(ada)
    at = datetime(2026, 3, 5, tzinfo=UTC)
    mine = Login("mine", at)
    assert await storage.users.end_logins(ada.id, before=at, spared=mine)
    assert await storage.users.end_logins(ada.id, before=at - timedelta(days=1), spared=mine)
    assert await storage.users.reset_password(
        ada.id, "newer hash", at=at - timedelta(days=1), spared=mine
    )
    assert (await storage.users.with_id(ada.id)).logins_since == at
