"""The network around groups: attachments, network ACLs and VPCs, added to the estate that the groups make up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sglint.aws.acl_forms import AclForm
from sglint.aws.attachments import Joining, attachments
from sglint.aws.builder import Builder
from sglint.aws.carriers import Carrier
from sglint.aws.facing import Layout, Surroundings
from sglint.aws.listener_forms import BalancingForm
from sglint.aws.ports import Listening
from sglint.aws.resources import Evaluated
from sglint.aws.vpcs import VpcForm, vpcs
from sglint.aws.web_acls import WebAclForm, with_web_acls
from sglint.model.record import frozen, replace
from sglint.model.rules import Estate, SecurityGroup

if TYPE_CHECKING:
    from sglint.model.acls import NetworkAcl
    from sglint.model.listeners import Listener
    from sglint.model.permissions import Statement


@frozen
class NetworkForm:
    """What a dialect calls the resources of the network, by their types."""

    carriers: Mapping[str, Carrier]
    joinings: Mapping[str, Joining]
    layout: Layout
    balancing: BalancingForm
    acls: AclForm
    vpcs: VpcForm
    web_acls: WebAclForm
    ports: Mapping[str, Listening]
    policies: Mapping[str, str]
    """The types that hold documents of IAM policies, with the paths to these."""

    @property
    def paths(self) -> dict[str, tuple[str, ...]]:
        """The arguments that matter of each type."""
        found = {type_: row.paths for type_, row in self.carriers.items()}
        joinings = {type_: joining.paths for type_, joining in self.joinings.items()}
        parts = (
            joinings,
            self.layout.paths,
            self.balancing.paths,
            self.acls.paths,
            self.vpcs.paths,
            self.web_acls.paths,
            {type_: row.paths for type_, row in self.ports.items()},
            self.policies,
        )
        for type_, paths in (row for part in parts for row in part.items()):
            found[type_] = (*found.get(type_, ()), *paths.split())
        return found


def with_network(estate: Estate, evaluated: Evaluated, builder: Builder, form: NetworkForm) -> Estate:
    """The estate with what surrounds its groups, and with what is known of their use."""
    surroundings = Surroundings(form.layout)
    surroundings.read(evaluated.resources)
    carried = attachments(evaluated.resources, form.carriers, form.joinings, surroundings, builder)
    carried = with_web_acls(carried, evaluated.resources, form.web_acls)
    held = {resource.type for resource in evaluated.resources}
    attached = {group for attachment in carried for group in attachment.groups}
    found = _listeners(evaluated, form, builder) if not held.isdisjoint(form.balancing.paths) else ()
    return replace(
        estate,
        attachments=carried,
        listeners=found,
        cut=builder.cut,
        acls=_acls(evaluated, form, surroundings) if not held.isdisjoint(form.acls.paths) else (),
        subnets=surroundings.subnets(),
        vpcs=vpcs(evaluated.resources, form.vpcs, estate.groups, builder),
        statements=_statements(evaluated, form) if not held.isdisjoint(form.policies) else (),
        # Where nothing in the unit carries groups, those that it defines are for others to use.
        unused=(
            frozenset()
            if held.isdisjoint(form.carriers) or builder.cut is not None
            else _unused(estate.groups, attached, evaluated)
        ),
    )


# Each of these is loaded where there is something for it.


def _acls(evaluated: Evaluated, form: NetworkForm, surroundings: Surroundings) -> tuple[NetworkAcl, ...]:
    from sglint.aws.acls import network_acls

    return network_acls(evaluated.resources, form.acls, surroundings)


def _listeners(evaluated: Evaluated, form: NetworkForm, builder: Builder) -> tuple[Listener, ...]:
    from sglint.aws.listeners import listeners

    return listeners(evaluated.resources, form.balancing, builder.may_carry)


def _statements(evaluated: Evaluated, form: NetworkForm) -> tuple[Statement, ...]:
    from sglint.aws.permissions import statements

    return statements(evaluated.resources, form.policies)


def _unused(groups: Iterable[SecurityGroup], attached: set[str], evaluated: Evaluated) -> frozenset[str]:
    """The groups that nothing puts to use. That is worked out only where some group is not seen to be attached."""
    in_question = frozenset(
        group.address for group in groups if group.is_defined and not group.is_default and group.address not in attached
    )
    if not in_question or evaluated.uses is None:
        return frozenset()
    return in_question - evaluated.uses(in_question)
