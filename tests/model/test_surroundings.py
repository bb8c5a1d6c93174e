"""What surrounds groups is written in notation and read back as the same, whatever stands in names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.acls import AclEntry, NetworkAcl
from sglint.model.addresses import AddressSet
from sglint.model.attachments import Attachment, Facing, Kind, Tier, WebAcl
from sglint.model.intervals import IntervalSet
from sglint.model.listeners import Listener, Source, Target
from sglint.model.permissions import Statement
from sglint.model.rules import Direction, Form, SecurityGroup, Writer
from sglint.model.subnets import Subnet
from sglint.model.traffic import ALL, ICMP, TCP, UDP, Traffic, icmp_selector
from sglint.model.values import Unknown, When
from sglint.model.vpcs import Vpc
from sglint.notation import NotationError, read_estate, write_group
from sglint.notation.listeners import write_listener
from sglint.notation.ownership import write_ownership
from sglint.notation.permissions import write_statement
from sglint.notation.surroundings import write_acl, write_attachment, write_subnet
from sglint.notation.vpcs import write_vpc

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
    st.none() | st.sampled_from(WebAcl),
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

listeners = st.builds(
    Listener,
    texts,
    texts,
    traffics,
    st.lists(st.builds(Target, texts, traffics, st.sampled_from(Source), whens), max_size=2).map(tuple),
    st.booleans(),
    whens,
)
subnets = st.builds(Subnet, texts, addresses | st.just(AddressSet()))


@given(listeners)
def test_listeners(listener: Listener) -> None:
    assert read_estate("\n".join(write_listener(listener))).listeners == (listener,)


@given(subnets)
def test_subnets(subnet: Subnet) -> None:
    assert read_estate(write_subnet(subnet)).subnets == (subnet,)


@given(attachments)
def test_attachments(attachment: Attachment) -> None:
    assert read_estate(write_attachment(attachment)).attachments == (attachment,)


@given(acls)
def test_acls(acl: NetworkAcl) -> None:
    assert read_estate("\n".join(write_acl(acl))).acls == (acl,)


@given(
    st.builds(
        Vpc,
        texts,
        st.none() | texts,
        names,
        names,
        addresses | st.just(AddressSet()),
        st.none() | names,
        st.sampled_from((None, True, False)),
        whens,
    )
)
def test_vpcs(vpc: Vpc) -> None:
    assert read_estate(write_vpc(vpc)).vpcs == (vpc,)


@given(
    st.builds(
        Statement,
        texts,
        st.booleans(),
        names.filter(bool),
        names.filter(bool),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.integers(0, 10),
        whens,
    )
)
def test_statements(statement: Statement) -> None:
    assert read_estate(write_statement(statement)).statements == (statement,)


@given(
    st.builds(
        SecurityGroup,
        texts,
        tags=st.dictionaries(texts, texts | unknowns, max_size=3),
        may_have_other_tags=st.booleans(),
        writers=st.lists(
            st.builds(Writer, texts, st.sampled_from(Direction), st.sampled_from(Form), whens), max_size=2
        ).map(tuple),
    )
)
def test_tags_and_writers(group: SecurityGroup) -> None:
    lines = [write_group(group), *write_ownership(group)]
    assert read_estate("\n".join(lines)).groups == (group,)


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
        "listener in of lb",
        "listener in of lb on tcp 443 shiny",
        "target in web on tcp 443",
        "listener in of lb on tcp 443\ntarget out web on tcp 443",
        "listener in of lb on tcp 443\ntarget in web source nobody on tcp 443",
        "entry main ingress ten allow tcp 22 from 10.0.0.0/8",
        "entry main ingress 100 maybe tcp 22 from 10.0.0.0/8",
        "entry main egress 100 allow tcp 22 from 10.0.0.0/8",
        "entry main ingress 100 allow tcp 22 from 10.0.0.0/8 shiny",
        "vpc main shiny",
        "vpc main endpoints s3",
        "statement admin may actions ec2:* resources *",
        "statement admin allow shiny",
        "statement admin allow actions ec2:* resources * document one",
        "tag web",
        "tag web Owner team shiny",
        "writer web ingress shiny web",
    ],
)
def test_what_is_no_notation(line: str) -> None:
    with pytest.raises(NotationError):
        read_estate(line)
