"""The options that commands take, in groups."""

from __future__ import annotations

import argparse

_SEVERITIES = ("note", "low", "medium", "high", "critical")
_PROFILES = ("default", "strict", "security-hub", "cis")


def add_report(parser: argparse.ArgumentParser) -> None:
    report = parser.add_argument_group("report")
    report.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="NAME[=FILE]",
        help="how to report, and where to: text (default), json, sarif, concise, markdown, github, gitlab, junit or "
        "csv; repeat it for several reports",
    )
    add_output(report)
    report.add_argument(
        "--category", metavar="NAME", help="in sarif, what tells analyses of one repository apart (default: sglint)"
    )
    add_color(report)
    report.add_argument("--statistics", action="store_true", help="in text, count the findings of each policy")
    amount = report.add_mutually_exclusive_group()
    amount.add_argument("-q", "--quiet", action="store_true", help="in text, only the findings: no summary")
    amount.add_argument("-v", "--verbose", action="store_true", help="also list what could not be judged")


def add_execution(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("execution")
    group.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="how many processes may judge large input (default: one for each core that may be used)",
    )
    group.add_argument("--shard", metavar="N/TOTAL", help="judge one part of the units; sglint merge joins the reports")
    cache = group.add_mutually_exclusive_group()
    cache.add_argument("--no-cache", action="store_true", help="keep nothing from run to run, and use nothing kept")
    cache.add_argument(
        "--cache-dir", metavar="DIR", help="where to keep what is known of large input (default: the user's cache)"
    )


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of processes')
    return int(text)


def add_policy_choice(parser: argparse.ArgumentParser, may_fail: bool = True) -> None:
    policies = parser.add_argument_group("policies")
    policies.add_argument(
        "--select", action="append", default=[], metavar="POLICY", help="judge only these policies, by id or name"
    )
    policies.add_argument("--ignore", action="append", default=[], metavar="POLICY", help="leave these policies out")
    profile = policies.add_mutually_exclusive_group()
    profile.add_argument(
        "--profile",
        choices=_PROFILES,
        metavar="NAME",
        help="the set of policies in force: default, strict, security-hub or cis",
    )
    profile.add_argument(
        "--strict", action="store_const", dest="profile", const="strict", help="short for --profile strict"
    )
    if may_fail:
        add_fail_on(policies, ": note, low, medium, high, critical or never (default: medium)")


def add_input(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a directory, or - for standard input")
    add_inputs_of_code(parser)


def add_inputs_of_code(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("input")
    group.add_argument(
        "--var", action="append", default=[], metavar="NAME=VALUE", help="set a Terraform variable, as terraform does"
    )
    group.add_argument(
        "--var-file", action="append", default=[], metavar="FILE", help="read Terraform variables from FILE"
    )
    group.add_argument(
        "--parameter", action="append", default=[], metavar="KEY=VALUE", help="set a CloudFormation parameter"
    )
    group.add_argument(
        "--parameters", action="append", default=[], metavar="FILE", help="read CloudFormation parameters from FILE"
    )
    group.add_argument(
        "--source", metavar="DIR", help="the configuration that a Terraform plan was made of, to point at its lines"
    )
    group.add_argument(
        "--root",
        action="append",
        default=[],
        metavar="DIR",
        help="let the input lead to files in DIR, too (default: the repository around PATH, else PATH itself)",
    )
    group.add_argument(
        "--ignore-unrelated", action="store_true", help="pass over named files that are nothing sglint reads"
    )


def add_configuration(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("configuration")
    source = group.add_mutually_exclusive_group()
    source.add_argument(
        "--config", metavar="FILE", help="the configuration file, instead of the nearest above each input"
    )
    source.add_argument("--no-config", action="store_true", help="take no configuration file")
    group.add_argument(
        "--forbid",
        action="append",
        default=[],
        metavar="WAY",
        help="let no risk be accepted this way: suppressions, exceptions",
    )


def add_baseline(check: argparse.ArgumentParser) -> None:
    group = check.add_argument_group("what was there before")
    group.add_argument("--baseline", metavar="FILE", help="let the findings in FILE fail nothing")
    group.add_argument("--update-baseline", action="store_true", help="write what is found to the baseline")
    group.add_argument(
        "--ratchet",
        action="store_true",
        help="fail only where a group's privilege level, or what it leaves open to the world, is worse than in the "
        "baseline",
    )
    group.add_argument(
        "--changed-since",
        metavar="REVISION",
        help="judge only what the changes since a revision of git can affect, untracked files included",
    )


def add_format(container: argparse._ActionsContainer, how: str, *formats: str) -> None:
    """One of some formats, the first unless another is asked for."""
    container.add_argument("--format", choices=formats, default=formats[0], help=f"{how} (default: {formats[0]})")


def add_output(container: argparse._ActionsContainer) -> None:
    container.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")


def add_color(container: argparse._ActionsContainer) -> None:
    container.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colour in text (default: on a terminal)"
    )


def add_fail_on(container: argparse._ActionsContainer, more: str) -> None:
    container.add_argument(
        "--fail-on",
        choices=(*_SEVERITIES, "never"),
        metavar="SEVERITY",
        help=f"the severity from which findings fail the run{more}",
    )
