"""Characters as people count them: extended grapheme clusters (Unicode Standard Annex 29).

Terraform counts, cuts and reverses text by these. The classes that Python's `unicodedata` does not have are given
here as ranges, from Unicode 15's GraphemeBreakProperty and emoji-data.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

_PREPEND = (
    (0x600, 0x605), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2), (0xD4E, 0xD4E),
    (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x111C2, 0x111C3), (0x1193F, 0x1193F), (0x11941, 0x11941),
    (0x11A3A, 0x11A3A), (0x11A84, 0x11A89), (0x11D46, 0x11D46), (0x11F02, 0x11F02),
)  # fmt: skip
_EXTEND_BESIDES_MARKS = (
    (0x9BE, 0x9BE), (0x9D7, 0x9D7), (0xB3E, 0xB3E), (0xB57, 0xB57), (0xBBE, 0xBBE), (0xBD7, 0xBD7), (0xCC2, 0xCC2),
    (0xCD5, 0xCD6), (0xD3E, 0xD3E), (0xD57, 0xD57), (0xDCF, 0xDCF), (0xDDF, 0xDDF), (0x1B35, 0x1B35),
    (0x200C, 0x200C), (0x302E, 0x302F), (0xFF9E, 0xFF9F), (0x1133E, 0x1133E), (0x11357, 0x11357), (0x114B0, 0x114B0),
    (0x114BD, 0x114BD), (0x115AF, 0x115AF), (0x11930, 0x11930), (0x1D165, 0x1D165), (0x1D16E, 0x1D172),
    (0x1F3FB, 0x1F3FF), (0xE0020, 0xE007F),
)  # fmt: skip
_SPACING_MARKS_BESIDES_MC = ((0xE33, 0xE33), (0xEB3, 0xEB3))
_NO_SPACING_MARKS = (
    (0x102B, 0x102C), (0x1038, 0x1038), (0x1062, 0x1064), (0x1067, 0x106D), (0x1083, 0x1083), (0x1087, 0x108C),
    (0x108F, 0x108F), (0x109A, 0x109C), (0x1A61, 0x1A61), (0x1A63, 0x1A64), (0xAA7B, 0xAA7B), (0xAA7D, 0xAA7D),
    (0x11720, 0x11721),
)  # fmt: skip
_PICTOGRAPHS = (
    (0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2122), (0x2139, 0x2139),
    (0x2194, 0x2199), (0x21A9, 0x21AA), (0x231A, 0x231B), (0x2328, 0x2328), (0x2388, 0x2388), (0x23CF, 0x23CF),
    (0x23E9, 0x23F3), (0x23F8, 0x23FA), (0x24C2, 0x24C2), (0x25AA, 0x25AB), (0x25B6, 0x25B6), (0x25C0, 0x25C0),
    (0x25FB, 0x25FE), (0x2600, 0x2605), (0x2607, 0x2612), (0x2614, 0x2685), (0x2690, 0x2705), (0x2708, 0x2712),
    (0x2714, 0x2714), (0x2716, 0x2716), (0x271D, 0x271D), (0x2721, 0x2721), (0x2728, 0x2728), (0x2733, 0x2734),
    (0x2744, 0x2744), (0x2747, 0x2747), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757),
    (0x2763, 0x2767), (0x2795, 0x2797), (0x27A1, 0x27A1), (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2934, 0x2935),
    (0x2B05, 0x2B07), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x3030, 0x3030), (0x303D, 0x303D),
    (0x3297, 0x3297), (0x3299, 0x3299), (0x1F000, 0x1F0FF), (0x1F10D, 0x1F10F), (0x1F12F, 0x1F12F),
    (0x1F16C, 0x1F171), (0x1F17E, 0x1F17F), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F1AD, 0x1F1E5),
    (0x1F201, 0x1F20F), (0x1F21A, 0x1F21A), (0x1F22F, 0x1F22F), (0x1F232, 0x1F23A), (0x1F23C, 0x1F23F),
    (0x1F249, 0x1F3FA), (0x1F400, 0x1F53D), (0x1F546, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F774, 0x1F77F),
    (0x1F7D5, 0x1F7FF), (0x1F80C, 0x1F80F), (0x1F848, 0x1F84F), (0x1F85A, 0x1F85F), (0x1F888, 0x1F88F),
    (0x1F8AE, 0x1F8FF), (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1FAFF), (0x1FC00, 0x1FFFD),
)  # fmt: skip

_ZWJ = "\u200d"


def count(text: str) -> int:
    """How many characters the text has."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    return len(clusters(text))


def clusters(text: str) -> list[str]:
    """The text cut into characters."""
    if text.isascii() and "\r" not in text:
        return list(text)
    found: list[str] = []
    start = 0
    indicators = 0
    is_pictograph = False
    previous = ""
    for position, character in enumerate(text):
        kind = _kind(character)
        if position and _is_boundary(previous, kind, indicators, is_pictograph):
            found.append(text[start:position])
            start = position
            indicators = 0
        indicators = indicators + 1 if kind == "regional" else 0
        if kind == "pictograph":
            is_pictograph = True
        elif not (kind == "extend" or kind == "zwj"):
            is_pictograph = False
        previous = kind
    if text:
        found.append(text[start:])
    return found


def _is_boundary(before: str, after: str, indicators: int, is_pictograph: bool) -> bool:
    """Rules GB3 to GB999; `indicators` counts the regional indicators that end before the place."""
    if before == "cr" and after == "lf":
        return False
    if before in ("cr", "lf", "control") or after in ("cr", "lf", "control"):
        return True
    if after in _HANGUL_FOLLOWERS.get(before, ()):
        return False
    if after in ("extend", "zwj", "spacing") or before == "prepend":
        return False
    if before == "zwj" and after == "pictograph" and is_pictograph:
        return False
    return not (before == after == "regional" and indicators % 2 == 1)


_HANGUL_FOLLOWERS = {
    "L": ("L", "V", "LV", "LVT"),
    "LV": ("V", "T"),
    "V": ("V", "T"),
    "LVT": ("T",),
    "T": ("T",),
}


def _is_in(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    index = bisect_right(ranges, code, key=lambda pair: pair[0]) - 1
    return index >= 0 and code <= ranges[index][1]


def _kind(character: str) -> str:
    code = ord(character)
    if 0x20 <= code < 0x7F:
        return ""
    if character == "\r":
        return "cr"
    if character == "\n":
        return "lf"
    if character == _ZWJ:
        return "zwj"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "regional"
    if 0x1100 <= code <= 0x11FF or 0xA960 <= code <= 0xA97C or 0xAC00 <= code <= 0xD7FB:
        return _hangul(code)
    return _kind_by_tables(character, code)


def _kind_by_tables(character: str, code: int) -> str:
    category = unicodedata.category(character)
    if category in ("Mn", "Me") or _is_in(code, _EXTEND_BESIDES_MARKS):
        return "extend"
    if _is_in(code, _PREPEND):
        return "prepend"
    if category in ("Cc", "Cf", "Zl", "Zp", "Cs"):
        return "control"
    if (category == "Mc" and not _is_in(code, _NO_SPACING_MARKS)) or _is_in(code, _SPACING_MARKS_BESIDES_MC):
        return "spacing"
    return "pictograph" if _is_in(code, _PICTOGRAPHS) else ""


def _hangul(code: int) -> str:
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "T"
    if 0xAC00 <= code <= 0xD7A3:
        return "LV" if (code - 0xAC00) % 28 == 0 else "LVT"
    return ""
