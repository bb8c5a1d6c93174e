"""One line of text for each listener of a load balancer, and for each target that it passes callers on to.

listener ADDRESS of BALANCER on tcp 443
listener ADDRESS of BALANCER others on tcp 80 when IsProd is true
target LISTENER web-1 source caller on tcp 8080
"""

from __future__ import annotations

from collections.abc import Iterator

from sglint.model.listeners import Listener, Source, Target
from sglint.model.record import replace
from sglint.model.traffic import Traffic
from sglint.model.values import When
from sglint.notation.words import Line, NotationError, read_traffic, read_when, word, write_traffic, write_when


def write_listener(listener: Listener) -> Iterator[str]:
    """The line for the listener itself, then one for each target."""
    parts = ["listener", word(listener.address), "of", word(listener.balancer)]
    if listener.may_have_others:
        parts.append("others")
    yield " ".join((*parts, *_write_rest(listener.traffic, listener.when)))
    for target in listener.targets:
        parts = ["target", word(listener.address), word(target.address)]
        if target.source is not Source.UNKNOWN:
            parts += ["source", target.source.value]
        yield " ".join((*parts, *_write_rest(target.traffic, target.when)))


def _write_rest(traffic: Traffic, when: When) -> tuple[str, ...]:
    return ("on", write_traffic(traffic), *((write_when(when),) if when else ()))


class Listeners:
    """Collects what the lines of an estate say about listeners. A target belongs to the listener before it."""

    def __init__(self) -> None:
        self.found: list[Listener] = []

    def accept(self, line: Line) -> bool:
        """Whether the line speaks of listeners; it is read then."""
        if line.accept("listener"):
            address = line.take("an address")
            line.expect("of")
            balancer = line.take("a load balancer")
            may_have_others = line.accept("others")
            traffic, when = _read_rest(line)
            self.found.append(Listener(address, balancer, traffic, (), may_have_others, when))
        elif line.accept("target"):
            owner, address = line.take("a listener"), line.take("an address")
            source = _read_source(line) if line.accept("source") else Source.UNKNOWN
            traffic, when = _read_rest(line)
            if not self.found or self.found[-1].address != owner:
                raise NotationError(f"no line of {owner!r} is right before its targets, in: {line.text.strip()}")
            last = self.found[-1]
            self.found[-1] = replace(last, targets=(*last.targets, Target(address, traffic, source, when)))
        else:
            return False
        return True


def _read_source(line: Line) -> Source:
    found = line.take("a source")
    try:
        return Source(found)
    except ValueError:
        known = ", ".join(str(source.value) for source in Source)
        raise NotationError(f"{found!r} is none of {known}, in: {line.text.strip()}") from None


def _read_rest(line: Line) -> tuple[Traffic, When]:
    line.expect("on")
    traffic = read_traffic(line)
    when = read_when(line) if line.accept("when") else When()
    if line.words:
        raise NotationError(f"cannot read {line.take('')!r} in: {line.text.strip()}")
    return traffic, when
