"""What the cloud holds of a device at one moment: what its clamps counted, less what was lost or
has not come in yet, and what was filled in late."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from adapters.emporia_simulator.homes.energy.buckets import DAY_SECONDS, HOUR_SECONDS
from adapters.emporia_simulator.homes.energy.counter import Counter
from adapters.emporia_simulator.homes.energy.devices import (
    BALANCE,
    FROM_GRID,
    MAINS,
    TO_GRID,
    TOTAL_USAGE,
    Device,
)
from adapters.emporia_simulator.homes.energy.uplinks import Filling, Outage, SecondsMode, Uplinks

Span = tuple[int, int]

_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """A device's past as the cloud knows it; energy is in tenths of a joule, times in UTC seconds.

    Tenths are whole but where the cloud has spread a sum evenly, which does not come out even.
    """

    device: Device
    uplinks: Uplinks
    now: int

    def known(self, start: int, end: int, *, whole: bool, exactly: bool = False) -> list[Span]:
        """The parts of a bucket of which the cloud has heard. `whole` wants all or nothing.

        Outages take the minutes that they touch with them, or `exactly` the seconds that they last.
        """
        parts = [(start, end)]
        for outage in self._outages_in(start, end):
            if outage.missing(self.now):
                gap = (outage.start, outage.end) if exactly else outage.by_minutes()
                parts = [left for part in parts for left in _without(part, gap)]
        if whole and parts != [(start, end)]:
            return []
        return parts

    def tenths(self, channel: str, start: int, end: int) -> float:
        """The energy of a time all of which is known."""
        if channel in (FROM_GRID, TO_GRID):
            bought, sold = self._bought_and_sold(start, end)
            return bought if channel == FROM_GRID else sold
        total: float = 0
        for outage in self._outages_in(start, end):
            begin, finish = max(start, outage.start), min(end, outage.end)
            if outage.filling is Filling.AVERAGED and begin < finish:
                sum_of_all = self._counted(channel, outage.start, outage.end)
                total += self._counted(channel, start, begin)
                total += sum_of_all * (finish - begin) / (outage.end - outage.start)
                start = finish
        return total + self._counted(channel, start, end)

    def tenths_of_second(self, channel: str, second: int) -> float:
        """The energy of one second, as the device's mode has it; its minute is known."""
        mode, minute = self.uplinks.mode(self.device), second - second % _MINUTE
        if mode is SecondsMode.LIVE:
            return self.tenths(channel, second, second + 1)
        averaged = any(
            outage.filling is Filling.AVERAGED
            for outage in self._outages_in(minute, minute + _MINUTE)
        )
        if mode is SecondsMode.FLAT or averaged:
            return self.tenths(channel, minute, minute + _MINUTE) / _MINUTE
        return self._mixed(channel, minute, second)

    def _mixed(self, channel: str, minute: int, second: int) -> int:
        """A genuine second, or the mean of the others without what is less than a tenth: that goes
        to the first genuine seconds, a tenth each, and never turns their sign.
        """
        turn = minute // _MINUTE * 7 + self.device.gid
        flat_from = minute + 30 + turn % 11
        flat_seconds = minute + _MINUTE - flat_from
        rest = self._counted(channel, flat_from, minute + _MINUTE)
        mean = int(rest / flat_seconds)
        if second >= flat_from:
            return mean
        left_over = rest - mean * flat_seconds
        correction = 0 if second - minute >= abs(left_over) else 1 if left_over > 0 else -1
        return self._counted(channel, second, second + 1) + correction

    def _counted(self, channel: str, start: int, end: int) -> int:
        """What the clamps counted, whether the cloud heard of it or not."""
        device, noise = self.device, self.uplinks.noise
        if start >= end:
            return 0
        if channel in (MAINS, TOTAL_USAGE):
            return device.counter(channel).between(start, end, noise)
        of_circuits = sum(
            device.counter(circuit.number).between(start, end, noise)
            for circuit in device.circuits
            if channel in (BALANCE, circuit.number, circuit.merged_into)
        )
        if channel != BALANCE:
            return of_circuits
        return device.counter(MAINS).between(start, end, noise) - of_circuits

    def _bought_and_sold(self, start: int, end: int) -> tuple[float, float]:
        """What was bought and what was sold (negative), netted by the hour.

        Assumed: Emporia does not say how it nets. The two always sum to the mains.
        """
        bought: float = 0
        sold: float = 0
        midnights = range(start + DAY_SECONDS - start % DAY_SECONDS, end, DAY_SECONDS)
        for begin, finish in pairwise([start, *midnights, end]):
            undisturbed = not any(self._outages_in(begin, finish))
            if undisturbed and finish - begin == DAY_SECONDS:
                day_bought, day_sold = _netted_day(self.device.counter(MAINS), begin)
            else:
                hours = range(begin + HOUR_SECONDS - begin % HOUR_SECONDS, finish, HOUR_SECONDS)
                flows = [self.tenths(MAINS, *hour) for hour in pairwise([begin, *hours, finish])]
                day_bought, day_sold = _by_direction(flows)
            bought += day_bought
            sold += day_sold
        return bought, sold

    def _outages_in(self, start: int, end: int) -> Iterator[Outage]:
        for outage in self.uplinks.outages(self.device):
            first, last = outage.by_minutes()
            if first < end and start < last:
                yield outage


def _without(part: Span, gap: Span) -> Iterator[Span]:
    """What a gap leaves of a part: nothing, one piece or two."""
    before, after = (part[0], min(part[1], gap[0])), (max(part[0], gap[1]), part[1])
    if gap[1] <= part[0] or part[1] <= gap[0]:
        yield part
        return
    for begin, end in (before, after):
        if begin < end:
            yield begin, end


@lru_cache(maxsize=4_096)
def _netted_day(counter: Counter, start: int) -> tuple[float, float]:
    """A day without an outage; its hours begin at full minutes, where there is no noise."""
    hours = range(start, start + DAY_SECONDS + 1, HOUR_SECONDS)
    return _by_direction([counter.between(*hour) for hour in pairwise(hours)])


def _by_direction(flows: list[int] | list[float]) -> tuple[float, float]:
    return sum(flow for flow in flows if flow > 0), sum(flow for flow in flows if flow < 0)
