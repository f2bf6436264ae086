"""Whether a login goes on, as a condition of what is written on its behalf.

It may have ended since its token was checked: a password takes its time to be read.
"""

from typing import Any

from sqlalchemy import and_, exists, or_
from sqlalchemy.sql import ColumnElement

from adapters.sql.tables import ended_logins, users
from domain.accounts.users import Login, UserId


def goes_on(user_id: UserId, login: Login) -> ColumnElement[bool]:
    """Holds for the user's row, while there is one and this login of theirs is not over."""
    return login_goes_on(user_id, login.id, login.begun_at)


def login_goes_on(user_id: Any, login_id: Any, begun_at: Any) -> ColumnElement[bool]:
    """The same of what is named later, where one statement is made for many."""
    return and_(
        users.c.id == user_id,
        or_(
            users.c.logins_since.is_(None),
            users.c.logins_since <= begun_at,
            users.c.spared_login == login_id,
        ),
        ~exists().where(ended_logins.c.login_id == login_id),
    )
