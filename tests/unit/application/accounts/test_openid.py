"""Signing in with an identity that a provider vouches for."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.fake.accounts.flow_seals import NumberedFlowSeals
from adapters.fake.accounts.identities import InMemoryIdentities
from adapters.fake.accounts.identity_provider import ISSUER, ScriptedIdentityProvider
from adapters.memory.hand_overs import InMemoryHandOvers
from application.accounts.openid.begin import BeginJoining, BeginOpenId
from application.accounts.openid.finish import FinishOpenId, Return, Ticket
from application.accounts.openid.identities import LeaveIdentity, ReadIdentity
from application.accounts.openid.take_over import TakeOver
from application.accounts.passwords.prove_password import CallersPassword
from application.accounts.register import Registration
from application.accounts.sessions.log_in import Credentials
from domain.accounts.callers.visits import unseen
from domain.accounts.errors import (
    IdentityRefused,
    IdentityTaken,
    IdentityUnknown,
    PasswordNeeded,
    ProviderOff,
)
from domain.accounts.identities import JoinedIdentity, ProvenIdentity
from domain.accounts.sign_up import SignUp
from domain.errors import AccessTokenInvalid, EmailTaken, SignUpClosed, UserNotFound

PASSWORD = CallersPassword("correct horse")
HERE = "https://gateway.example/auth/oidc/callback"
GRACE = ProvenIdentity(issuer=ISSUER, subject="grace at the provider", email="grace@example.com")


@dataclass(frozen=True, kw_only=True)
class Sign:
    """All that is done about identities, on a world's parts."""

    world: Any
    provider: ScriptedIdentityProvider
    identities: InMemoryIdentities
    begin: BeginOpenId
    join: BeginJoining
    finish: FinishOpenId
    take_over: TakeOver
    read: ReadIdentity
    leave: LeaveIdentity

    def back(self, begun, person: ProvenIdentity = GRACE, **changes) -> Return:
        """What a browser comes back with, but for the changes."""
        code = f"code {len(self.provider.asked)}"
        self.provider.people[code] = person
        returned = Return(
            sealed_flow=begun.sealed_flow,
            state=self.provider.asked[-1].state,
            code=code,
            issuer=ISSUER,
        )
        return replace(returned, **changes)

    async def ticket(self, person: ProvenIdentity = GRACE) -> Ticket:
        begun = await self.begin(return_address=HERE)
        ticket = await self.finish(self.back(begun, person))
        assert ticket is not None
        return ticket

    async def sign_in(self, person: ProvenIdentity = GRACE):
        ticket = await self.ticket(person)
        token = await self.take_over(ticket.code, binding=ticket.binding, visit=unseen())
        return await self.world.check_access(token)

    async def joined(self, caller, person: ProvenIdentity = GRACE) -> None:
        begun = await self.join(caller, PASSWORD, return_address=HERE)
        assert await self.finish(self.back(begun, person)) is None


@pytest.fixture
def make_sign(make_world):
    def make(*, makes_users: bool = False, **settings) -> Sign:
        world = make_world(**settings)
        provider, seals = ScriptedIdentityProvider(), NumberedFlowSeals()
        identities, hand_overs = InMemoryIdentities(world.store), InMemoryHandOvers()
        begin = BeginOpenId(
            provider=provider, seals=seals, randomness=world.randomness, clock=world.clock
        )
        return Sign(
            world=world,
            provider=provider,
            identities=identities,
            begin=begin,
            join=BeginJoining(begin=begin, confirm_password=world.confirm_password),
            finish=FinishOpenId(
                provider=provider,
                seals=seals,
                identities=identities,
                users=world.users,
                register=world.register,
                check_access=world.check_access,
                hand_overs=hand_overs,
                events=world.events,
                randomness=world.randomness,
                clock=world.clock,
                makes_users=makes_users,
            ),
            take_over=TakeOver(
                hand_overs=hand_overs,
                users=world.users,
                begin_session=world.begin_session,
                clock=world.clock,
            ),
            read=ReadIdentity(provider=provider, identities=identities),
            leave=LeaveIdentity(
                provider=provider,
                identities=identities,
                confirm_password=world.confirm_password,
                events=world.events,
            ),
        )

    return make


@pytest.fixture
def sign(make_sign) -> Sign:
    made: Sign = make_sign()
    return made


async def test_an_identity_that_was_joined_signs_its_user_in(sign):
    caller = await sign.world.sign_up()
    await sign.joined(caller)
    assert (await sign.sign_in()).user.id == caller.user.id
    assert (await sign.read(caller)).subject == GRACE.subject
    assert sign.world.event_counts.counts["IdentityJoined"] == 1


async def test_an_account_with_the_same_email_is_never_joined_by_it(make_sign):
    sign = make_sign(makes_users=True)
    await sign.world.sign_up("Grace@Example.com")
    with pytest.raises(EmailTaken):
        await sign.ticket()
    assert sign.world.store.identities == {}


async def test_the_same_subject_of_another_issuer_is_somebody_else(sign):
    await sign.joined(await sign.world.sign_up())
    with pytest.raises(IdentityUnknown):
        await sign.ticket(replace(GRACE, issuer="https://evil.example"))


async def test_nobody_new_is_let_in_unless_the_operator_says_so(sign):
    with pytest.raises(IdentityUnknown):
        await sign.ticket()
    assert sign.world.store.users == {}


async def test_somebody_new_gets_an_account_once(make_sign):
    sign = make_sign(makes_users=True)
    caller = await sign.sign_in()
    assert caller.user.email.value == "grace@example.com"
    assert (await sign.sign_in()).user.id == caller.user.id
    assert len(sign.world.store.users) == 1


async def test_without_an_email_there_is_no_account(make_sign):
    with pytest.raises(IdentityUnknown):
        await make_sign(makes_users=True).ticket(replace(GRACE, email=None))


async def test_where_sign_up_is_closed_nobody_new_comes_in_this_way_either(make_sign):
    with pytest.raises(SignUpClosed):
        await make_sign(makes_users=True, sign_up=SignUp.CLOSED).ticket()


async def test_of_two_first_sign_ins_at_once_one_account_is_left(make_sign):
    sign = make_sign(makes_users=True)
    finish = replace(sign.finish, identities=UnluckyIdentities())
    with pytest.raises(IdentityTaken):
        await finish(sign.back(await sign.begin(return_address=HERE)))
    assert sign.world.store.users == {}


class UnluckyIdentities:
    """Somebody else is always faster."""

    async def owner_of(self, **_):
        return None

    async def add(self, _):
        return False


@pytest.mark.parametrize(
    "changes",
    [
        {"sealed_flow": ""},
        {"sealed_flow": "99"},
        {"state": ""},
        {"state": "another"},
        {"state": "\N{SNOWMAN}"},
        {"code": ""},
        {"code": "made up"},
        {"issuer": "https://evil.example"},
    ],
    ids=str,
)
async def test_whoever_comes_back_with_something_else_is_refused(sign, changes):
    await sign.joined(await sign.world.sign_up())
    begun = await sign.begin(return_address=HERE)
    with pytest.raises(IdentityRefused):
        await sign.finish(sign.back(begun, **changes))


async def test_a_provider_need_not_name_itself_on_the_way_back(sign):
    await sign.joined(await sign.world.sign_up())
    begun = await sign.begin(return_address=HERE)
    assert await sign.finish(sign.back(begun, issuer=None))


async def test_a_flow_of_another_browser_does_not_fit(sign):
    await sign.joined(await sign.world.sign_up())
    mine = await sign.begin(return_address=HERE)
    await sign.begin(return_address=HERE)
    with pytest.raises(IdentityRefused):
        await sign.finish(sign.back(mine))


async def test_whoever_takes_too_long_begins_again(sign):
    await sign.joined(await sign.world.sign_up())
    begun = await sign.begin(return_address=HERE)
    await sign.world.clock.advance(600)
    with pytest.raises(IdentityRefused):
        await sign.finish(sign.back(begun))


async def test_the_token_is_fetched_once_in_time_and_by_the_browser_that_signed_in(sign):
    await sign.joined(await sign.world.sign_up())
    ticket = await sign.ticket()
    with pytest.raises(IdentityRefused):
        await sign.take_over(ticket.code, binding="another browser's", visit=unseen())
    with pytest.raises(IdentityRefused):
        await sign.take_over(ticket.code, binding=ticket.binding, visit=unseen())
    late = await sign.ticket()
    await sign.world.clock.advance(61)
    with pytest.raises(IdentityRefused):
        await sign.take_over(late.code, binding=late.binding, visit=unseen())


async def test_whoever_left_meanwhile_gets_no_token(sign):
    caller = await sign.world.sign_up()
    await sign.joined(caller)
    ticket = await sign.ticket()
    await sign.world.delete_account(caller, PASSWORD)
    with pytest.raises(UserNotFound):
        await sign.take_over(ticket.code, binding=ticket.binding, visit=unseen())
    assert sign.world.store.identities == {}


@pytest.mark.parametrize(("minutes", "is_asked"), [(None, True), (11, True), (9, False)])
async def test_a_proof_that_is_old_does_not_stand_for_the_password(sign, minutes, is_asked):
    await sign.joined(await sign.world.sign_up())
    now = sign.world.clock.now()
    proved_at = None if minutes is None else now - timedelta(minutes=minutes)
    caller = await sign.sign_in(replace(GRACE, proved_at=proved_at))
    if is_asked:
        with pytest.raises(PasswordNeeded):
            await sign.world.confirm_password(caller, None)
    else:
        await sign.world.confirm_password(caller, None)


async def test_joining_takes_the_password_and_a_login_that_goes_on(sign):
    caller = await sign.world.sign_up()
    await sign.world.clock.advance(601)
    with pytest.raises(PasswordNeeded):
        await sign.join(caller, None, return_address=HERE)
    begun = await sign.join(caller, PASSWORD, return_address=HERE)
    await sign.world.log_out(caller)
    with pytest.raises(AccessTokenInvalid):
        await sign.finish(sign.back(begun))
    assert sign.world.store.identities == {}


async def test_an_identity_has_one_user_and_a_user_one_identity(sign):
    ada, bob = await sign.world.sign_up(), await sign.world.sign_up("bob@example.com")
    await sign.joined(ada)
    with pytest.raises(IdentityTaken):
        await sign.joined(bob)
    with pytest.raises(IdentityTaken):
        await sign.joined(ada, replace(GRACE, subject="another"))
    assert (await sign.sign_in()).user.id == ada.user.id


async def test_an_identity_is_left_by_its_user_alone(sign):
    ada, bob = await sign.world.sign_up(), await sign.world.sign_up("bob@example.com")
    await sign.joined(ada)
    with pytest.raises(IdentityUnknown):
        await sign.leave(bob, PASSWORD)
    await sign.leave(ada, PASSWORD)
    assert await sign.read(ada) is None
    with pytest.raises(IdentityUnknown):
        await sign.ticket()


async def test_without_a_provider_there_is_nothing_to_do(sign):
    caller = await sign.world.sign_up()
    off = replace(sign.begin, provider=None)
    nothing = Return(sealed_flow="", state="", code="")
    for asked in (
        off(return_address=HERE),
        replace(sign.finish, provider=None)(nothing),
        replace(sign.read, provider=None)(caller),
        replace(sign.leave, provider=None)(caller, PASSWORD),
    ):
        with pytest.raises(ProviderOff):
            await asked
    assert replace(sign.read, provider=None).provider_name is None
    assert sign.read.provider_name == "Example"


async def test_a_tenants_user_joins_nothing_for_the_provider_is_the_pages(sign):
    world = sign.world
    tenant, _ = await world.create_tenant("home-app")
    given = {"email": "ada@example.com", "password": PASSWORD.value, "tenant_id": tenant.id}
    await world.register(Registration(**given))
    caller = await world.check_access(await world.log_in(Credentials(**given)))
    with pytest.raises(ProviderOff):
        await sign.join(caller, PASSWORD, return_address=HERE)
    with pytest.raises(ProviderOff):
        await sign.read(caller)
    with pytest.raises(IdentityUnknown):
        await sign.leave(caller, PASSWORD)


async def test_somebody_who_left_joins_nothing(sign):
    ada = await sign.world.sign_up()
    await sign.world.delete_account(ada, PASSWORD)
    identity = JoinedIdentity(
        user_id=ada.user.id, issuer=ISSUER, subject="s", joined_at=sign.world.clock.now()
    )
    assert not await sign.identities.add(identity)


async def test_what_is_joined_and_parted_is_told_in_the_trail(sign):
    caller = await sign.world.sign_up()
    await sign.joined(caller)
    await sign.leave(caller, PASSWORD)
    lines = await sign.world.list_events(caller, before=None, most=2)
    assert [(line.kind, line.by) for line in lines] == [
        ("identity_left", "session Unknown"),
        ("identity_joined", "session Unknown"),
    ]


async def test_somebody_new_of_the_provider_s_opens_the_account_themselves(make_sign):
    sign = make_sign(makes_users=True)
    caller = await sign.sign_in()
    lines = await sign.world.list_events(caller, before=None, most=2)
    assert [(line.kind, line.by) for line in lines] == [
        ("signed_in", "session Unknown"),
        ("account_opened", "visitor Unknown"),
    ]
