"""What PostgreSQL's errors mean: whether the server is to blame, and what to do about it."""

import errno
from collections.abc import Iterator
from ssl import SSLCertVerificationError

from asyncpg import ClientConfigurationError, InterfaceError, InternalClientError, PostgresError
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from adapters.sqlite.faults import StorageUnusable

BUSY = frozenset({"40001", "40P01", "55P03", "55006", "57014"})
"""Serialization, deadlocks, locks that did not come in time, and what was ended for that."""

_AWAY = ("08", "53", "57", "58", "XX")
"""No connection, no resources, an operator at work, errors of the system and of the server."""

_REFUSED = frozenset({"25006", "25P03", "28000", "28P01", "3D000", "42501", "42P01", "42703"})
"""Read-only, an idle transaction ended, not let in, no such database, table, or column."""

_UNPROVEN = (SSLCertVerificationError, ClientConfigurationError)
"""No certificate that is known here says that it is the server; or none could be read."""


class DatabaseUnusable(StorageUnusable):
    """The database can't be worked with; the sentence says why and what to do."""


def is_of_storage(error: BaseException | None) -> bool:
    """Whether the server, the network or another client is to blame."""
    return any(_is_of_storage(each) for each in _with_causes(error))


def is_busy(error: BaseException | None) -> bool:
    """Whether somebody else held the lock, or all connections, for too long."""
    return any(
        isinstance(each, NoConnectionFree) or code_of(each) in BUSY for each in _with_causes(error)
    )


def name_of(error: BaseException) -> str:
    """What happened, without what was asked or who asked: neither host nor user nor value."""
    for each in _with_causes(error):
        if isinstance(each, TimeoutError) and each.errno is None:
            return TimeoutError.__name__  # below it is only how the driver gave up
        if isinstance(each, OSError) and each.errno is not None:
            return errno.errorcode.get(each.errno, type(each).__name__)
        if code := code_of(each):
            return f"{_driver_error(each)} ({code})"
    return _driver_error(error)


def code_of(error: BaseException | None) -> str | None:
    """The SQLSTATE, where the server has told one."""
    found: str | None = getattr(error, "sqlstate", None)
    return found


def sentence_of(error: BaseException, *, where: str) -> str:
    """Why this database can't be worked with; `where` names it without a secret."""
    if any(isinstance(each, _UNPROVEN) for each in _with_causes(error)):
        return (
            f"{where} can't be reached safely: its certificate is of no authority that is known "
            "here, or for another host; see PGSSLROOTCERT, and ssl in DATABASE_URL."
        )
    codes = {code_of(each) for each in _with_causes(error)}
    if codes & {"28000", "28P01"}:
        return f"{where} lets nobody in by this user and password; see DATABASE_URL."
    if "3D000" in codes:
        return f"{where} is not there; create it, or name another in DATABASE_URL."
    if codes & {"42501", "25006"}:
        return f"{where} can't be written; let the user of DATABASE_URL own the database."
    if codes & {"42P01", "42703"}:
        return f"{where} lacks tables or columns; restore it, or run: emporia-api migrate"
    if codes & {"53300"}:
        return f"{where} has no connection free; let the server take more (max_connections)."
    if "53100" in codes:
        return f"{where} has no room on its disk; make room on it."
    if any(isinstance(each, FileNotFoundError) for each in _with_causes(error)):
        return f"{where} can't be reached: its socket, or the file of PGSSLROOTCERT, is not there."
    return f"{where} can't be reached or does not answer ({name_of(error)}); see that it runs."


def _is_of_storage(error: BaseException) -> bool:
    code = code_of(error)
    if code is not None:
        return code in BUSY or code in _REFUSED or code.startswith(_AWAY)
    # Its own words for what broke off, and a connection that the server has just ended.
    if isinstance(error, PostgresError | InternalClientError):
        return True
    if isinstance(error, ClientConfigurationError):  # no authority's certificate could be read
        return True
    if isinstance(error, InterfaceError):
        # The same class tells of arguments that fit no column, which are the caller's.
        return not isinstance(error, ValueError)
    if isinstance(error, InvalidRequestError):
        return False
    return isinstance(error, OSError | TimeoutError | EOFError | NoConnectionFree)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.orig if isinstance(error, DBAPIError) else error.__cause__


def _driver_error(error: BaseException) -> str:
    *_, first = _with_causes(error)
    return type(first).__name__
