"""The quick reading of a plain command line says what argparse says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.cli.arguments import parse
from sglint.cli.plain import COMMANDS, plain

words = st.sampled_from((*COMMANDS, "main.tf", "a b", "", "-", "--", "-q", "--ignore-unrelated", "--var=a=b", "@f"))


@given(st.lists(words, max_size=5))
def test_what_is_read_plainly_is_what_the_parser_reads(arguments: list[str]) -> None:
    options = plain(arguments)
    if options is not None:
        assert vars(options) == vars(parse(arguments))


@pytest.mark.parametrize("before", [[], ["check"], ["--ignore-unrelated"], ["check", "--ignore-unrelated"]])
@pytest.mark.parametrize("paths", [["main.tf"], ["main.tf", "a/b c.yaml", "check"]])
def test_a_hook_is_read_plainly(before: list[str], paths: list[str]) -> None:
    options = plain([*before, *paths])
    assert options is not None
    assert options.paths == paths
    assert options.ignore_unrelated == ("--ignore-unrelated" in before)


@pytest.mark.parametrize(
    "arguments", [[], ["check"], ["dump", "a"], ["-"], ["a", "-q"], ["a", "--ignore-unrelated"], ["-q", "a"]]
)
def test_the_parser_reads_the_rest(arguments: list[str]) -> None:
    assert plain(arguments) is None
