"""What `sglint dump` prints is notation that says the same again, and JSON that follows its schema."""

from __future__ import annotations

import json
from pathlib import Path

import hypothesis.strategies as st
import jsonschema
from hypothesis import given, settings

from sglint.analysis.analysis import Analysis
from sglint.model.attachments import Attachment, Kind, Tier
from sglint.model.listeners import Listener
from sglint.model.location import Location
from sglint.model.record import replace
from sglint.model.rules import Estate, SecurityGroup, Unresolved
from sglint.model.vpcs import Vpc
from sglint.notation import read_estate
from sglint.reports.dump import render_dump
from tests.analysis.test_exposure_by_packets import lines
from tests.model.test_surroundings import acls, attachments, listeners, subnets, texts

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schema" / "sglint-dump.schema.json").read_text("utf-8"))

estates = st.builds(
    Estate,
    attachments=st.lists(attachments, max_size=2).map(tuple),
    acls=st.lists(acls, max_size=2, unique_by=lambda acl: acl.address).map(tuple),
    vpcs=st.lists(st.builds(Vpc, texts), max_size=2).map(tuple),
    unused=st.frozensets(texts, max_size=2),
    listeners=st.lists(listeners, max_size=2).map(tuple),
    subnets=st.lists(subnets, max_size=2).map(tuple),
    unresolved=st.lists(st.builds(Unresolved, texts, texts, texts, st.just(Location("", 1, 1, 1, 1))), max_size=2).map(
        tuple
    ),
)


def dumped(estate: Estate) -> str:
    return render_dump([Analysis(estate)], "text")


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_rules_listeners_and_acls_are_read_back(data: st.DataObject) -> None:
    estate = read_estate("\n".join(data.draw(lines(2))))
    assert read_estate(dumped(estate)) == estate


@given(estates)
def test_whatever_stands_in_names_is_read_back(estate: Estate) -> None:
    assert read_estate(dumped(estate)) == estate


@given(estates, texts)
def test_places_and_units_stay_comments(estate: Estate, path: str) -> None:
    place = Location(path, 1, 1, 1, 1)
    moved = replace(
        estate,
        groups=(SecurityGroup("web", location=place),),
        attachments=tuple(replace(each, location=place) for each in estate.attachments),
    )
    text = render_dump([Analysis(moved, path=path), Analysis(Estate(), path=path)], "text")
    assert read_estate(text) == moved


@given(estates)
@settings(max_examples=30, deadline=None)
def test_json_follows_its_schema(estate: Estate) -> None:
    jsonschema.validate(json.loads(render_dump([Analysis(estate)], "json")), SCHEMA)


def test_groups_and_rules_come_with_levels_and_ways_with_their_hops() -> None:
    estate = read_estate(
        "attachment lb kind load-balancer tier edge facing public groups lb\n"
        "attachment db kind database tier data facing private groups db\n"
        "group lb\nlb ingress tcp 443 from 0.0.0.0/0\nlb ingress tcp 22 from 10.0.0.0/8\nlb egress all to 0.0.0.0/0\n"
        "db ingress tcp 5432 from group lb\ngroup idle\n"
    )
    shown = [line.replace("  # :1:1", "").replace(", :1:1", "") for line in dumped(estate).splitlines()]
    assert shown == [
        "group lb  # level 2",
        "lb ingress tcp 443 from 0.0.0.0/0  # level 2",
        "lb ingress tcp 22 from 10.0.0.0/8  # level 4",
        "lb egress all to 0.0.0.0/0",
        "group db  # level 5",
        "db ingress tcp 5432 from group lb  # level 5",
        "group idle",
        'attachment lb kind load-balancer tier edge service "" facing public groups lb',
        'attachment db kind database tier data service "" facing private groups db',
        "# world > lb on tcp 443",
        "# world > lb on tcp 443 > db on tcp 5432",
    ]


def test_a_way_in_json() -> None:
    estate = Estate(
        attachments=(Attachment("nlb", Kind.LOAD_BALANCER, Tier.EDGE, "elb"),),
        listeners=(Listener("in", "nlb", read_estate("x ingress tcp 443 from ::/0").groups[0].rules[0].traffic),),
    )
    assert json.loads(render_dump([Analysis(estate, path="unit")], "json"))["ways"] == [
        {
            "unit": "unit",
            "environment": None,
            "to": "nlb",
            "is_certain": False,
            "when": None,
            "hops": [{"address": "nlb", "traffic": ["tcp 443"], "rules": [], "listener": "in", "is_passed_on": False}],
        }
    ]
