"""What every EmporiaLinkRepository keeps its word about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.accounts.users import User
from domain.emporia.links import AccountId, EmporiaLink
from domain.errors import UserNotFound


@pytest.fixture
async def links(storage, ada: User, bob: User):
    await storage.users.add(ada)
    await storage.users.add(bob)
    return storage.links


async def test_a_link_is_read_as_saved(links, adas_link: EmporiaLink) -> None:
    await links.save(adas_link)

    assert await links.of_user(adas_link.user_id) == adas_link


async def test_nothing_is_linked_at_first(links, adas_link: EmporiaLink) -> None:
    assert await links.of_user(adas_link.user_id) is None
    assert await links.of_account(adas_link.account) == []
    assert await links.account_of(adas_link.subject) is None


async def test_a_link_of_somebody_who_left_is_refused_and_leaves_no_trace(
    storage, adas_link: EmporiaLink
) -> None:
    with pytest.raises(UserNotFound):
        await storage.links.save(adas_link)

    assert await storage.links.of_user(adas_link.user_id) is None
    assert await storage.links.account_of(adas_link.subject) is None


async def test_a_second_link_takes_the_place_of_the_first(links, adas_link: EmporiaLink) -> None:
    await links.save(adas_link)
    second = replace(
        adas_link,
        account=AccountId(4712),
        subject="another subject",
        emporia_username="other@emporia.example",
        linked_at=adas_link.linked_at + timedelta(days=1),
    )

    await links.save(second)

    assert await links.of_user(adas_link.user_id) == second
    assert await links.of_account(adas_link.account) == []


async def test_links_of_an_account_come_with_the_oldest_first(
    links, adas_link: EmporiaLink, bobs_link: EmporiaLink
) -> None:
    await links.save(adas_link)
    await links.save(bobs_link)

    assert await links.of_account(adas_link.account) == [bobs_link, adas_link]


async def test_refreshed_tokens_are_kept(
    links, adas_link: EmporiaLink, bobs_link: EmporiaLink
) -> None:
    await links.save(adas_link)
    refreshed = adas_link.with_tokens(bobs_link.tokens)

    assert await links.replace_tokens(refreshed)
    assert await links.of_user(adas_link.user_id) == refreshed


async def test_tokens_are_kept_instead_of_those_that_are_there_alone(
    links, adas_link: EmporiaLink, bobs_link: EmporiaLink
) -> None:
    await links.save(adas_link)
    refreshed = adas_link.with_tokens(bobs_link.tokens)

    assert await links.replace_tokens(refreshed, instead_of=adas_link.tokens)
    assert not await links.replace_tokens(adas_link, instead_of=adas_link.tokens)
    assert not await links.replace_tokens(refreshed.with_tokens(None), instead_of=adas_link.tokens)

    assert await links.of_user_anew(adas_link.user_id) == refreshed


async def test_a_link_without_tokens_is_dead_but_still_listed(
    links, adas_link: EmporiaLink
) -> None:
    dead = adas_link.with_tokens(None)
    await links.save(adas_link)

    assert await links.replace_tokens(dead)
    assert await links.of_user(adas_link.user_id) == dead
    assert await links.of_account(adas_link.account) == [dead]


async def test_tokens_of_a_former_link_are_not_kept(links, adas_link: EmporiaLink) -> None:
    relinked = replace(adas_link, linked_at=adas_link.linked_at + timedelta(microseconds=1))
    await links.save(adas_link)
    await links.save(relinked)

    assert not await links.replace_tokens(adas_link.with_tokens(None))
    assert await links.of_user(adas_link.user_id) == relinked


async def test_tokens_are_not_kept_after_unlinking(links, adas_link: EmporiaLink) -> None:
    await links.save(adas_link)
    await links.remove(adas_link.user_id)

    assert not await links.replace_tokens(adas_link)
    assert await links.of_user(adas_link.user_id) is None


async def test_unlinking_twice_is_no_different_from_once(links, adas_link: EmporiaLink) -> None:
    await links.save(adas_link)

    await links.remove(adas_link.user_id)
    await links.remove(adas_link.user_id)

    assert await links.of_user(adas_link.user_id) is None


async def test_subjects_of_one_account_are_each_recognised(
    links, adas_link: EmporiaLink, bobs_link: EmporiaLink
) -> None:
    await links.save(adas_link)
    await links.save(bobs_link)

    assert await links.account_of(adas_link.subject) == adas_link.account
    assert await links.account_of(bobs_link.subject) == bobs_link.account


async def test_a_subject_that_moves_to_another_account_is_found_there(
    links, adas_link: EmporiaLink, bobs_link: EmporiaLink
) -> None:
    await links.save(adas_link)
    moved = replace(
        bobs_link,
        subject=adas_link.subject,
        account=AccountId(4712),
        linked_at=adas_link.linked_at + timedelta(days=1),
    )

    await links.save(moved)

    assert await links.account_of(adas_link.subject) == AccountId(4712)
    assert await links.of_user(adas_link.user_id) == adas_link


async def test_every_linked_account_is_told_once(
    links, adas_link: EmporiaLink, bobs_link: EmporiaLink
) -> None:
    assert list(await links.accounts()) == []

    await links.save(adas_link)
    await links.save(bobs_link)
    assert list(await links.accounts()) == [adas_link.account]

    await links.save(replace(bobs_link, account=AccountId(4712)))
    assert sorted(await links.accounts()) == [adas_link.account, AccountId(4712)]

    await links.remove(adas_link.user_id)
    assert list(await links.accounts()) == [AccountId(4712)]


async def test_an_account_with_a_dead_link_is_still_linked(links, adas_link: EmporiaLink) -> None:
    await links.save(replace(adas_link, tokens=None))

    assert list(await links.accounts()) == [adas_link.account]
