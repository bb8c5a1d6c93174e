"""What surrounds groups is written in notation and read back as the same, whatever stands in names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.acls import AclEntry, NetworkAcl
from sglint.model.addresses import AddressSet
from sglint.model.attachments import Attachment, Facing, Kind, Tier
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Direction
from sglint.model.traffic import ALL, ICMP, TCP, UDP, Traffic, icmp_selector
from sglint.model.values import Unknown, When
from sglint.model.vpcs import Vpc
from sglint.notation import NotationError, read_estate
from sglint.notation.surroundings import write_acl, write_attachment, write_vpc

texts = st.one_of(
    st.sampled_from(
        ("", " ", ",", "a,b", '"', "#", "(", "unknown(x)", "default", "groups", "subnets", "when", "is", "and", "ipv6",
         "referenced", "allow", "deny", "ingress", "acl", "entry", "vpc", "unused", "\n", "\u2028",
         'module.web["a,b"].aws_instance.this[0]', "Stack/Nested/Web")
    ),
    st.text(max_size=8),
)  # fmt: skip
names = st.lists(texts, max_size=3).map(tuple)
unknowns = st.builds(Unknown, texts, texts)
whens = st.dictionaries(texts, texts.filter(lambda text: not text.startswith("not ")), max_size=2).map(
    lambda choices: When(tuple(sorted(choices.items())))
)
ports = st.lists(st.tuples(st.integers(0, 65535), st.integers(0, 65535)), max_size=2).map(
    lambda intervals: IntervalSet.of(*intervals)
)
traffics = st.one_of(
    st.builds(Traffic, st.sampled_from((TCP, UDP)), ports | unknowns),
    st.builds(Traffic, st.sampled_from((ALL, 47)) | unknowns),
    st.just(Traffic(ICMP, icmp_selector(8, None))),
)
addresses = st.sampled_from(("0.0.0.0/0", "::/0", "10.0.0.0/8", "2001:db8::/32")).map(AddressSet.of)

attachments = st.builds(
    Attachment,
    texts,
    st.sampled_from(Kind),
    st.sampled_from(Tier),
    texts,
    names,
    st.sampled_from(Facing),
    names,
    st.booleans(),
    whens,
)
entries = st.builds(
    AclEntry,
    st.sampled_from(Direction),
    st.integers(0, 32766) | unknowns,
    st.booleans() | unknowns,
    traffics,
    addresses | st.just(AddressSet()) | unknowns,
    st.sampled_from((None, 4, 6)),
    whens,
)
acls = st.builds(
    NetworkAcl,
    texts,
    st.lists(entries, max_size=3).map(tuple),
    names,
    st.sampled_from(Facing),
    st.booleans(),
    st.booleans(),
    whens,
)


@given(attachments)
def test_attachments(attachment: Attachment) -> None:
    assert read_estate(write_attachment(attachment)).attachments == (attachment,)


@given(acls)
def test_acls(acl: NetworkAcl) -> None:
    assert read_estate("\n".join(write_acl(acl))).acls == (acl,)


@given(st.builds(Vpc, texts, st.none() | texts, whens))
def test_vpcs(vpc: Vpc) -> None:
    assert read_estate(write_vpc(vpc)).vpcs == (vpc,)


def test_an_entry_alone_makes_its_acl() -> None:
    (acl,) = read_estate("entry main ingress 100 deny tcp 22 from 10.0.0.0/8").acls
    assert acl.address == "main"
    assert acl.entries == (
        AclEntry(Direction.INGRESS, 100, False, Traffic(TCP, IntervalSet.single(22)), AddressSet.of("10.0.0.0/8")),
    )


def test_groups_that_nothing_uses() -> None:
    assert read_estate('group old\nunused old\nunused "other one"').unused == {"old", "other one"}


@pytest.mark.parametrize(
    "line",
    [
        "attachment web",
        "attachment web kind toaster tier edge",
        "attachment web kind task tier edge shiny",
        "acl main shiny",
        "entry main ingress ten allow tcp 22 from 10.0.0.0/8",
        "entry main ingress 100 maybe tcp 22 from 10.0.0.0/8",
        "entry main egress 100 allow tcp 22 from 10.0.0.0/8",
        "entry main ingress 100 allow tcp 22 from 10.0.0.0/8 shiny",
        "vpc main shiny",
    ],
)
def test_what_is_no_notation(line: str) -> None:
    with pytest.raises(NotationError):
        read_estate(line)
