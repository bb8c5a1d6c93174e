"""The report for build servers that read test results: JUnit's XML.

https://docs.gitlab.com/ci/testing/unit_test_reports/ and https://plugins.jenkins.io/junit/ say what of it is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sglint.model.location import Location
from sglint.policies.policy import Policy
from sglint.reports.levels import leveled
from sglint.reports.options import Options
from sglint.reports.paths import portable
from sglint.reports.terminal import visible
from sglint.triage.finding import Finding, Outcome

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference (2.2, Char)."""


def render(outcome: Outcome, options: Options) -> str:
    """One suite. Each finding is a failed test, each problem an error, each policy that nothing breaks a passed test.

    What is accepted, in the baseline or could not be judged is a skipped test.
    """
    suite = Element("testsuite", name="sglint")
    names: Counter[tuple[str, str]] = Counter()
    for finding in outcome.findings:
        name = f"{_named(finding.policy)}: {finding.violation.subject or finding.violation.address}"
        case = _case(suite, name, finding.location, options.root, names)
        _add_verdict(case, finding)
    for problem in outcome.problems:
        case = _case(suite, f"not read: {problem.message}", problem.location, options.root, names)
        error = SubElement(case, "error", type="problem", message=_text(problem.message))
        error.text = _text(str(problem))
    broken = {finding.policy.id for finding in outcome.findings}
    for policy in outcome.policies:
        if policy.id not in broken:
            SubElement(suite, "testcase", classname="sglint", name=_named(policy), time="0")
    for name, child in (("tests", ""), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{child}" if child else "testcase"))))
    suites = Element("testsuites")
    suites.append(suite)
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _case(suite: Element, name: str, place: Location, root: str, names: Counter[tuple[str, str]]) -> Element:
    """A test of a name of its own: readers take tests of one name for one test. Lines are no part of it."""
    path = portable(place.path, root)
    names[path, name] += 1
    number = names[path, name]
    shown = name if number == 1 else f"{name} ({number})"
    return SubElement(suite, "testcase", classname=_text(path), name=_text(shown), file=_text(path), time="0")


def _add_verdict(case: Element, finding: Finding) -> None:
    message = finding.violation.message
    if finding.acceptance is not None:
        SubElement(case, "skipped", message=_text(f"accepted: {finding.acceptance.reason}"))
    elif finding.is_baselined:
        SubElement(case, "skipped", message=_text(f"in the baseline: {message}"))
    elif finding.policy.is_open:
        SubElement(case, "skipped", message=_text(message))
    else:
        failure = SubElement(case, "failure", type=finding.policy.id, message=_text(f"{finding.severity}: {message}"))
        failure.text = "\n".join(_text(line) for line in _detail(finding))


def _detail(finding: Finding) -> Iterator[str]:
    yield f"{finding.location}: {leveled(finding)}"
    if finding.violation.address:
        yield f"resource {finding.violation.address}"
    for step in finding.violation.related:
        yield f"because {step.text} ({step.location})"
    yield f"fix: {finding.policy.fix}"


def _named(policy: Policy) -> str:
    return f"{policy.id} {policy.name}"


def _text(text: str) -> str:
    return _NO_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", visible(text))
