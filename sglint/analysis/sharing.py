"""Whether two resources that carry the same group belong to one service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations, product, takewhile

from sglint.analysis.pairs import Pairs
from sglint.model.attachments import Attachment, Kind, Tier
from sglint.model.location import Location

_WORD = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+"
_HASH = r"[0-9A-F]{8}$"
"""What CDK ends logical ids with."""
_INDEX = r"\[[^\]]*\]"
_GENERIC = frozenset(
    ("aws", "ec2", "ecs", "eks", "elb", "elbv2", "rds", "alb", "nlb", "lb", "sg", "vpc", "module", "resource",
     "this", "main", "default", "all", "common", "shared", "base", "instance", "instances", "service",
     "services", "task", "tasks", "definition", "function", "functions", "lambda", "cluster", "launch",
     "template", "configuration", "node", "nodes", "group", "groups", "server", "servers", "host", "hosts",
     "load", "balancer", "public", "private", "app", "application", "event", "target", "job", "build",
     "project", "the", "my", "new", "test", "dev", "stage", "staging", "prod", "production", "stack", "a", "b",
     "c")
)  # fmt: skip
"""Words of addresses that say nothing of the service."""
_NODES = frozenset({Kind.CLUSTER, Kind.INSTANCE, Kind.TASK})
_NAMED = frozenset({Kind.INSTANCE, Kind.TASK})
"""Kinds that each stand for one service, so that the name tells which."""


def of_different_services(carriers: Iterable[Attachment], pairs: Pairs) -> Iterator[tuple[Attachment, Attachment]]:
    """The first two of some resources that belong to different services; nothing where all may be of one.

    TooManyPairs where that takes too many to tell.
    """
    by_code = {_code(carrier): carrier for carrier in carriers if carrier.kind is not Kind.INTERFACE}
    kinds = {carrier.kind for carrier in by_code.values()}
    if len(kinds) > 1 or kinds <= _NAMED:
        alike: dict[object, list[Attachment]] = {}
        for carrier in by_code.values():
            alike.setdefault(_likeness(carrier), []).append(carrier)
        for some, others in combinations(alike.values(), 2):
            pairs.take(1)
            if not _may_serve_one(some[0], others[0]):
                for one, other in product(some, others):
                    pairs.take(1)
                    if one.when.conjoin(other.when) is not None:
                        yield one, other
                        return


def are_of_one_service(one: Attachment, other: Attachment) -> bool:
    """Whether they may be parts of one service, by tier, kind and name.

    A load balancer and its targets, or a server and its database, are not: what may reach the one need not reach the
    other. Of the same tier, data stores differ by kind; what runs code by kind and name, and if their names say nothing
    they may be one. An interface belongs to something else, and a cluster's nodes to the cluster.
    """
    return _may_serve_one(one, other) or _code(one) == _code(other) or one.when.conjoin(other.when) is None


def _may_serve_one(one: Attachment, other: Attachment) -> bool:
    """The same for resources that may exist at the same time, and are not made by the same code."""
    kinds = {one.kind, other.kind}
    if Kind.INTERFACE in kinds:
        return True
    if one.tier is not other.tier:
        return False
    if one.tier is Tier.DATA:
        return one.kind is other.kind
    if one.tier is not Tier.COMPUTE or (Kind.CLUSTER in kinds and kinds <= _NODES):
        return True
    if one.kind is other.kind and one.kind not in _NAMED:
        return True
    words, others = _words(one.address, other.address), _words(other.address, one.address)
    return not words or not others or bool(words & others)


def _likeness(attachment: Attachment) -> object:
    """What is the same for resources that are of one service, whatever they are held against."""
    *stacks, name = attachment.address.split("/")
    return attachment.tier, attachment.kind, tuple(stacks), _told((name,))


def _code(attachment: Attachment) -> tuple[Location, str]:
    """What tells the code that makes a resource, its instances aside."""
    return attachment.location, re.sub(_INDEX, "", attachment.address)


def _words(address: str, beside: str) -> frozenset[str]:
    """The words of an address that may name a service, those of the stacks that hold another one as well aside."""
    if "/" not in address:
        return _told((address,))
    parts, others = address.split("/"), beside.split("/")
    both = zip(parts[:-1], others[:-1], strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], both))
    return _told(tuple(parts[shared:]))


@lru_cache(maxsize=10_000)
def _told(parts: tuple[str, ...]) -> frozenset[str]:
    told = " ".join(re.sub(_HASH, "", each) for each in parts)
    return frozenset(word.lower() for word in re.findall(_WORD, told)) - _GENERIC
