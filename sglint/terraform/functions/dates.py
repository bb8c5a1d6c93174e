"""Functions on timestamps in the syntax of RFC 3339."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from fractions import Fraction

from sglint.model.values import Value
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected, Undecidable
from sglint.terraform.quoting import go_quote

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS = (
    ("", r"\d{4}", "year"),
    ("-", r"\d\d", "month"),
    ("-", r"\d\d", "day of month"),
    ("T", r"\d\d?(?!\d)", "hour"),
    (":", r"\d\d", "minute"),
    (":", r"\d\d", "second"),
)
_RANGES = {"month": (1, 12), "day of month": (1, 31), "hour": (0, 23), "minute": (0, 59), "second": (0, 59)}
_FRACTION = re.compile(r"[.,](\d+)")
_OFFSET = re.compile(r"Z|[+-](\d\d):(\d\d)")
_PREFIX = "not a valid RFC3339 timestamp: "


class _Malformed(ValueError):
    """A timestamp that is none: a clause, or the part that is wrong and the text from there on."""

    def __init__(self, reason: str, what: str = "", rest: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.what = what
        self.rest = rest


def _parse(text: str) -> tuple[datetime, int]:
    """The time to the second and the nanoseconds beyond it."""
    numbers: list[int] = []
    position = 0
    for separator, pattern, what in _PARTS:
        if not text.startswith(separator, position):
            raise _misplaced(separator, text[position:])
        position += len(separator)
        match = re.compile(pattern, re.ASCII).match(text, position)
        if match is None:
            raise _unusable(what, text[position:])
        number = int(match[0])
        low, high = _RANGES.get(what, (0, 9999))
        position = match.end()
        if not low <= number <= high:
            raise _unusable(what, text[position:] if what in _RANGES else text)
        numbers.append(number)
    fraction = _FRACTION.match(text, position)
    nanoseconds = int(fraction[1][:9].ljust(9, "0")) if fraction else 0
    position = fraction.end() if fraction else position
    offset = _OFFSET.match(text, position)
    if offset is None or int(offset[1] or 0) > 24 or int(offset[2] or 0) > 60:
        raise _unusable("UTC offset", text[position:])
    if offset.end() != len(text):
        raise _unusable("timestamp segment", text[offset.end() :])
    shift = timedelta(hours=int(offset[1] or 0), minutes=int(offset[2] or 0))
    zone = timezone(-shift if offset[0].startswith("-") else shift)
    try:
        return datetime(*numbers[:6], tzinfo=zone), nanoseconds  # type: ignore[arg-type,misc]
    except ValueError:
        if not numbers[0]:
            raise Undecidable("a year before 1, which is not computed") from None
        raise _Malformed("day out of range") from None


def _misplaced(separator: str, rest: str) -> _Malformed:
    if separator == "T":
        return _Malformed("missing required time introducer 'T'")
    if not rest:
        return _Malformed(f"end of string where {go_quote(separator)} is expected")
    return _Malformed(f"found {go_quote(rest)} where {go_quote(separator)} is expected")


def _unusable(what: str, rest: str) -> _Malformed:
    reason = f"cannot use {go_quote(rest)} as {what}" if rest else f"end of string before {what}"
    return _Malformed(reason, what, rest)


def _argument(invocation: Invocation, index: int, is_blamed: bool = True) -> tuple[datetime, int]:
    """Rejected, in Terraform's words, unless the argument is a timestamp."""
    try:
        return _parse(invocation.text(index))
    except _Malformed as error:
        raise Rejected(_PREFIX + error.reason, index if is_blamed else None) from None


def _strict_argument(invocation: Invocation, index: int) -> datetime:
    """As `formatdate` reads timestamps: nothing but RFC 3339, with words of its own for some faults."""
    text = invocation.text(index)
    try:
        time, _ = _parse(text)
        if text[12:13] == ":":
            raise _unusable("hour", text[11])
        if "," in text:
            raise _unusable("timestamp segment", ",")
        if not text.endswith("Z") and (int(text[-5:-3]) > 23 or int(text[-2:]) > 59):
            raise _unusable("UTC offset", text[-6:])
        return time
    except _Malformed as error:
        reason = error.reason
        if error.what == "hour" and ":" in error.rest:
            reason = "hour must be between 0 and 23 inclusive"
        elif error.what in ("hour", "minute") and error.rest and len(error.rest) != 2:
            reason = f"{error.what} must have exactly two digits"
        raise Rejected(_PREFIX + reason, index) from None


# ---- formatdate

_TOKEN = re.compile(r"''|'(?:[^']|'')*'?|([A-Za-z])\1*|[^A-Za-z']+")


def _format_date(invocation: Invocation) -> Value:
    time = _strict_argument(invocation, 1)
    parts: list[str] = []
    for match in _TOKEN.finditer(invocation.text(0)):
        token = match[0]
        if token == "''":
            parts.append("'")
        elif token.startswith("'"):
            if len(token) == 1 or not token.endswith("'") or len(token[1:].replace("''", "")) == 0:
                raise Rejected("unterminated literal '", 0)
            parts.append(token[1:-1].replace("''", "'"))
        else:
            parts.append(_verb(token, time) if match[1] else token)
    return invocation.result("".join(parts))


def _verb(token: str, time: datetime) -> str:
    forms = _forms(token[0], time)
    if forms is None:
        raise Rejected(f"invalid date format verb {go_quote(token)}", 0)
    by_length, complaint = forms
    if len(token) not in by_length:
        raise Rejected(f"invalid date format verb {go_quote(token)}: {complaint}", 0)
    return by_length[len(token)]


def _forms(letter: str, time: datetime) -> tuple[dict[int, str], str] | None:
    """What a letter stands for when written so many times, and what to say of any other number of times."""
    month, day, hour = _MONTHS[time.month - 1], _DAYS[time.weekday()], time.hour % 12 or 12
    offset = _offset(time)
    match letter:
        case "Y":
            forms = {2: f"{time.year % 100:02}", 4: f"{time.year:04}"}
            return forms, 'year must either be "YY" or "YYYY"'
        case "M":
            forms = {1: str(time.month), 2: f"{time.month:02}", 3: month[:3], 4: month}
            return forms, 'month must be "M", "MM", "MMM", or "MMMM"'
        case "D":
            return _digits(time.day), 'day of month must either be "D" or "DD"'
        case "E":
            return {3: day[:3], 4: day}, 'day of week must either be "EEE" or "EEEE"'
        case "h":
            return _digits(time.hour), '24-hour must either be "h" or "hh"'
        case "H":
            return _digits(hour), '12-hour must either be "H" or "HH"'
        case "A" | "a":
            half = "PM" if time.hour >= 12 else "AM"
            return {2: half if letter == "A" else half.lower()}, f'must be "{letter}{letter}"'
        case "m":
            return _digits(time.minute), 'minute must either be "m" or "mm"'
        case "s":
            return _digits(time.second), 'second must either be "s" or "ss"'
        case "Z":
            plain = offset.replace(":", "")
            is_utc = offset == "+00:00"
            forms = {1: "Z" if is_utc else offset, 3: "UTC" if is_utc else plain, 4: plain, 5: offset}
            return forms, "timezone must be Z, ZZZZ, or ZZZZZ"
    return None


def _digits(number: int) -> dict[int, str]:
    return {1: str(number), 2: f"{number:02}"}


def _offset(time: datetime) -> str:
    shift = time.utcoffset() or timedelta()
    minutes = abs(shift) // timedelta(minutes=1)
    return f"{'-' if shift < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


# ---- arithmetic

_UNITS = {
    "ns": Fraction(1), "us": Fraction(10**3), "µs": Fraction(10**3), "μs": Fraction(10**3), "ms": Fraction(10**6),
    "s": Fraction(10**9), "m": Fraction(60 * 10**9), "h": Fraction(3600 * 10**9),
}  # fmt: skip
_DURATION_PART = re.compile(r"(\d+\.?\d*|\.\d+)([^\d.]*)", re.ASCII)


def _duration(text: str) -> int:
    """Nanoseconds, from what Go's `time.ParseDuration` reads."""
    unsigned = text[1:] if text[:1] in ("+", "-") else text
    if unsigned == "0":
        return 0
    total = 0
    position = 0
    while position < len(unsigned):
        match = _DURATION_PART.match(unsigned, position)
        if match is None:
            break
        if not match[2]:
            raise Rejected(f"time: missing unit in duration {go_quote(text)}")
        if match[2] not in _UNITS:
            raise Rejected(f"time: unknown unit {go_quote(match[2])} in duration {go_quote(text)}")
        whole, _, fraction = match[1].partition(".")
        total += int(
            int(whole or 0) * _UNITS[match[2]] + Fraction(int(fraction or 0), 10 ** len(fraction)) * _UNITS[match[2]]
        )
        position = match.end()
    if not unsigned or position < len(unsigned) or total >= 2**63:
        raise Rejected(f"time: invalid duration {go_quote(text)}")
    return -total if text.startswith("-") else total


def _add(invocation: Invocation) -> Value:
    time, nanoseconds = _argument(invocation, 0, is_blamed=False)
    total = nanoseconds + _duration(invocation.text(1))
    try:
        added = time + timedelta(seconds=total // 10**9)
    except OverflowError:
        raise Undecidable("a year beyond 9999, which is not computed") from None
    shown = _offset(added)
    return invocation.result(f"{added:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + ("Z" if shown == "+00:00" else shown))


def _compare(invocation: Invocation) -> Value:
    one, other = (_argument(invocation, index) for index in (0, 1))
    return invocation.result((one > other) - (one < other))


IMPLEMENTATIONS: dict[str, Implementation] = {"formatdate": _format_date, "timeadd": _add, "timecmp": _compare}
