"""Evaluated values: what an expression of any dialect comes to, with its place and its evidence.

A value that only the deployment can know is an `Unknown`; one that depends on something undecided is a
`Conditional`. Both are values like any other, so nothing downstream has to guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TypeAlias

from sglint.model.cases import ALWAYS_HOLDS, MAX_CASES, Cases, both, case, complement, implies
from sglint.model.location import Evidence, Location, Step
from sglint.model.record import field, frozen, replace

MAX_ALTERNATIVES = 64
"""How many alternatives a value may have before it is given up as Unknown."""


@frozen
class Reference:
    """An attribute of another resource whose value only the deployment knows (its id, for example)."""

    address: str
    attribute: str


@frozen
class Unknown:
    """A value known only at deploy time.

    `expression` is the source text that could not be resolved, `blocked_by` the symbol that stands in the way.
    `reference` is set when the value is exactly one attribute of a known resource. `includes` are items that a
    collection is certain to hold, whatever else it does: `concat(var.extra, ["0.0.0.0/0"])` holds the world. Of a
    text that is known in part, `outline` is the text with `GAP` for each part that is not; of JSON text, `encoded` is
    the value that it is made of.
    """

    expression: str
    blocked_by: str
    reference: Reference | None = field(default=None, compare=False)
    includes: tuple[Value, ...] = field(default=(), compare=False, repr=False)
    encoded: Value | None = field(default=None, compare=False, repr=False)
    outline: str | None = field(default=None, compare=False, repr=False)


GAP = "\ue000"
"""A character for private use, which no text is expected to hold."""


class EncodedText(str):
    """JSON text with the value that it was made of, whose parts have places of their own."""

    __slots__ = ("value",)
    value: Value

    @classmethod
    def of(cls, text: str, value: Value) -> EncodedText:
        found = cls(text)
        found.value = value
        return found


class GeneratedText(str):
    """Text that a tool wrote because the author gave none. It repeats the code, and no person stands behind it."""

    __slots__ = ()


@frozen
class When:
    """A conjunction of choices: each names an undecided thing and the value it takes.

    `choices` is sorted: `(("IsProd", "false"),)` reads "IsProd is false". Choices are the author's words;
    `meanings` says for each, where it is not just what the words say, in which cases of the things underneath it
    holds, so that choices with different names can exclude each other. `cases` is what they come to together.
    """

    choices: tuple[tuple[str, str], ...] = ()
    meanings: tuple[Cases, ...] = field(default=(), compare=False, repr=False)
    cases: Cases = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.meanings:
            object.__setattr__(self, "meanings", tuple(_meaning(name, value) for name, value in self.choices))
        if not self.cases:
            cases = ALWAYS_HOLDS
            for meaning in self.meanings:
                cases = both(cases, meaning)
            object.__setattr__(self, "cases", cases)

    def conjoin(self, other: When) -> When | None:
        """Both at once, or None when they contradict each other. What the other one implies is left unsaid."""
        if not other.choices or self == other:
            return self
        if not self.choices:
            return other
        merged = dict(zip(self.choices, self.meanings, strict=True))
        taken = dict(self.choices)
        for (name, value), meaning in zip(other.choices, other.meanings, strict=True):
            if not _agree(taken.setdefault(name, value), value):
                return None
            merged[name, value] = meaning
        cases = both(self.cases, other.cases)
        if not cases:
            return None
        if implies(self.cases, other.cases):
            return self
        if implies(other.cases, self.cases):
            return other
        if len(cases) > MAX_CASES:
            cases = self.cases
        choices = tuple(sorted(merged))
        return When(choices, tuple(merged[choice] for choice in choices), cases)

    def implies(self, other: When) -> bool:
        """Whether the other one holds whenever this one does: whether `conjoin` comes to nothing new."""
        if not other.choices or self == other:
            return True
        if self.choices and implies(self.cases, other.cases):
            taken = dict(self.choices)
            return all(_agree(taken.get(name, value), value) for name, value in other.choices)
        return set(other.choices) < set(self.choices) and self.conjoin(other) == self

    def without(self, other: When) -> tuple[When, ...]:
        """This but not the other: conditions that exclude each other and the other one."""
        found: list[When] = []
        remaining = self
        for choice, meaning in zip(other.choices, other.meanings, strict=True):
            opposite = complement(meaning)
            negated = remaining.conjoin(When((_negated(*choice),), (opposite,), opposite)) if opposite else None
            if negated is not None:
                found.append(negated)
            rest = remaining.conjoin(When((choice,), (meaning,), meaning))
            if rest is None:
                break
            remaining = rest
        return tuple(found)

    def __bool__(self) -> bool:
        return bool(self.choices)

    def __str__(self) -> str:
        return " and ".join(f"{name} is {value}" for name, value in self.choices)


def _meaning(name: str, value: str) -> Cases:
    """What the words of a choice say by themselves."""
    if value.startswith("not "):
        return complement(case(name, value.removeprefix("not ")))
    return case(name, value)


def _negated(name: str, value: str) -> tuple[str, str]:
    """The opposite of a choice, in words."""
    opposite = {"true": "false", "false": "true"}.get(value)
    return name, opposite or (value.removeprefix("not ") if value.startswith("not ") else f"not {value}")


def _agree(one: str, other: str) -> bool:
    """Whether one thing can have both values; of a negated one only the meaning can tell."""
    return one == other or one.startswith("not ") or other.startswith("not ")


ALWAYS = When()


@frozen
class Alternative:
    when: When
    value: Value


@frozen
class Conditional:
    """One of several values. The alternatives' conditions exclude each other; their values are not Conditional."""

    alternatives: tuple[Alternative, ...]


Data: TypeAlias = "None | bool | int | Decimal | str | tuple[Value, ...] | dict[str, Value] | Unknown | Conditional"
"""Numbers are int where integral, else Decimal. A dialect may subclass tuple or dict to tell its collections apart."""


EMPTY = "''"
"""Text without a character, where it would not be seen."""


def spelled(data: Data) -> str:
    """A value on one line: text as it is, an Unknown by its expression, of several alternatives each."""
    if isinstance(data, str):
        return data
    if isinstance(data, Unknown):
        return data.expression
    if isinstance(data, Conditional):
        return " or ".join(dict.fromkeys(spelled(each.value.data) for each in data.alternatives))
    if isinstance(data, tuple):
        return f"[{', '.join(spelled(item.data) or EMPTY for item in data)}]"
    if isinstance(data, dict):
        return f"{{{', '.join(f'{key}: {spelled(item.data) or EMPTY}' for key, item in data.items())}}}"
    if isinstance(data, bool):
        return "true" if data else "false"
    return "null" if data is None else str(data)


MAX_STEPS = 100
"""How many steps of evidence lead to a value at most; of longer ways the end stays, and what is next to the use."""


@frozen
class Value:
    """Data with its place. `location` is where the value is used; `evidence` leads back to where it was written."""

    data: Data
    location: Location
    evidence: Evidence = ()

    @property
    def is_known(self) -> bool:
        """Whether this very value is decided; items of a known collection may still be unknown."""
        return not isinstance(self.data, (Unknown, Conditional))

    def referenced(self, symbol: str, location: Location) -> Value:
        """This value as seen through `symbol`, which is written at `location`."""
        data = self.data
        if isinstance(data, Unknown) and data.includes:
            data = replace(data, includes=tuple(item.referenced(symbol, location) for item in data.includes))
        evidence = self.evidence
        if len(evidence) >= MAX_STEPS:
            evidence = (*evidence[: MAX_STEPS - 2], evidence[-1])
        return Value(data, location, (Step(symbol, self.location), *evidence))

    def _as_part(self, part: Value) -> Value:
        """An item of this collection, placed where the collection is used if that is elsewhere."""
        if not self.evidence:
            return part
        last = Step(self.evidence[-1].text, part.location)
        return Value(part.data, self.location, (*self.evidence[:-1], last, *part.evidence))

    def items(self) -> tuple[Value, ...]:
        """The items of a list or set; empty for anything else."""
        if not isinstance(self.data, tuple):
            return ()
        if not self.evidence:
            return tuple(self.data)
        return tuple(self._as_part(item) for item in self.data)

    def item(self, index: int) -> Value:
        """An item of a list that has as many."""
        assert isinstance(self.data, tuple)
        return self._as_part(self.data[index])

    def certain_items(self) -> tuple[Value, ...]:
        """The items of a list or set that it is certain to hold, all of them where it is known."""
        return self.data.includes if isinstance(self.data, Unknown) else self.items()

    def entries(self) -> dict[str, Value]:
        """The members of a map or object by key; empty for anything else."""
        if not isinstance(self.data, dict):
            return {}
        if not self.evidence:
            return self.data
        return {key: self._as_part(item) for key, item in self.data.items()}

    def get(self, key: str) -> Value | None:
        """The member `key` of a map or object, None when there is none."""
        if not isinstance(self.data, dict) or key not in self.data:
            return None
        return self._as_part(self.data[key])


def alternatives(value: Value, given: When = ALWAYS) -> Iterator[tuple[When, Value]]:
    """The value under each condition that is compatible with `given`; a plain value has one alternative."""
    if not isinstance(value.data, Conditional):
        yield given, value
        return
    for alternative in value.data.alternatives:
        when = given.conjoin(alternative.when)
        if when is not None:
            inner = alternative.value
            if value.evidence:
                inner = replace(inner, location=value.location, evidence=(*value.evidence, *inner.evidence))
            yield when, inner


def combinations(values: tuple[Value, ...], given: When = ALWAYS) -> Iterator[tuple[When, tuple[Value, ...]]]:
    """Every consistent way to choose one alternative of each value."""
    if not values:
        yield given, ()
        return
    for when, first in alternatives(values[0], given):
        for inner_when, rest in combinations(values[1:], when):
            yield inner_when, (first, *rest)


def conditional(choices: Iterable[tuple[When, Value]], location: Location, expression: str) -> Value:
    """One value of several alternatives: plain when there is just one, Unknown past the bound.

    Nested Conditionals are flattened, contradictions dropped, and alternatives that are equal in data and hold
    under every condition are left as they are (they read better apart).
    """
    flat: list[Alternative] = []
    for outer, value in choices:
        for when, inner in alternatives(value, outer):
            flat.append(Alternative(when, inner))
            if len(flat) > MAX_ALTERNATIVES:
                return Value(Unknown(expression, f"more than {MAX_ALTERNATIVES} alternatives"), location)
    if len(flat) == 1 and not flat[0].when:
        return flat[0].value
    if not flat:
        return Value(Unknown(expression, "conditions that contradict each other"), location)
    return Value(Conditional(tuple(flat)), location)


def lift(function: Callable[..., Value], arguments: tuple[Value, ...], location: Location, expression: str) -> Value:
    """Apply `function` to plain values; where an argument is Conditional, to each consistent alternative."""
    if not any(isinstance(argument.data, Conditional) for argument in arguments):
        return function(*arguments)
    chosen = ((when, function(*values)) for when, values in combinations(arguments))
    return conditional(chosen, location, expression)
