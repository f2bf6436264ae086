"""People, their passwords and their sessions."""

from datetime import timedelta

from dependency_injector import providers
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.memory.remembering.access_tokens import RememberingAccessTokens
from adapters.memory.remembering.api_keys import RememberingApiKeys
from adapters.memory.remembering.ended_logins import RememberingEndedLogins
from adapters.memory.remembering.users import RememberingUserRepository
from adapters.security.argon2 import Argon2PasswordHasher
from adapters.security.common_passwords import PackagedCommonPasswords
from adapters.security.jwt import JwtAccessTokens
from adapters.sql.api_keys import SqlApiKeys
from adapters.sql.ended_logins import SqlEndedLogins
from adapters.sql.known_networks import SqlKnownNetworks
from adapters.sql.sessions import SqlSessions
from adapters.sql.users import SqlUserRepository
from application.accounts.access import AccessPolicy, IssueAccess
from application.accounts.check_access import CheckAccess
from application.accounts.delete_account import DeleteAccount
from application.accounts.keys.check_key import CheckKey
from application.accounts.list_users import ListUsers
from application.accounts.passwords.change_password import ChangePassword
from application.accounts.passwords.choose_password import ChoosePassword
from application.accounts.passwords.confirm_password import ConfirmPassword
from application.accounts.passwords.prove_password import ProvePassword
from application.accounts.passwords.reset_password import ResetPassword
from application.accounts.register import Register
from application.accounts.remove_user import RemoveUser
from application.accounts.sessions.begin_session import BeginSession
from application.accounts.sessions.end_sessions import EndOtherSessions, EndSession
from application.accounts.sessions.list_sessions import ListSessions
from application.accounts.sessions.log_out import LogOut
from application.accounts.sessions.renew_token import RenewToken
from application.accounts.sessions.use_session import UseSession
from application.ports.accounts.common_passwords import CommonPasswords
from application.ports.accounts.sight import Sight
from domain.accounts.callers.pauses import PASSWORD_PAUSES
from domain.accounts.sign_up import SignUp
from entrypoints.composition.platform import Platform
from entrypoints.composition.resources import owned
from entrypoints.composition.storage import chosen
from entrypoints.composition.storage.secrets import token_secrets
from entrypoints.settings import Settings


def _known_networks(engine: AsyncEngine, secrets: tuple[bytes, ...]) -> SqlKnownNetworks:
    return SqlKnownNetworks(engine, key=secrets[0])


def _access_policy(settings: Settings) -> AccessPolicy:
    return AccessPolicy(
        token_lifetime=timedelta(seconds=settings.token_lifetime_seconds),
        login_lifetime=timedelta(days=settings.login_lifetime_days),
        longest_rest=timedelta(minutes=settings.session_idle_minutes) or None,
    )


def _if_wanted(is_wanted: bool, passwords: CommonPasswords) -> CommonPasswords | None:
    return passwords if is_wanted else None


class People(Platform):
    """Who has an account, and which of their logins are going on."""

    users = providers.Singleton(
        RememberingUserRepository,
        providers.Singleton(SqlUserRepository, Platform.engine),
        events=Platform.events,
    )
    ended_logins = providers.Singleton(
        RememberingEndedLogins,
        providers.Singleton(SqlEndedLogins, Platform.engine, clock=Platform.clock),
        events=Platform.events,
    )
    passwords = providers.Singleton(
        owned,
        Platform.resources,
        Argon2PasswordHasher,
        max_workers=Platform.settings.provided.password_threads,
    )
    token_secrets = providers.Singleton(token_secrets, Platform.settings)
    access_tokens = providers.Singleton(
        RememberingAccessTokens, providers.Singleton(JwtAccessTokens, token_secrets)
    )
    access_policy = providers.Singleton(_access_policy, Platform.settings)
    sessions = providers.Singleton(SqlSessions, Platform.engine)
    api_keys = providers.Singleton(
        RememberingApiKeys,
        providers.Singleton(SqlApiKeys, Platform.engine),
        events=Platform.events,
    )
    check_key = providers.Factory(CheckKey, keys=api_keys, users=users, clock=Platform.clock)
    use_session = providers.Factory(
        UseSession,
        sessions=sessions,
        ended_logins=ended_logins,
        clock=Platform.clock,
        policy=access_policy,
    )
    sight: providers.Provider[Sight | None] = providers.Object(None)
    """Put in place where there are other nodes."""

    check_access = providers.Factory(
        CheckAccess,
        access_tokens=access_tokens,
        ended_logins=ended_logins,
        users=users,
        use_session=use_session,
        check_key=check_key,
        clock=Platform.clock,
        sight=sight,
    )
    issue_access = providers.Factory(
        IssueAccess,
        access_tokens=access_tokens,
        clock=Platform.clock,
        randomness=Platform.randomness,
        policy=access_policy,
    )

    account_calls = providers.Singleton(
        chosen.call_limit, Platform.settings, Platform.engine, token_secrets, Platform.clock
    )
    refusals = providers.Callable(
        chosen.refusals, Platform.settings, Platform.engine, token_secrets, Platform.clock
    )
    """Of one kind, by one rule: whoever counts has one of their own."""
    wrong_passwords = providers.Singleton(refusals, kind="password", rule=PASSWORD_PAUSES)
    known_networks = providers.Singleton(_known_networks, Platform.engine, token_secrets)
    prove_password = providers.Factory(
        ProvePassword,
        passwords=passwords,
        refusals=wrong_passwords,
        known_networks=known_networks,
        events=Platform.events,
        clock=Platform.clock,
    )

    common_passwords = providers.Singleton(PackagedCommonPasswords)
    choose_password = providers.Factory(
        ChoosePassword,
        shortest=Platform.settings.provided.password_min_length,
        common_passwords=providers.Callable(
            _if_wanted, Platform.settings.provided.password_blocklist, common_passwords
        ),
    )
    register = providers.Factory(
        Register,
        users=users,
        passwords=passwords,
        clock=Platform.clock,
        randomness=Platform.randomness,
        events=Platform.events,
        choose_password=choose_password,
        sign_up=Platform.settings.provided.signup,
    )
    add_user = providers.Factory(register, sign_up=SignUp.OPEN)
    list_users = providers.Factory(ListUsers, users=users)
    reset_password = providers.Factory(
        ResetPassword,
        users=users,
        passwords=passwords,
        sessions=sessions,
        events=Platform.events,
        clock=Platform.clock,
        choose_password=choose_password,
    )
    remove_user = providers.Factory(RemoveUser, users=users, events=Platform.events)
    begin_session = providers.Factory(
        BeginSession, issue_access=issue_access, sessions=sessions, events=Platform.events
    )
    renew_token = providers.Factory(RenewToken, issue_access=issue_access)
    end_session = providers.Factory(
        EndSession,
        ended_logins=ended_logins,
        sessions=sessions,
        events=Platform.events,
        clock=Platform.clock,
        policy=access_policy,
    )
    log_out = providers.Factory(LogOut, end_session=end_session, policy=access_policy)
    list_sessions = providers.Factory(ListSessions, sessions=sessions, clock=Platform.clock)
    end_other_sessions = providers.Factory(
        EndOtherSessions,
        users=users,
        sessions=sessions,
        events=Platform.events,
        clock=Platform.clock,
    )
    confirm_password = providers.Factory(
        ConfirmPassword, prove_password=prove_password, sessions=sessions, clock=Platform.clock
    )
    change_password = providers.Factory(
        ChangePassword,
        users=users,
        passwords=passwords,
        prove_password=prove_password,
        end_other_sessions=end_other_sessions,
        sessions=sessions,
        events=Platform.events,
        clock=Platform.clock,
        choose_password=choose_password,
    )
    delete_account = providers.Factory(
        DeleteAccount, users=users, prove_password=prove_password, events=Platform.events
    )
