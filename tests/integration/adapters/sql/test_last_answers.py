"""What every LastAnswers keeps its word about."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from adapters.sql.last_answers import SqlLastAnswers
from adapters.sql.tables import last_answers
from application.ports.emporia.last_answers import LastAnswer
from domain.accounts.users import User
from domain.emporia.links import AccountId, EmporiaLink

DEVICES = "devices"


@pytest.fixture
async def linked(storage, ada: User, bob: User, adas_link: EmporiaLink):
    await storage.users.add(ada)
    await storage.users.add(bob)
    await storage.links.save(adas_link)
    return storage


@pytest.fixture
def answer(adas_link: EmporiaLink) -> LastAnswer:
    return LastAnswer(
        document={"customerGid": 1, "devices": [{"unknown": None}]},
        received_at=adas_link.linked_at + timedelta(minutes=1),
    )


async def test_an_answer_is_told_as_it_was_kept_and_the_newest_counts(
    linked, adas_link: EmporiaLink, answer: LastAnswer
) -> None:
    newer = LastAnswer(document={}, received_at=answer.received_at + timedelta(minutes=1))
    assert await linked.last_answers.of_account(adas_link.account, DEVICES) is None

    for each in (answer, newer):
        await linked.last_answers.keep(adas_link, DEVICES, each)
        assert await linked.last_answers.of_account(adas_link.account, DEVICES) == each

    assert await linked.last_answers.of_account(adas_link.account, "1MIN") is None
    assert await linked.last_answers.of_account(AccountId(1), DEVICES) is None


async def test_of_two_links_to_an_account_the_newer_answer_is_told(
    linked, adas_link: EmporiaLink, bobs_link: EmporiaLink, answer: LastAnswer
) -> None:
    other = replace(bobs_link, account=adas_link.account)
    newer = LastAnswer(document={}, received_at=answer.received_at + timedelta(minutes=1))
    await linked.links.save(other)
    await linked.last_answers.keep(other, DEVICES, newer)
    await linked.last_answers.keep(adas_link, DEVICES, answer)

    assert await linked.last_answers.of_account(adas_link.account, DEVICES) == newer

    await linked.links.remove(other.user_id)
    assert await linked.last_answers.of_account(adas_link.account, DEVICES) == answer


@pytest.mark.parametrize("way", ["unlink", "leave", "link another"])
async def test_what_is_kept_for_a_link_is_erased_with_it(
    linked, adas_link: EmporiaLink, answer: LastAnswer, way: str
) -> None:
    await linked.last_answers.keep(adas_link, DEVICES, answer)

    match way:
        case "unlink":
            await linked.links.remove(adas_link.user_id)
            await linked.links.save(adas_link)
        case "leave":
            await linked.users.remove(adas_link.user_id)
        case _:
            await linked.links.save(replace(adas_link, account=AccountId(4712)))

    assert await linked.last_answers.of_account(adas_link.account, DEVICES) is None
    assert await linked.last_answers.of_account(AccountId(4712), DEVICES) is None


async def test_the_same_account_linked_anew_keeps_what_is_known(
    linked, adas_link: EmporiaLink, answer: LastAnswer
) -> None:
    await linked.last_answers.keep(adas_link, DEVICES, answer)
    anew = replace(adas_link, linked_at=adas_link.linked_at + timedelta(days=1))
    await linked.links.save(anew)

    assert await linked.last_answers.of_account(adas_link.account, DEVICES) == answer


async def test_an_answer_that_comes_after_the_unlinking_is_not_kept(
    linked, adas_link: EmporiaLink, answer: LastAnswer
) -> None:
    await linked.links.remove(adas_link.user_id)
    await linked.last_answers.keep(adas_link, DEVICES, answer)
    anew = replace(adas_link, linked_at=adas_link.linked_at + timedelta(days=1))
    await linked.links.save(anew)
    await linked.last_answers.keep(adas_link, DEVICES, answer)

    assert await linked.last_answers.of_account(adas_link.account, DEVICES) is None


async def test_in_the_file_an_answer_is_sealed_and_opens_for_no_other_user(
    engine, secret_box, ada: User, adas_link: EmporiaLink, bob: User
) -> None:
    from adapters.sql.emporia_links import SqlEmporiaLinkRepository
    from adapters.sql.users import SqlUserRepository

    answers = SqlLastAnswers(engine, secret_box=secret_box)
    for user in (ada, bob):
        await SqlUserRepository(engine).add(user)
    links = SqlEmporiaLinkRepository(engine, secret_box=secret_box)
    await links.save(adas_link)
    await links.save(replace(adas_link, user_id=bob.id))
    told = LastAnswer(document={"email": "ada@home.example"}, received_at=adas_link.linked_at)
    await answers.keep(adas_link, DEVICES, told)

    async with engine.begin() as connection:
        sealed = await connection.scalar(select(last_answers.c.sealed_answer))
        assert b"ada@home.example" not in sealed
        await connection.execute(last_answers.update().values(user_id=bob.id))

    assert await answers.of_account(adas_link.account, DEVICES) is None
