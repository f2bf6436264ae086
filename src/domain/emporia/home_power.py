"""A home's figures, worked out from what its channels say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from domain.emporia.channels import MAINS, Channel
from domain.emporia.flow import Flow, Parts, flow, split, through_one_meter, together

ChannelWatts = Mapping[tuple[int, str], float | None]
"""The watts of channels by gid and channel."""

PartsOf = Callable[[int, str], Parts | None]
"""What a channel drew and gave, by gid and channel; None where it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePower:
    """What flows in a home, in watts; None is unknown, which is not zero.

    `grid_watts` are positive where they are drawn and negative where they are exported,
    `solar_watts` are what the sun gives, `battery_watts` are positive where the battery gives and
    negative where it charges. The home uses `watts`, the sum of the three.
    """

    home: "Home"
    grid_watts: float | None
    solar_watts: float | None
    battery_watts: float | None
    measured_by: tuple[int, ...] = ()
    """The devices whose mains make up what comes from the grid."""
    silent: tuple[int, ...] = ()
    """The panels whose mains are unknown."""

    @property
    def watts(self) -> float | None:
        """What the home uses.

        A home can't give: where the sum is below zero, something that gives has no clamp.
        """
        if self.grid_watts is None or self.solar_watts is None or self.battery_watts is None:
            return None
        sum_watts = self.grid_watts + self.solar_watts + self.battery_watts
        return None if sum_watts < 0 else sum_watts

    @property
    def flow(self) -> Flow:
        """The same by its directions, in watts."""
        grid, sun, battery = self.grid_watts, self.solar_watts, self.battery_watts
        return flow(
            None if grid is None else split(grid),
            None if sun is None else Parts(0, sun),
            None if battery is None else split(-battery),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A channel that the sun or a battery feeds.

    `is_within` says that another such channel sees it too: usages tell that one net of it, and
    charts do not.
    """

    gid: int
    channel: Channel
    is_within: bool = False

    def given(self, watts: ChannelWatts) -> float | None:
        """The power that it brings into the home, negative where it takes some."""
        drawn = watts.get((self.gid, self.channel.number))
        if drawn is None:
            return None
        return 0.0 - drawn if self.channel.has_sign else abs(drawn)

    def parts(self, told: Parts) -> Parts:
        """What it drew and gave; a clamp that knows no direction sees what is given alone."""
        if self.channel.has_sign:
            return told
        return Parts(0, told.drawn + told.given, told.is_netted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The devices that measure one home.

    `panels` are the gids of its panels that hang on no other, `meters` those of readers of the
    utility's meter. Of `suns` and `batteries`, None are those that are there and have no channel.
    """

    name: str | None
    panels: tuple[int, ...] = ()
    meters: tuple[int, ...] = ()
    suns: tuple[Source | None, ...] = ()
    batteries: tuple[Source | None, ...] = ()

    @property
    def roots(self) -> tuple[int, ...]:
        """The devices that its mains run through."""
        return self.panels + self.meters

    def power(self, watts: ChannelWatts) -> HomePower:
        """The home's figures in a sample with these watts."""
        solar = _given(self.suns, watts)
        mains = {gid: _clamped(watts.get((gid, MAINS))) for gid in self.panels}
        metered = {gid: watts.get((gid, MAINS)) for gid in self.meters}
        counted = mains or metered
        if metered and _sum(counted.values()) is None:
            # The utility's meter sees what the panels see: it is asked only where they are silent.
            counted = metered
        return HomePower(
            home=self,
            grid_watts=_sum(counted.values()) if counted else None,
            # An inverter draws a little at night, which the home uses: that is no sunshine.
            solar_watts=None if solar is None else max(0.0, solar),
            battery_watts=_given(self.batteries, watts),
            measured_by=tuple(counted),
            silent=tuple(gid for gid, each in (mains | metered).items() if each is None),
        )

    def series(self) -> list[tuple[int, str]]:
        """The channels that its flows are worked out of, where charts tell of them."""
        sources = [each for each in self.suns + self.batteries if each and not each.is_within]
        return [(gid, MAINS) for gid in self.roots] + [
            (source.gid, source.channel.number) for source in sources
        ]

    def flow(self, parts_of: PartsOf) -> Flow:
        """What flowed in a stretch of time, of which charts tell these parts."""
        return flow(
            self._grid(parts_of),
            _given_parts(self.suns, parts_of),
            _given_parts(self.batteries, parts_of),
        )

    def _grid(self, parts_of: PartsOf) -> Parts | None:
        mains = [_clamped_parts(parts_of(gid, MAINS)) for gid in self.panels]
        grid = together(mains) if mains else None
        if grid is None and self.meters:
            mains = [parts_of(gid, MAINS) for gid in self.meters]
            grid = together(mains)
        return grid if grid is None or len(mains) == 1 else through_one_meter(grid)


def _given_parts(sources: Iterable[Source | None], parts_of: PartsOf) -> Parts | None:
    return together(
        None if source is None else _parts_of(source, parts_of)
        for source in sources
        if source is None or not source.is_within
    )


def _parts_of(source: Source, parts_of: PartsOf) -> Parts | None:
    told = parts_of(source.gid, source.channel.number)
    return None if told is None else source.parts(told)


def _clamped_parts(parts: Parts | None) -> Parts | None:
    """As `_clamped`."""
    return None if parts is None or not (parts.drawn or parts.given) else parts


def _given(sources: Iterable[Source | None], watts: ChannelWatts) -> float | None:
    return _sum(None if source is None else source.given(watts) for source in sources)


def _clamped(watts: float | None) -> float | None:
    """What a panel's mains say. Where no clamp is, they say 0, which no live wire ever does."""
    return watts or None


def _sum(parts: Iterable[float | None]) -> float | None:
    """The sum; unknown as soon as a part of it is."""
    total = 0.0
    for part in parts:
        if part is None:
            return None
        total += part
    return total
