"""Who may come in."""

from datetime import timedelta

from dependency_injector import providers
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.memory.access_tokens import RememberingAccessTokens
from adapters.memory.call_limits import InMemoryCallLimit
from adapters.memory.ended_logins import RememberingEndedLogins
from adapters.memory.refusals import InMemoryRefusals
from adapters.memory.users import RememberingUserRepository
from adapters.security.argon2 import Argon2PasswordHasher
from adapters.security.jwt import JwtAccessTokens
from adapters.security.secrets_file import load_or_create
from adapters.sql.ended_logins import SqlEndedLogins
from adapters.sql.known_networks import SqlKnownNetworks
from adapters.sql.users import SqlUserRepository
from application.accounts.access import AccessPolicy, CheckAccess, IssueAccess
from application.accounts.delete_account import DeleteAccount
from application.accounts.list_users import ListUsers
from application.accounts.log_in import LogIn
from application.accounts.log_out import LogOut
from application.accounts.prove_password import ProvePassword
from application.accounts.register import Register
from application.accounts.remove_user import RemoveUser
from application.accounts.renew_token import RenewToken
from application.accounts.reset_password import ResetPassword
from domain.accounts.pauses import PASSWORD_PAUSES
from domain.accounts.sign_up import SignUp
from entrypoints.composition.platform import Platform
from entrypoints.composition.resources import owned
from entrypoints.settings import Settings


def _token_secrets(settings: Settings) -> tuple[bytes, ...]:
    return settings.token_secrets or (load_or_create(settings.data_dir / "token-secret"),)


def _known_networks(engine: AsyncEngine, secrets: tuple[bytes, ...]) -> SqlKnownNetworks:
    return SqlKnownNetworks(engine, key=secrets[0])


def _access_policy(settings: Settings) -> AccessPolicy:
    return AccessPolicy(
        token_lifetime=timedelta(seconds=settings.token_lifetime_seconds),
        login_lifetime=timedelta(days=settings.login_lifetime_days),
    )


class Accounts(Platform):
    """People and their logins."""

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
    token_secrets = providers.Singleton(_token_secrets, Platform.settings)
    access_tokens = providers.Singleton(
        RememberingAccessTokens, providers.Singleton(JwtAccessTokens, token_secrets)
    )
    access_policy = providers.Singleton(_access_policy, Platform.settings)
    check_access = providers.Factory(
        CheckAccess,
        access_tokens=access_tokens,
        ended_logins=ended_logins,
        users=users,
        clock=Platform.clock,
    )
    issue_access = providers.Factory(
        IssueAccess,
        access_tokens=access_tokens,
        clock=Platform.clock,
        randomness=Platform.randomness,
        policy=access_policy,
    )

    account_calls = providers.Singleton(
        InMemoryCallLimit,
        most_calls=Platform.settings.provided.account_calls_per_minute,
        clock=Platform.clock,
    )
    wrong_passwords = providers.Singleton(
        InMemoryRefusals, rule=PASSWORD_PAUSES, clock=Platform.clock
    )
    known_networks = providers.Singleton(_known_networks, Platform.engine, token_secrets)
    prove_password = providers.Factory(
        ProvePassword,
        passwords=passwords,
        refusals=wrong_passwords,
        known_networks=known_networks,
        clock=Platform.clock,
    )

    register = providers.Factory(
        Register,
        users=users,
        passwords=passwords,
        clock=Platform.clock,
        randomness=Platform.randomness,
        events=Platform.events,
        shortest_password=Platform.settings.provided.password_min_length,
        sign_up=Platform.settings.provided.signup,
    )
    add_user = providers.Factory(register, sign_up=SignUp.OPEN)
    list_users = providers.Factory(ListUsers, users=users)
    reset_password = providers.Factory(
        ResetPassword,
        users=users,
        passwords=passwords,
        clock=Platform.clock,
        shortest_password=Platform.settings.provided.password_min_length,
    )
    remove_user = providers.Factory(RemoveUser, users=users, events=Platform.events)
    log_in = providers.Factory(
        LogIn,
        users=users,
        passwords=passwords,
        prove_password=prove_password,
        issue_access=issue_access,
        events=Platform.events,
    )
    renew_token = providers.Factory(RenewToken, issue_access=issue_access)
    log_out = providers.Factory(
        LogOut, ended_logins=ended_logins, events=Platform.events, policy=access_policy
    )
    delete_account = providers.Factory(
        DeleteAccount, users=users, prove_password=prove_password, events=Platform.events
    )
