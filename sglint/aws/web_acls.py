"""Which load balancers have a web ACL of AWS WAF that filters their requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sglint.aws.arguments import may_name, named, reached
from sglint.aws.resources import Resource
from sglint.model.attachments import Attachment, Kind, WebAcl
from sglint.model.record import frozen, replace
from sglint.model.values import When


@frozen
class WebAclForm:
    """What a dialect calls associations of web ACLs, and what they go with.

    `associations` has the types, each with the argument that names what the ACL filters. `filtered` has the types of
    load balancers, each with an argument and its values where a web ACL can be associated; None among them stands for
    leaving it out.
    """

    associations: Mapping[str, str]
    filtered: Mapping[str, tuple[str, tuple[str | None, ...]]]

    @property
    def paths(self) -> dict[str, str]:
        """The arguments by resource type."""
        return {**self.associations, **{type_: path for type_, (path, _) in self.filtered.items()}}


def with_web_acls(
    attachments: Iterable[Attachment], resources: Iterable[Resource], form: WebAclForm
) -> tuple[Attachment, ...]:
    """The attachments, with what is known of web ACLs."""
    found: dict[str, list[When]] = {}
    filtered: dict[str, bool] = {}
    has_stray = False
    for resource in resources:
        if resource.type in form.associations:
            for when, target in reached(resource.arguments, form.associations[resource.type], resource.when):
                has_stray |= may_name(target)
                found.setdefault(named(target) or "", []).append(when)
        elif resource.type in form.filtered:
            path, expected = form.filtered[resource.type]
            kinds = [value.data for _, value in reached(resource.arguments, path)] or [None]
            filtered[resource.address] = all(kind in expected for kind in kinds)

    def state(attachment: Attachment) -> WebAcl:
        conditions = found.get(attachment.address, [])
        if any(not attachment.when.without(when) for when in conditions):
            return WebAcl.ASSOCIATED
        return WebAcl.UNKNOWN if conditions or has_stray else WebAcl.NONE

    return tuple(
        replace(attachment, web_acl=state(attachment))
        if attachment.kind is Kind.LOAD_BALANCER and filtered.get(attachment.address)
        else attachment
        for attachment in attachments
    )
