"""SG205: what goes to S3 and DynamoDB leaves a VPC for the internet."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.location import Step
from sglint.model.rules import Direction
from sglint.model.traffic import TCP
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_vpc
from sglint.policies.wording import enumerate_all, opening


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    if analysis.estate.unresolved:
        return
    for vpc in analysis.estate.vpcs:
        missing = [name for service, name in _SERVICES.items() if service not in (vpc.endpoints or ())]
        if vpc.endpoints is None or not missing:
            continue
        reaching = {
            group: admission
            for group, admission in analysis.opened_by(vpc.groups, Direction.EGRESS)
            if admission.traffic.admits(TCP, _HTTPS)
        }
        if reaching:
            named = enumerate_all([f"group {group}" for group in reaching])
            verb = "reach" if len(reaching) > 1 else "reaches"
            what = "them" if len(missing) > 1 else "it"
            message = (
                f"the VPC has no endpoint for {enumerate_all(missing)}, so {named} {verb} {what} over the internet"
            )
            steps = (Step(f"{group} admits {opening(each)}", each.rule.location) for group, each in reaching.items())
            yield of_vpc(vpc, message).with_steps(tuple(steps))


_SERVICES = {"s3": "S3", "dynamodb": "DynamoDB"}
"""The services with gateway endpoints, which cost nothing."""
_HTTPS = 443

POLICY = Policy(
    id="SG205",
    name="egress-instead-of-vpc-endpoint",
    severity=Severity.NOTE,
    summary="Groups of a VPC may reach the world, and the VPC has no gateway endpoint for S3 and DynamoDB.",
    why=(
        "Without an endpoint, requests to S3 and DynamoDB need a way to the internet, which is open for all else then, "
        "too. A gateway endpoint keeps them in AWS's network at no charge, can limit which buckets and tables "
        "are reached, and has a prefix list that an egress rule can name."
    ),
    fix="Add gateway endpoints for S3 and DynamoDB to the route tables, and name their prefix lists in egress rules.",
    check=check,
    bad=(
        "vpc main default-group closed groups web\nweb egress tcp 443 to 0.0.0.0/0",
        "vpc main default-group closed groups web,app endpoint s3 logged\n"
        "web egress all to 0.0.0.0/0\napp egress all to ::/0",
    ),
    good=(
        "vpc main groups web endpoint s3,dynamodb logged\nweb egress tcp 443 to 0.0.0.0/0",
        "vpc main default-group closed groups web\nweb egress tcp 443 to prefix-list pl-63a5400a",
        "vpc main default-group closed groups web\nweb egress tcp 25 to 0.0.0.0/0",
        "vpc main groups web endpoints unknown\nweb egress all to 0.0.0.0/0",
        "vpc main\nweb egress all to 0.0.0.0/0",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",),
    is_strict=True,
)
