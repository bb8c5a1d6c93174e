"""What makes a finding the same finding in the next run, whatever was inserted above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from sglint.reports.paths import portable
from sglint.triage.finding import Finding


def fingerprints(findings: Iterable[Finding], root: str) -> tuple[str, ...]:
    """One fingerprint per finding, in their order: 32 hexadecimal digits.

    It stands for the policy, the file, the address and the subject, never for lines. Findings equal in all of these
    are numbered in their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for finding in findings:
        violation = finding.violation
        key = (finding.policy.id, portable(finding.location.path, root), violation.address, violation.subject)
        parts = (*key, str(seen[key]))
        seen[key] += 1
        found.append(sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32])
    return tuple(found)
