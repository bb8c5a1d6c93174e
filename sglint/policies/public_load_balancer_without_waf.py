"""SG512: a public application load balancer that no web ACL filters."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.attachments import Facing, WebAcl
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_attachment


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    if analysis.estate.unresolved:
        return
    for attachment in analysis.estate.attachments:
        if attachment.facing is Facing.PUBLIC and attachment.web_acl is WebAcl.NONE:
            yield of_attachment(attachment, "the load balancer faces the internet without a web ACL")


POLICY = Policy(
    id="SG512",
    name="public-load-balancer-without-waf",
    severity=Severity.NOTE,
    summary="An internet-facing application load balancer that no web ACL of AWS WAF is associated with.",
    why=(
        "A security group filters by address and port, and a public web port is open to all of them. Only a web ACL "
        "looks at the requests: it turns away known attacks, floods and callers that were banned."
    ),
    fix="Associate a web ACL of AWS WAF with the load balancer.",
    check=check,
    bad=(
        "attachment lb kind load-balancer tier edge facing public groups web web-acl none",
        "attachment lb kind load-balancer tier edge facing public groups web web-acl none when IsProd is true",
    ),
    good=(
        "attachment lb kind load-balancer tier edge facing public groups web web-acl associated",
        "attachment lb kind load-balancer tier edge facing public groups web web-acl unknown",
        "attachment lb kind load-balancer tier edge facing private groups web web-acl none",
        "attachment nlb kind load-balancer tier edge facing public groups web",
        "attachment lb kind load-balancer tier edge facing public groups web web-acl none\n"
        'unresolved module.waf source "acme/waf/aws" reason "not on disk"',
    ),
    controls=("ELB.16",),
    references=(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16",
        "https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html",
    ),
    is_strict=True,
)
