"""Everything about talking to Emporia's cloud."""

from dependency_injector import providers

from adapters.emporia.client import open_client
from adapters.emporia.cognito import CognitoEmporiaUserPool
from adapters.emporia.gateway import HttpxEmporiaGateway
from adapters.memory.emporia_links import RememberingEmporiaLinkRepository
from adapters.memory.refusals import InMemoryRefusals
from adapters.security.sealing import AesGcmSecretBox
from adapters.security.secrets_file import load_or_create
from adapters.sql.emporia_links import SqlEmporiaLinkRepository
from adapters.sql.request_ledger import SqlRequestLedger
from application.emporia.calls import EmporiaCalls
from application.emporia.device_directory import DeviceDirectory
from application.emporia.link_emporia import LinkEmporia
from application.emporia.list_devices import ListDevices
from application.emporia.read_budget import ReadBudget
from application.emporia.read_profile import ReadProfile
from application.emporia.request_budgets import RequestBudgets
from application.emporia.sessions import EmporiaSessions
from application.emporia.sign_in import SignInAtEmporia
from application.emporia.unlink_emporia import UnlinkEmporia
from domain.emporia.links import SIGN_IN_PAUSES
from entrypoints.composition.accounts import Accounts
from entrypoints.composition.resources import owned
from entrypoints.settings import Settings


def _sealing_keys(settings: Settings) -> tuple[bytes, ...]:
    return settings.sealing_keys or (load_or_create(settings.data_dir / "sealing-key"),)


class Emporia(Accounts):
    """Links, tokens, the request budget, and the cloud itself."""

    secret_box = providers.Singleton(
        AesGcmSecretBox, providers.Callable(_sealing_keys, Accounts.settings)
    )
    emporia_links = providers.Singleton(
        RememberingEmporiaLinkRepository,
        providers.Singleton(SqlEmporiaLinkRepository, Accounts.engine, secret_box=secret_box),
        events=Accounts.events,
    )
    request_ledger = providers.Singleton(SqlRequestLedger, Accounts.engine)

    http_client = providers.Singleton(
        owned,
        Accounts.resources,
        open_client,
        close_by="aclose",
        connect_timeout_seconds=Accounts.settings.provided.emporia_connect_timeout_seconds,
        read_timeout_seconds=Accounts.settings.provided.emporia_read_timeout_seconds,
    )
    emporia_user_pool = providers.Singleton(
        owned,
        Accounts.resources,
        CognitoEmporiaUserPool,
        http_client=http_client,
        clock=Accounts.clock,
        endpoint=Accounts.settings.provided.emporia_cognito_url,
        pool_id=Accounts.settings.provided.emporia_user_pool_id,
        client_id=Accounts.settings.provided.emporia_client_id,
        connect_timeout_seconds=Accounts.settings.provided.emporia_connect_timeout_seconds,
        read_timeout_seconds=Accounts.settings.provided.emporia_read_timeout_seconds,
        total_timeout_seconds=Accounts.settings.provided.emporia_total_timeout_seconds,
    )
    emporia_gateway = providers.Singleton(
        HttpxEmporiaGateway,
        http_client,
        base_url=Accounts.settings.provided.emporia_api_url,
        total_timeout_seconds=Accounts.settings.provided.emporia_total_timeout_seconds,
        clock=Accounts.clock,
    )

    budgets = providers.Singleton(
        RequestBudgets,
        ledger=request_ledger,
        clock=Accounts.clock,
        daily_requests=Accounts.settings.provided.emporia_daily_requests,
    )
    sessions = providers.Singleton(
        owned,
        Accounts.resources,
        EmporiaSessions,
        links=emporia_links,
        user_pool=emporia_user_pool,
        events=Accounts.events,
        clock=Accounts.clock,
    )
    calls = providers.Singleton(
        EmporiaCalls,
        sessions=sessions,
        budgets=budgets,
        clock=Accounts.clock,
        randomness=Accounts.randomness,
    )
    directory = providers.Singleton(
        owned,
        Accounts.resources,
        DeviceDirectory,
        gateway=emporia_gateway,
        calls=calls,
        clock=Accounts.clock,
    )

    read_profile = providers.Factory(ReadProfile, links=emporia_links)
    read_budget = providers.Factory(ReadBudget, links=emporia_links, budgets=budgets)
    refused_sign_ins = providers.Singleton(
        InMemoryRefusals, rule=SIGN_IN_PAUSES, clock=Accounts.clock
    )
    sign_in_at_emporia = providers.Factory(
        SignInAtEmporia,
        user_pool=emporia_user_pool,
        links=emporia_links,
        refusals=refused_sign_ins,
    )
    link_emporia = providers.Factory(
        LinkEmporia,
        sign_in=sign_in_at_emporia,
        gateway=emporia_gateway,
        links=emporia_links,
        directory=directory,
        budgets=budgets,
        events=Accounts.events,
        clock=Accounts.clock,
    )
    unlink_emporia = providers.Factory(UnlinkEmporia, links=emporia_links, events=Accounts.events)
    list_devices = providers.Factory(ListDevices, links=emporia_links, directory=directory)
