"""The simulated cloud as one object: what every route shares."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.emporia_simulator.cognito.refresh_grants import RefreshGrants
from adapters.emporia_simulator.cognito.sessions import Sessions
from adapters.emporia_simulator.cognito.sign_in import SignIn
from adapters.emporia_simulator.cognito.tokens import Tokens
from adapters.emporia_simulator.cognito.user_pool import UserPool
from adapters.emporia_simulator.controls.chart_windows import ChartWindows
from adapters.emporia_simulator.controls.clock import HomeClock
from adapters.emporia_simulator.controls.faults import (
    DEVICE_API,
    USER_POOL,
    Fault,
    Faults,
    raise_for_device_api,
    raise_for_user_pool,
)
from adapters.emporia_simulator.controls.options import SimulatorOptions
from adapters.emporia_simulator.controls.request_counter import NOBODY, RequestCounter
from adapters.emporia_simulator.controls.rolling_days import RollingDays
from adapters.emporia_simulator.homes.customers import CUSTOMERS, Customer, neighbours
from adapters.emporia_simulator.homes.energy.uplinks import Uplinks
from adapters.emporia_simulator.refusals import Refusal, device_refusal
from adapters.emporia_simulator.workers import Workers

FIXED_TOKEN = "simulator"  # noqa: S105 - a word PyEmVue sends, and off by default


@dataclass(slots=True, kw_only=True)
class Cloud:
    """State and behaviour shared by the user pool, the device API and the control API."""

    options: SimulatorOptions
    customers: Mapping[str, Customer]
    """By e-mail."""
    uplinks: Mapping[str, Uplinks]
    """How each customer's devices reach the cloud, by e-mail."""
    clock: HomeClock
    began: float
    """The homes' time at the start."""
    faults: Faults
    requests: RequestCounter
    rolling: RollingDays
    windows: ChartWindows
    pool: UserPool
    grants: RefreshGrants
    sign_in: SignIn
    sessions: Sessions
    workers: Workers

    @classmethod
    def started(cls, options: SimulatorOptions, *, base_url: str) -> "Cloud":
        """A cloud as the options have it begin."""
        customers = CUSTOMERS + neighbours(options.neighbours)
        clock = HomeClock.starting_at(options.start, speed=options.speed)
        pool, workers = UserPool(customers), Workers()
        grants = RefreshGrants(options.refresh_token_key)
        tokens = Tokens(
            issuer=options.issuer or f"{base_url}/{options.pool_id}",
            client_id=options.client_id,
            lifetime_seconds=options.token_lifetime_seconds,
        )
        return cls(
            options=options,
            customers={customer.email: customer for customer in customers},
            uplinks={
                customer.email: Uplinks(seconds=options.seconds, noise=options.noise)
                for customer in customers
            },
            clock=clock,
            began=clock.now(),
            faults=Faults(list(options.faults)),
            requests=RequestCounter(),
            rolling=RollingDays(),
            windows=ChartWindows(),
            pool=pool,
            grants=grants,
            sign_in=SignIn(
                options=options, pool=pool, grants=grants, tokens=tokens, workers=workers
            ),
            sessions=Sessions(options=options, pool=pool, grants=grants, tokens=tokens),
            workers=workers,
        )

    async def admit_to_device_api(
        self, token: str | None, *, method: str, detail: str = ""
    ) -> tuple[Customer, Fault | None]:
        """Count a request, apply the fault that hits it, and find its customer.

        Returns the fault that is left to the answer to show, if any.
        """
        known = self._identify(token)
        name = NOBODY if isinstance(known, Refusal) else known.email
        self._count(name, DEVICE_API, method=method, detail=detail)
        fault = await self._apply_faults(group=DEVICE_API, method=method)
        if fault is not None:
            raise_for_device_api(fault)
        if isinstance(known, Refusal):
            raise known
        return known, fault

    async def admit_to_user_pool(self, customer: str, *, operation: str, detail: str) -> None:
        """Count a request, and apply the fault that hits it."""
        self._count(customer, USER_POOL, method=operation, detail=detail)
        fault = await self._apply_faults(group=USER_POOL, method=operation)
        if fault is not None:
            raise_for_user_pool(fault)

    def _count(self, customer: str, group: str, *, method: str, detail: str) -> None:
        self.requests.add(customer=customer, method=method, detail=detail)
        self.rolling.add(customer=customer, group=group, now=self.clock.now())

    async def _apply_faults(self, *, group: str, method: str) -> Fault | None:
        delay_seconds, fault = self.faults.next_for(group=group, method=method)
        if delay_seconds:
            await asyncio.sleep(delay_seconds)
        return fault

    def _identify(self, token: str | None) -> Customer | Refusal:
        if not token:
            return device_refusal(403, "Missing Authentication Token")
        if token == FIXED_TOKEN and self.options.accept_fixed_token:
            return CUSTOMERS[0]
        try:
            email = self.sessions.user_with(token, use="id").email
        except Refusal:
            return device_refusal(401, "The incoming token has expired")
        return self.customers[email]
