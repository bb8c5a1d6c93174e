"""How many rules the prefix lists of AWS count for.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html, "weight".
"""

from __future__ import annotations

import re

_WEIGHTS = {
    "cloudfront.origin-facing": 55,
    "dynamodb": 1,
    "ec2-instance-connect": 2,
    "groundstation": 5,
    "route53-healthchecks": 25,
    "s3": 1,
    "s3express": 6,
    "vpc-lattice": 10,
}
_NAME = r"com\.amazonaws\.[a-z0-9-]+\.(?:ipv6\.)?(.+)"


def weight(name: str) -> int | None:
    """The weight of a prefix list of AWS by its name, such as `com.amazonaws.eu-west-1.s3`; None for any other."""
    match = re.fullmatch(_NAME, name)
    return _WEIGHTS.get(match[1]) if match is not None else None
