"""Everything about talking to Emporia's cloud."""

from dependency_injector import providers

from adapters.emporia.cognito.user_pool import CognitoEmporiaUserPool
from adapters.emporia.exchange.client import open_client
from adapters.emporia.gateway import HttpxEmporiaGateway
from adapters.memory.breakers import InMemoryBreakers
from adapters.memory.emporia_user_pool import CountingEmporiaUserPool
from adapters.memory.remembering.emporia_links import RememberingEmporiaLinkRepository
from adapters.sql.emporia_links import SqlEmporiaLinkRepository
from adapters.sql.last_answers import SqlLastAnswers
from application.emporia.cloud.calls import EmporiaCalls
from application.emporia.cloud.gates import Gates
from application.emporia.cloud.kept_answers import KeptAnswers
from application.emporia.cloud.outages import Outages
from application.emporia.cloud.read_shares import ReadShares
from application.emporia.cloud.refused_devices import RefusedDevices
from application.emporia.cloud.renewal import RenewTokens
from application.emporia.cloud.request_budgets import RequestBudgets
from application.emporia.cloud.sessions import EmporiaSessions
from application.emporia.device_directory import DeviceDirectory
from application.emporia.find_account import FindAccount
from application.emporia.forget_passwords import ForgetPasswords
from application.emporia.forget_unlinked import ForgetUnlinked
from application.emporia.link_emporia import LinkEmporia
from application.emporia.list_devices import ListDevices
from application.emporia.list_known_devices import ListKnownDevices
from application.emporia.make_key import MakeKey
from application.emporia.read_budget import ReadBudget
from application.emporia.read_link import ReadLink
from application.emporia.read_profile import ReadProfile
from application.emporia.sign_in import SignInAtEmporia
from application.emporia.unlink_emporia import UnlinkEmporia
from domain.emporia.links import SIGN_IN_PAUSES, LinkLife
from entrypoints.composition.accounts import Accounts
from entrypoints.composition.resources import owned
from entrypoints.composition.storage import chosen


class Emporia(Accounts):
    """Links, tokens, the request budget, and the cloud itself."""

    emporia_links = providers.Singleton(
        RememberingEmporiaLinkRepository,
        providers.Singleton(
            SqlEmporiaLinkRepository,
            Accounts.engine,
            secret_box=Accounts.secret_box,
            check_fence=providers.Callable(chosen.check_fence, Accounts.fences),
        ),
        events=Accounts.events,
    )
    request_ledger = providers.Singleton(
        chosen.request_ledger,
        Accounts.resources,
        Accounts.settings,
        Accounts.engine,
        Accounts.fences,
        Accounts.node_id,
        Accounts.clock,
    )

    http_client = providers.Singleton(
        owned,
        Accounts.resources,
        open_client,
        close_by="aclose",
        connect_timeout_seconds=Accounts.settings.provided.emporia_connect_timeout_seconds,
        read_timeout_seconds=Accounts.settings.provided.emporia_read_timeout_seconds,
        ca_files=Accounts.settings.provided.emporia_ca_files,
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
        total_timeout_seconds=Accounts.settings.provided.emporia_total_timeout_seconds,
    )
    counting_user_pool = providers.Singleton(CountingEmporiaUserPool, emporia_user_pool)
    emporia_gateway = providers.Singleton(
        HttpxEmporiaGateway,
        http_client,
        base_url=Accounts.settings.provided.emporia_api_url,
        total_timeout_seconds=Accounts.settings.provided.emporia_total_timeout_seconds,
        clock=Accounts.clock,
    )

    budgets = providers.Singleton(
        owned,
        Accounts.resources,
        RequestBudgets,
        ledger=request_ledger,
        leases=Accounts.leases,
        clock=Accounts.clock,
        daily_requests=Accounts.settings.provided.emporia_daily_requests,
        others=providers.Callable(
            chosen.requests_of_others, Accounts.settings, Accounts.engine, Accounts.node_id
        ),
    )
    gates = providers.Singleton(
        Gates,
        breakers=providers.Singleton(InMemoryBreakers),
        events=Accounts.events,
        clock=Accounts.clock,
        randomness=Accounts.randomness,
    )
    outages = providers.Singleton(Outages, gates=gates)
    refused_sign_ins = providers.Singleton(Accounts.refusals, kind="emporia", rule=SIGN_IN_PAUSES)
    sign_in_at_emporia = providers.Factory(
        SignInAtEmporia,
        user_pool=emporia_user_pool,
        links=emporia_links,
        refusals=refused_sign_ins,
    )
    link_life = providers.Singleton(LinkLife, days=Accounts.settings.provided.emporia_link_days)
    may_keep_passwords = Accounts.settings.provided.emporia_keep_password
    renew_tokens = providers.Singleton(
        RenewTokens,
        links=emporia_links,
        user_pool=counting_user_pool,
        sign_in=sign_in_at_emporia,
        events=Accounts.events,
        clock=Accounts.clock,
        life=link_life,
        may_keep_passwords=may_keep_passwords,
    )
    emporia_sessions = providers.Singleton(
        owned,
        Accounts.resources,
        EmporiaSessions,
        links=emporia_links,
        leases=Accounts.leases,
        turns=Accounts.renewal_turns,
        renew_tokens=renew_tokens,
        gates=gates,
        events=Accounts.events,
        clock=Accounts.clock,
    )
    read_shares = providers.Singleton(
        ReadShares,
        links=emporia_links,
        clock=Accounts.clock,
        daily_requests=Accounts.settings.provided.emporia_daily_requests,
    )
    calls = providers.Singleton(
        EmporiaCalls,
        sessions=emporia_sessions,
        budgets=budgets,
        shares=read_shares,
        outages=outages,
        clock=Accounts.clock,
    )
    directory = providers.Singleton(
        owned,
        Accounts.resources,
        DeviceDirectory,
        gateway=emporia_gateway,
        calls=calls,
        events=Accounts.events,
        clock=Accounts.clock,
    )
    refused_devices = providers.Singleton(
        RefusedDevices, events=Accounts.events, clock=Accounts.clock
    )
    last_answers = providers.Singleton(
        SqlLastAnswers, Accounts.engine, secret_box=Accounts.secret_box
    )
    kept_answers = providers.Singleton(
        KeptAnswers,
        last_answers=last_answers,
        links=emporia_links,
        gateway=emporia_gateway,
    )

    read_profile = providers.Factory(ReadProfile, links=emporia_links)
    read_link = providers.Factory(
        ReadLink,
        links=emporia_links,
        clock=Accounts.clock,
        life=link_life,
        may_keep_passwords=may_keep_passwords,
    )
    read_budget = providers.Factory(
        ReadBudget,
        links=emporia_links,
        budgets=budgets,
        allows_replay=Accounts.settings.provided.replay,
    )
    link_emporia = providers.Factory(
        LinkEmporia,
        sign_in=sign_in_at_emporia,
        find_account=providers.Factory(
            FindAccount,
            gateway=emporia_gateway,
            links=emporia_links,
            directory=directory,
            budgets=budgets,
            outages=outages,
        ),
        links=emporia_links,
        events=Accounts.events,
        clock=Accounts.clock,
        may_keep_passwords=may_keep_passwords,
    )
    unlink_emporia = providers.Factory(UnlinkEmporia, links=emporia_links, events=Accounts.events)
    forget_passwords = providers.Singleton(
        ForgetPasswords,
        links=emporia_links,
        events=Accounts.events,
        clock=Accounts.clock,
        may_keep_passwords=may_keep_passwords,
    )
    forget_unlinked = providers.Singleton(
        ForgetUnlinked, ledger=request_ledger, events=Accounts.events, clock=Accounts.clock
    )
    list_devices = providers.Factory(ListDevices, links=emporia_links, directory=directory)
    list_known_devices = providers.Factory(
        ListKnownDevices,
        list_devices=list_devices,
        kept_answers=kept_answers,
        links=emporia_links,
        clock=Accounts.clock,
    )
    make_key = providers.Factory(
        MakeKey, create_key=Accounts.create_key, links=emporia_links, directory=directory
    )
