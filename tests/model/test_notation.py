"""What is written in notation is read back as the same thing, whatever stands in names and descriptions."""

from __future__ import annotations

import json
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sglint.model.addresses import AddressSet
from sglint.model.intervals import IntervalSet
from sglint.model.location import whole_file
from sglint.model.rules import (
    NOBODY,
    Direction,
    Estate,
    GroupRef,
    Network,
    Origin,
    PrefixList,
    Rule,
    SecurityGroup,
    Unresolved,
)
from sglint.model.traffic import ALL, ICMP, ICMPV6, TCP, UDP, Traffic
from sglint.model.values import Unknown, When
from sglint.notation import (
    NotationError,
    read_estate,
    read_rule,
    write_group,
    write_rule,
    write_unresolved,
)
from sglint.notation.words import quote

KEYWORDS = (
    "", " ", "group", "unresolved", "ingress", "egress", "from", "to", "when", "and", "is", "implicit", "standalone",
    "description", "of", "account", "entries", "prefix-list", "unknown", "unknown(", "unknown(x)", "(", ")", "a)b", '"',
    "\\", '\\"', "#", "a#b", "a #b", "nobody", "none", "name", "default", "referenced", "source", "reason", "blocked",
    "by", "\n", "\r\n", "\t", "\u2028", "\x85", "\x1c", "\x00", "\ud800", "ü", "🔒", "tcp", "-1", "0.0.0.0/0", "a,b",
    'module.web["a"].aws_security_group.this[0]', "Stack/Nested/WebSG", "true", "{}",
)  # fmt: skip

texts = st.one_of(st.sampled_from(KEYWORDS), st.text(alphabet=st.characters(), max_size=12))
unknowns = st.builds(Unknown, texts, texts)

ports = st.integers(0, 65535)
port_sets = st.lists(st.tuples(ports, ports), max_size=3).map(lambda intervals: IntervalSet.of(*intervals))
octets = st.integers(0, 255)


@st.composite
def icmp_selectors(draw: st.DrawFn) -> IntervalSet:
    """What EC2's two numbers can say, alone or together: types, and codes of a type."""
    chosen = IntervalSet()
    for type_ in draw(st.lists(octets, max_size=2)):
        code = draw(st.none() | octets)
        chosen |= IntervalSet.of((type_ << 8 | (code or 0), type_ << 8 | (255 if code is None else code)))
    return chosen


traffics = st.one_of(
    st.builds(Traffic, st.sampled_from((TCP, UDP)), port_sets | unknowns),
    st.builds(Traffic, st.sampled_from((ICMP, ICMPV6)), icmp_selectors() | unknowns),
    st.builds(Traffic, st.sampled_from((TCP, ICMP, ALL, 0, 2, 47, 50, 255)) | unknowns),
    st.builds(Traffic, unknowns, port_sets | unknowns),
    st.just(Traffic(255, IntervalSet())),
)


@st.composite
def networks(draw: st.DrawFn) -> AddressSet:
    v4 = st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
    v6 = st.tuples(st.integers(0, 2**128 - 1), st.integers(0, 2**128 - 1))
    return AddressSet(IntervalSet.of(*draw(st.lists(v4, max_size=2))), IntervalSet.of(*draw(st.lists(v6, max_size=1))))


peers = st.one_of(
    st.builds(Network, networks()),
    st.just(NOBODY),
    st.builds(GroupRef, texts, account=st.none() | texts.filter(bool)),
    st.builds(PrefixList, texts, st.none() | networks(), st.none() | st.integers(0, 1000)),
    unknowns,
)
whens = st.dictionaries(texts, texts, max_size=2).map(lambda choices: When(tuple(sorted(choices.items()))))
rules = st.builds(
    Rule,
    texts,
    st.sampled_from(Direction),
    traffics,
    peers,
    st.none() | texts | unknowns,
    st.sampled_from(Origin),
    whens,
)
groups = st.builds(
    SecurityGroup,
    texts,
    name=st.none() | texts | unknowns,
    description=st.none() | texts | unknowns,
    is_default=st.booleans(),
    is_defined=st.booleans(),
    when=whens,
)
unresolved = st.builds(Unresolved, texts, texts, texts, st.just(whole_file("")))


@given(rules)
@example(Rule("web", Direction.INGRESS, Traffic(TCP), GroupRef("of", account="of")))
@example(Rule("web", Direction.EGRESS, Traffic(TCP), NOBODY, when=When((("Env", "not dev"), ("Env", "not test")))))
def test_a_rule_is_read_as_it_was_written(rule: Rule) -> None:
    assert read_rule(write_rule(rule)) == rule


@given(rules)
def test_a_rule_takes_one_line(rule: Rule) -> None:
    assert "\n" not in write_rule(rule) and "\r" not in write_rule(rule)


@given(groups, st.lists(rules, max_size=3), st.lists(unresolved, max_size=2))
def test_an_estate_is_read_as_it_was_written(
    group: SecurityGroup, found: list[Rule], missing: list[Unresolved]
) -> None:
    lines = [write_group(group), *map(write_rule, found), *map(write_unresolved, missing)]
    estate = read_estate("\n".join(lines))
    by_group: dict[str, tuple[Rule, ...]] = {group.address: ()}
    for rule in found:
        by_group[rule.group] = (*by_group.get(rule.group, ()), rule)
    assert {each.address: each.rules for each in estate.groups} == by_group
    first = estate.groups[0]
    assert (first.name, first.description, first.is_default, first.is_defined, first.when) == (
        group.name,
        group.description,
        group.is_default,
        group.is_defined,
        group.when,
    )
    assert estate.unresolved == tuple(missing)


@pytest.mark.parametrize(
    "line",
    [
        'web ingress tcp 22 from 0.0.0.0/0 "admin access" standalone when IsProd is false',
        "web egress all to 0.0.0.0/0 implicit",
        "web ingress icmp 3/4,8 from 10.0.0.0/8",
        "web ingress 50 from group bastion of account 123456789012",
        'web ingress tcp unknown("local.ports[0]" blocked by "var.port") from prefix-list pl-1 entries 10.0.0.0/8',
        '"group" ingress tcp 0-65535 from unknown("var.cidr")',
        'web ingress tcp 22,80-81 from 10.0.0.0/8,::/0 description unknown("var.why")',
        "web ingress tcp none from nobody",
    ],
)
def test_these_lines_are_written_as_they_are_read(line: str) -> None:
    assert write_rule(read_rule(line)) == line


def test_comments_and_blank_lines_say_nothing() -> None:
    text = """
        # a web server
        group web description "Front #1"   # with a number
        web ingress tcp 443 from 0.0.0.0/0 # the shop
    """
    (group,) = read_estate(text).groups
    assert group.description == "Front #1"
    assert len(group.rules) == 1


def test_nothing_is_an_estate_of_nothing() -> None:
    assert read_estate("") == Estate()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("web", "ingress or egress is missing"),
        ("web inbound tcp 22 from 10.0.0.0/8", "ingress or egress is expected, not 'inbound'"),
        ("web ingress tpc 22 from 10.0.0.0/8", "'tpc' is no protocol"),
        ("web ingress tcp 22 to 10.0.0.0/8", "'from' is missing"),
        ("web egress tcp 22 from 10.0.0.0/8", "'to' is missing"),
        ("web ingress tcp x from 10.0.0.0/8", "'x' is not a port or a range"),
        ("web ingress tcp 70000 from 10.0.0.0/8", "'70000' is not a port or a range"),
        ("web ingress icmp 8-9 from 10.0.0.0/8", "'8-9' is not an ICMP type or type/code"),
        ("web ingress icmp 300 from 10.0.0.0/8", "'300' is not an ICMP type or type/code"),
        ("web ingress tcp 1-x from 10.0.0.0/8", "'1-x' is not a port or a range"),
        ("web ingress 50 22 from 10.0.0.0/8", "only tcp, udp and icmp select anything"),
        ("web ingress all 22 from 10.0.0.0/8", "only tcp, udp and icmp select anything"),
        ("web ingress tcp 22 from 10.0.0.0", "is not a CIDR block"),
        ("web ingress tcp 22 from 10.0.0.0/8 tomorrow", "cannot read 'tomorrow'"),
        ("web ingress tcp 22 from 10.0.0.0/8 when A is b and A is c", "contradicts itself"),
        ("web ingress tcp 22 from 10.0.0.0/8 when A", "'is' is missing"),
        ('web ingress tcp 22 from "', "cannot read"),
        (r'web ingress tcp 22 from 10.0.0.0/8 "\x"', "cannot read"),
        ('web ingress tcp 22 from unknown("x"', r"'\)' is missing"),
    ],
)
def test_what_is_no_notation_says_why(line: str, message: str) -> None:
    with pytest.raises(NotationError, match=message):
        read_rule(line)


def test_what_is_no_group_says_why() -> None:
    with pytest.raises(NotationError, match="cannot read 'nonsense'"):
        read_estate("group web nonsense")


@given(st.text())
def test_quoted_text_is_a_json_string_that_acts_on_nobody(text: str) -> None:
    quoted = quote(text)
    assert json.loads(quoted) == text
    assert not any(category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in quoted)
