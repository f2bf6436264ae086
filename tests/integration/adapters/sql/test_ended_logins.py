"""What every EndedLogins keeps its word about."""

from datetime import UTC, datetime

from domain.accounts.users import User

FUTURE = datetime(2099, 1, 1, tzinfo=UTC)


async def test_an_ended_login_is_remembered_and_no_other(storage, ada: User) -> None:
    await storage.users.add(ada)

    await storage.ended_logins.add("login", user_id=ada.id, until=FUTURE)

    assert await storage.ended_logins.contains("login")
    assert not await storage.ended_logins.contains("another login")


async def test_a_login_may_be_ended_twice(storage, ada: User) -> None:
    await storage.users.add(ada)

    await storage.ended_logins.add("login", user_id=ada.id, until=FUTURE)
    await storage.ended_logins.add("login", user_id=ada.id, until=FUTURE)

    assert await storage.ended_logins.contains("login")


async def test_nothing_is_remembered_for_somebody_who_left(storage, ada: User) -> None:
    await storage.ended_logins.add("login", user_id=ada.id, until=FUTURE)

    assert not await storage.ended_logins.contains("login")
