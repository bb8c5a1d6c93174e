"""Traffic as sets of flows: numbers that stand for a protocol with what it selects, `protocol * 65536 + selector`.

What passes one filter after the other is then an intersection of sets, whatever protocols are in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.traffic import ALL, Traffic
from sglint.model.values import Unknown

PROTOCOLS = 256
_SELECTORS = 1 << 16
EVERY_FLOW = IntervalSet(((0, PROTOCOLS * _SELECTORS - 1),))


def certain_flows(traffic: Traffic) -> IntervalSet:
    """All of some traffic; nothing where a part of it is unknown."""
    if isinstance(traffic.protocol, Unknown) or isinstance(traffic.selector, Unknown):
        return NOTHING
    if traffic.protocol == ALL:
        return EVERY_FLOW if traffic.selector else NOTHING
    return flows((traffic.protocol,), traffic.selector)


def possible_flows(traffic: Traffic) -> IntervalSet:
    """All that some traffic may be, whatever comes in place of what is unknown."""
    if isinstance(traffic.protocol, Unknown):
        return EVERY_FLOW
    if isinstance(traffic.selector, Unknown):
        return certain_flows(Traffic(traffic.protocol))
    return certain_flows(traffic)


def flows(protocols: Iterable[int], selector: IntervalSet) -> IntervalSet:
    """The same selector for each of some protocols."""
    starts = [protocol * _SELECTORS for protocol in protocols]
    return IntervalSet.of(*((start + first, start + last) for start in starts for first, last in selector.intervals))


def traffics_of(found: IntervalSet) -> tuple[Traffic, ...]:
    """A set of flows as traffic, one item for each protocol; a single one where it is everything."""
    if found == EVERY_FLOW:
        return (Traffic(ALL),)
    by_protocol: dict[int, list[tuple[int, int]]] = {}
    for first, last in found.intervals:
        for protocol in range(first // _SELECTORS, last // _SELECTORS + 1):
            start = protocol * _SELECTORS
            bounds = (max(first, start) - start, min(last, start + _SELECTORS - 1) - start)
            by_protocol.setdefault(protocol, []).append(bounds)
    return tuple(Traffic(protocol, IntervalSet.of(*each)) for protocol, each in by_protocol.items())
