"""All attacks by name."""

from collections.abc import Mapping

from benchmarks.attack import (
    bodies,
    connections,
    cross_site,
    events,
    frames,
    guesses,
    handshakes,
)
from benchmarks.attack.target import Attack

ATTACKS: Mapping[str, Attack] = {
    **bodies.ATTACKS,
    **frames.ATTACKS,
    **connections.ATTACKS,
    **handshakes.ATTACKS,
    **guesses.ATTACKS,
    **events.ATTACKS,
    **cross_site.ATTACKS,
}
