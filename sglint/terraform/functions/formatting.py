"""`format` and `formatlist`: verbs as in Go's `fmt`, arguments converted as Terraform converts."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

from sglint.model.limits import limits, long_text
from sglint.model.record import frozen
from sglint.model.values import Unknown, Value
from sglint.terraform import numbers
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.functions.calling import Exceeding, Implementation, Invocation, Rejected
from sglint.terraform.functions.json_text import encode, quote
from sglint.terraform.graphemes import clusters, count
from sglint.terraform.quoting import go_quote, go_quote_character
from sglint.terraform.types import BOOL, NUMBER, STRING, Primitive
from sglint.terraform.values import ListItems, evidence_of, first_unknown, normalised

_VERB = re.compile(
    r"%(?P<flags>[0#\-+ ]*)(?P<width>[1-9][0-9]*)?(?:\.(?P<precision>[0-9]*))?(?:\[(?P<index>[1-9][0-9]*)\])?"
)
_INTEGERS = {"b": "b", "d": "d", "o": "o", "x": "x", "X": "X"}
_PREFIXES = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}


@frozen
class Verb:
    """One `%` sequence: its text, where it starts (in bytes), and what it says."""

    raw: str
    offset: int
    argument: int
    mode: str
    flags: str
    width: int | None
    precision: int | None


def format_text(template: str, arguments: tuple[Value, ...]) -> str:
    """The template with its verbs filled from wholly known arguments. Rejected as Terraform rejects."""
    parts: list[str] = []
    position, following, highest = 0, 1, 0
    while position < len(template):
        start = template.find("%", position)
        if start < 0:
            parts.append(template[position:])
            break
        parts.append(template[position:start])
        if template.startswith("%%", start):
            parts.append("%")
            position = start + 2
            continue
        verb, position = _read_verb(template, start, following)
        highest = max(highest, verb.argument)
        parts.append(_formatted(verb, arguments))
        if sum(map(len, parts)) > limits().text:
            raise Exceeding(long_text())
        following = verb.argument + 1
    if highest < len(arguments):
        used = f"only {highest} used by format string" if highest else "no verbs in format string"
        raise Rejected(f"too many arguments; {used}", highest + 1)
    return normalised("".join(parts))


def _read_verb(template: str, start: int, following: int) -> tuple[Verb, int]:
    match = _VERB.match(template, start)
    assert match is not None
    end = match.end()
    if end >= len(template):
        raise Rejected(f"invalid format string starting at offset {_offset(template, end)}")
    mode = template[end]
    if not (mode.isascii() and mode.isalpha()):
        raise Rejected(f"unrecognized format character {go_quote_character(mode)} at offset {_offset(template, end)}")
    width, precision = match["width"], match["precision"]
    if len(width or "") > 7 or len(precision or "") > 7:
        raise Exceeding(long_text())
    verb = Verb(
        template[start : end + 1],
        _offset(template, start),
        int(match["index"]) if match["index"] else following,
        mode,
        match["flags"],
        int(width) if width else None,
        None if precision is None else int(precision or "0"),
    )
    if (verb.width or 0) > limits().text or (verb.precision or 0) > limits().text:
        raise Exceeding(long_text())
    return verb, end + 1


def _offset(template: str, position: int) -> int:
    return len(template[:position].encode("utf-8", "surrogatepass"))


def _formatted(verb: Verb, arguments: tuple[Value, ...]) -> str:
    if verb.argument > len(arguments):
        raise Rejected(
            f"not enough arguments for {go_quote(verb.raw)} at {verb.offset}: need index {verb.argument} but have "
            f"{len(arguments)} total"
        )
    value = arguments[verb.argument - 1]
    if verb.mode != "v" and value.data is None:
        raise _unsupported(verb, "null value cannot be formatted")
    if verb.mode == "v":
        return _padded(verb, _as_is(verb, value))
    if verb.mode == "t":
        return "true" if _converted(verb, value, BOOL) is True else "false"
    if verb.mode in _INTEGERS:
        return _integer(verb, _number(verb, value))
    if verb.mode in "eEfgG":
        return _float(verb, _number(verb, value))
    if verb.mode in "sq":
        text = str(_converted(verb, value, STRING))
        if verb.precision:
            text = "".join(clusters(text)[: verb.precision])
        return _padded(verb, quote(text) if verb.mode == "q" else text)
    raise Rejected(
        f"unsupported format verb {go_quote_character(verb.mode)} in {go_quote(verb.raw)} at offset {verb.offset}"
    )


def _unsupported(verb: Verb, reason: str) -> Rejected:
    return Rejected(f"unsupported value for {go_quote(verb.raw)} at {verb.offset}: {reason}")


def _converted(verb: Verb, value: Value, want: Primitive) -> object:
    try:
        return convert(value, want).data
    except ConversionError as error:
        raise _unsupported(verb, error.message) from None


def _number(verb: Verb, value: Value) -> numbers.Number:
    number = _converted(verb, value, NUMBER)
    assert isinstance(number, (int, Decimal))
    return number


def _as_is(verb: Verb, value: Value) -> str:
    data = value.data
    if "#" not in verb.flags:
        if isinstance(data, str):
            return data
        if isinstance(data, (int, Decimal)) and not isinstance(data, bool):
            return _general(data, None, "e")
    return encode(value)


def _padded(verb: Verb, text: str) -> str:
    missing = (verb.width or 0) - count(text)
    if missing <= 0:
        return text
    padding = ("0" if "0" in verb.flags else " ") * missing
    return text + padding if "-" in verb.flags else padding + text


def _integer(verb: Verb, number: numbers.Number) -> str:
    if isinstance(number, Decimal):
        raise _unsupported(verb, "an integer is required")
    digits = format(abs(number), _INTEGERS[verb.mode])
    if verb.precision == 0 and number == 0:
        return ""
    digits = digits.rjust(verb.precision or 0, "0")
    sign = "-" if number < 0 else "+" if "+" in verb.flags else " " if " " in verb.flags else ""
    prefix = sign + (_PREFIXES.get(verb.mode, "") if "#" in verb.flags else "")
    return _sized(verb, prefix, digits, verb.precision is None)


def _float(verb: Verb, number: numbers.Number) -> str:
    magnitude = numbers.magnitude(number)
    if verb.mode in "gG":
        text = _general(magnitude, verb.precision, "e" if verb.mode == "g" else "E")
    elif verb.mode in "eE":
        text = _scientific(magnitude, 6 if verb.precision is None else verb.precision, verb.mode)
    else:
        text = _fixed(magnitude, 6 if verb.precision is None else verb.precision)
    sign = "-" if number < 0 else "+" if "+" in verb.flags else " " if " " in verb.flags else ""
    return _sized(verb, sign, text, True)


def _sized(verb: Verb, prefix: str, digits: str, may_fill: bool) -> str:
    missing = (verb.width or 0) - len(prefix) - len(digits)
    if missing <= 0:
        return prefix + digits
    if "-" in verb.flags:
        return prefix + digits + " " * missing
    if "0" in verb.flags and may_fill:
        return prefix + "0" * missing + digits
    return " " * missing + prefix + digits


def _exact(number: numbers.Number) -> Decimal:
    """The value that Terraform holds, of which a number here is the shortest decimal."""
    fraction = numbers.binary(number)
    places = fraction.denominator.bit_length()
    context = Context(prec=max(len(str(fraction.numerator)) + places, 1) + 5)
    return context.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))


def _fixed(number: numbers.Number, precision: int) -> str:
    exact = _exact(number)
    context = Context(prec=max(exact.adjusted(), 0) + precision + 5, rounding=ROUND_HALF_EVEN)
    return format(exact.quantize(Decimal(1).scaleb(-precision), context=context), "f")


def _scientific(number: numbers.Number, precision: int, letter: str) -> str:
    exact = _exact(number)
    rounded = Context(prec=precision + 1, rounding=ROUND_HALF_EVEN).plus(exact)
    digits = "".join(map(str, rounded.as_tuple().digits)).ljust(precision + 1, "0")
    power = rounded.adjusted() if rounded else 0
    return _exponential(digits[: precision + 1], power, letter)


def _exponential(digits: str, power: int, letter: str) -> str:
    mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{mantissa}{letter}{'-' if power < 0 else '+'}{abs(power):02d}"


def _general(number: numbers.Number, precision: int | None, letter: str) -> str:
    """Go's %g: the shortest digits, or so many; with an exponent where that is large or small."""
    sign, number = "-" if number < 0 else "", numbers.magnitude(number)
    if precision is None:
        shown, limit = Decimal(number), 6
    else:
        precision = precision or 1
        shown = Context(prec=precision, rounding=ROUND_HALF_EVEN).plus(_exact(number))
        limit = precision
    digits = "".join(map(str, shown.as_tuple().digits)).rstrip("0") or "0"
    power = shown.adjusted() if shown else 0
    if precision is None:
        limit = 6
    elif limit > len(digits) and len(digits) >= power + 1:
        limit = len(digits)
    if power < -4 or power >= limit:
        return sign + _exponential(digits, power, letter)
    if precision is None:
        return sign + numbers.text(numbers.normalise(shown))
    return sign + format(shown.normalize(Context(prec=precision)), "f")


def _format(invocation: Invocation) -> Value:
    for argument in invocation.arguments[1:]:
        blocking = first_unknown(argument)
        if blocking is not None:
            return invocation.unknown(blocking)
    text = format_text(invocation.text(0), invocation.arguments[1:])
    items = (item for argument in invocation.arguments for item in argument.items())
    return Value(text, invocation.location, evidence_of((*invocation.arguments, *items)))


def _format_list(invocation: Invocation) -> Value:
    template, arguments = invocation.text(0), invocation.arguments[1:]
    length, chooser = -1, 0
    for index, argument in enumerate(arguments, 1):
        if isinstance(argument.data, Unknown):
            return invocation.unknown(argument.data)
        if isinstance(argument.data, tuple):
            if length < 0:
                length, chooser = len(argument.data), index
            elif len(argument.data) != length:
                raise Rejected(
                    f"argument {index} has length {len(argument.data)}, which is inconsistent with argument {chooser} "
                    f"of length {length}",
                    index,
                )
    rows = zip(
        *(
            argument.items() if isinstance(argument.data, tuple) else (argument,) * max(length, 1)
            for argument in arguments
        ),
        strict=True,
    )
    found = [_row(invocation, template, row, index) for index, row in enumerate(rows if arguments else [()])]
    return invocation.collected(ListItems(found if length else ()))


def _row(invocation: Invocation, template: str, row: tuple[Value, ...], index: int) -> Value:
    evidence = evidence_of((invocation.arguments[0], *row))
    blocking = first_unknown(*row)
    if blocking is not None:
        return Value(Unknown(invocation.expression, blocking.blocked_by), invocation.location, evidence)
    try:
        return Value(format_text(template, row), invocation.location, evidence)
    except Rejected as error:
        if not invocation.arguments[1:]:
            raise
        raise Rejected(f"error on format iteration {index}: {error.reason}") from None


IMPLEMENTATIONS: dict[str, Implementation] = {"format": _format, "formatlist": _format_list}
