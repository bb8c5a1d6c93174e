"""The identities of findings as the short names that other tools track them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from sglint.reports.paths import portable
from sglint.triage.finding import Finding
from sglint.triage.identity import Identity, identity


def fingerprints(findings: Iterable[Finding], root: str) -> tuple[str, ...]:
    """One fingerprint per finding, in their order: 32 hexadecimal digits.

    It stands for the finding's identity, with a path that counts from `root`. Findings of one identity are numbered
    in their order.
    """
    seen: Counter[Identity] = Counter()
    found = []
    for finding in findings:
        key = identity(finding, portable(finding.location.path, root))
        parts = (*key, str(seen[key]))
        seen[key] += 1
        found.append(sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32])
    return tuple(found)
