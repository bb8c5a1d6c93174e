"""What would make an assembly say more: the one setting that is missing for source lines."""

from __future__ import annotations

from collections.abc import Iterable

from sglint.cdk.frames import own_frames

_NOTHING_RECORDED = (
    "the CDK assembly records no source lines: synthesize with `cdk synth --debug` (or CDK_DEBUG=1), "
    "and a Python, Java, .NET or Go app also with JSII_HOST_STACK_TRACES=1"
)
_HOST_LANGUAGE = (
    "the CDK assembly records no source lines: synthesize with JSII_HOST_STACK_TRACES=1, "
    "which needs a recent aws-cdk-lib"
)
_TOO_SHORT = (
    "the CDK assembly's stack traces end before the app's own code: "
    "synthesize with NODE_OPTIONS=--stack-trace-limit=100"
)


def note_on_missing_line(trace: Iterable[str]) -> str:
    """Why no source line is known of a construct, from the trace that is recorded of it, and what to set."""
    recorded = tuple(trace)
    own = next(own_frames(recorded), None)
    if own is not None:
        return f"the CDK assembly names source lines in {own.file}, which is not found here"
    if not recorded:
        return _NOTHING_RECORDED
    return _HOST_LANGUAGE if any("jsii" in text for text in recorded) else _TOO_SHORT


def note_on_compiled_code(path: str) -> str:
    """For lines that are known only in what a compiler wrote."""
    return f"source lines are those of the compiled {path}: write source maps, and run node with --enable-source-maps"
