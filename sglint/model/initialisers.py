"""An `__init__` for each number of fields, made of what sets them.

They are written out so that none has to be compiled in a run, which takes a tenth of a millisecond for each. Setting a
field gives None, so `or` goes on to the next.
"""

from __future__ import annotations

from collections.abc import Callable

# ruff: noqa: E501
# fmt: off
INITIALISERS: tuple[Callable[..., Callable[..., None]], ...] = (
    lambda: lambda self: None,
    lambda s0: lambda self, v0: s0(self, v0),
    lambda s0, s1: lambda self, v0, v1: s0(self, v0) or s1(self, v1),
    lambda s0, s1, s2: lambda self, v0, v1, v2: s0(self, v0) or s1(self, v1) or s2(self, v2),
    lambda s0, s1, s2, s3: lambda self, v0, v1, v2, v3: s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3),
    lambda s0, s1, s2, s3, s4: lambda self, v0, v1, v2, v3, v4: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4)
    ),
    lambda s0, s1, s2, s3, s4, s5: lambda self, v0, v1, v2, v3, v4, v5: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5)
    ),
    lambda s0, s1, s2, s3, s4, s5, s6: lambda self, v0, v1, v2, v3, v4, v5, v6: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or
        s6(self, v6)
    ),
    lambda s0, s1, s2, s3, s4, s5, s6, s7: lambda self, v0, v1, v2, v3, v4, v5, v6, v7: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or
        s6(self, v6) or s7(self, v7)
    ),
    lambda s0, s1, s2, s3, s4, s5, s6, s7, s8: lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or
        s6(self, v6) or s7(self, v7) or s8(self, v8)
    ),
    lambda s0, s1, s2, s3, s4, s5, s6, s7, s8, s9: lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or
        s6(self, v6) or s7(self, v7) or s8(self, v8) or s9(self, v9)
    ),
    lambda s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10: lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or
        s6(self, v6) or s7(self, v7) or s8(self, v8) or s9(self, v9) or s10(self, v10)
    ),
    lambda s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11: lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or
        s6(self, v6) or s7(self, v7) or s8(self, v8) or s9(self, v9) or s10(self, v10) or s11(self, v11)
    ),
    lambda s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12: lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or
        s6(self, v6) or s7(self, v7) or s8(self, v8) or s9(self, v9) or s10(self, v10) or s11(self, v11) or
        s12(self, v12)
    ),
    lambda s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13: lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or
        s6(self, v6) or s7(self, v7) or s8(self, v8) or s9(self, v9) or s10(self, v10) or s11(self, v11) or
        s12(self, v12) or s13(self, v13)
    ),
    lambda s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14: lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or
        s6(self, v6) or s7(self, v7) or s8(self, v8) or s9(self, v9) or s10(self, v10) or s11(self, v11) or
        s12(self, v12) or s13(self, v13) or s14(self, v14)
    ),
    lambda s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15: lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or
        s6(self, v6) or s7(self, v7) or s8(self, v8) or s9(self, v9) or s10(self, v10) or s11(self, v11) or
        s12(self, v12) or s13(self, v13) or s14(self, v14) or s15(self, v15)
    ),
)
