"""Seals that are numbers."""

from datetime import datetime

from application.ports.accounts.openid.flows import FlowSeals
from domain.accounts.identities import Flow


class NumberedFlowSeals(FlowSeals):
    """Keeps the flows, and gives out their numbers."""

    def __init__(self) -> None:
        self._flows: list[Flow] = []

    def seal(self, flow: Flow) -> str:
        self._flows.append(flow)
        return str(len(self._flows))

    def open(self, text: str, *, now: datetime) -> Flow | None:
        known = {str(number): flow for number, flow in enumerate(self._flows, start=1)}
        flow = known.get(text)
        return flow if flow is not None and now < flow.until else None
