"""The network around groups: attachments, network ACLs and VPCs, added to the estate that the groups make up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sglint.aws.acl_forms import AclForm
from sglint.aws.acls import network_acls
from sglint.aws.attachments import Joining, attachments
from sglint.aws.builder import Builder
from sglint.aws.carriers import Carrier
from sglint.aws.facing import Layout, Surroundings
from sglint.aws.resources import Evaluated
from sglint.model.rules import Estate, SecurityGroup
from sglint.model.vpcs import Vpc


@dataclass(frozen=True, slots=True)
class NetworkForm:
    """What a dialect calls the resources of the network, by their types."""

    carriers: Mapping[str, Carrier]
    joinings: Mapping[str, Joining]
    layout: Layout
    acls: AclForm
    vpcs: frozenset[str]
    default_group: str
    """The attribute of a VPC that names its default group."""

    @property
    def paths(self) -> dict[str, tuple[str, ...]]:
        """The arguments that matter of each type."""
        others = {
            **{type_: joining.paths for type_, joining in self.joinings.items()},
            **self.layout.paths,
            **self.acls.paths,
            **dict.fromkeys(self.vpcs, ""),
        }
        return {
            **{type_: row.paths for type_, row in self.carriers.items()},
            **{type_: tuple(paths.split()) for type_, paths in others.items()},
        }


def with_network(estate: Estate, evaluated: Evaluated, builder: Builder, form: NetworkForm) -> Estate:
    """The estate with what surrounds its groups, and with what is known of their use."""
    surroundings = Surroundings(form.layout)
    surroundings.read(evaluated.resources)
    carried = attachments(evaluated.resources, form.carriers, form.joinings, surroundings, builder)
    attached = {group for attachment in carried for group in attachment.groups}
    return replace(
        estate,
        attachments=carried,
        acls=network_acls(evaluated.resources, form.acls, surroundings),
        vpcs=tuple(
            Vpc(
                resource.address,
                builder.defined(f"{resource.address}.{form.default_group}"),
                resource.when,
                resource.location,
                resource.evidence,
            )
            for resource in evaluated.resources
            if resource.type in form.vpcs
        ),
        unused=_unused(estate.groups, attached, evaluated) if _holds_carriers(evaluated, form) else frozenset(),
    )


def _holds_carriers(evaluated: Evaluated, form: NetworkForm) -> bool:
    """Whether anything in the unit carries groups. Where nothing does, those that it defines are for others to use."""
    return any(resource.type in form.carriers for resource in evaluated.resources)


def _unused(groups: Iterable[SecurityGroup], attached: set[str], evaluated: Evaluated) -> frozenset[str]:
    """The groups that nothing puts to use. That is worked out only where some group is not seen to be attached."""
    in_question = frozenset(
        group.address for group in groups if group.is_defined and not group.is_default and group.address not in attached
    )
    if not in_question or evaluated.uses is None:
        return frozenset()
    return in_question - evaluated.uses(in_question)
