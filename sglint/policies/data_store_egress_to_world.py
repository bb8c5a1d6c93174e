"""SG204: a data store may talk to the whole world."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.attachments import of_tier
from sglint.model.attachments import Tier
from sglint.model.location import Step
from sglint.model.rules import Direction
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import carriers_text, peers_text, traffic_text


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for group, admission in analysis.world(Direction.EGRESS):
        stores = tuple(of_tier(analysis.attachments.of(group.address, admission.when), Tier.DATA))
        if stores:
            reach = f"may reach {peers_text(admission)} on {traffic_text(admission.traffic)}"
            steps = tuple(Step(f"{store.address} carries the group", store.location) for store in stores)
            yield of_admission(admission, f"a data store ({carriers_text(stores)}) {reach}").with_steps(steps)


POLICY = Policy(
    id="SG204",
    name="data-store-egress-to-world",
    severity=Severity.HIGH,
    summary="A group that a data store carries may reach the world.",
    why=(
        "A database, cache or file system answers those who ask and hardly ever begins a conversation with the "
        "internet. Open egress there is the way out for stolen data, by the store's own functions (database links, "
        "exports, extensions) or through whoever took it over."
    ),
    fix="Remove the rule, or name the destinations that the store really needs.",
    check=check,
    bad=(
        "attachment db kind database tier data groups db\ndb egress all to 0.0.0.0/0",
        "attachment db kind database tier data groups db\ndb egress tcp 443 to 0.0.0.0/0",
        "attachment cache kind cache tier data groups db\ndb egress all to 0.0.0.0/0 implicit",
    ),
    good=(
        "attachment web kind instance tier compute groups web\nweb egress tcp 443 to 0.0.0.0/0",
        "attachment db kind database tier data groups db\ndb egress tcp 443 to 10.0.0.0/8",
        "attachment db kind database tier data groups db\nweb egress all to 0.0.0.0/0",
        "attachment db kind database tier data groups db when A is x\ndb egress all to 0.0.0.0/0 when A is y",
    ),
    supersedes=("SG201", "SG202", "SG203"),
    references=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    ),
)
