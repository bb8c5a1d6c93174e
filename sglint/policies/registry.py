"""Every policy, in the order of the ids."""

from __future__ import annotations

from sglint.policies import (
    admin_port_from_wide_network,
    all_traffic_from_network,
    all_traffic_from_world,
    all_traffic_to_world,
    cleartext_protocol,
    cross_account_group_reference,
    data_port_from_network,
    data_store_egress_to_world,
    default_group_in_use,
    default_group_with_rules,
    expired_suppression,
    generic_group_name,
    high_risk_port_from_world,
    icmp_from_world,
    implicit_egress_to_world,
    invalid_rule,
    missing_group_description,
    missing_rule_description,
    nacl_admin_port_from_world,
    nacl_all_traffic_from_world,
    nacl_ineffective_entry,
    near_world_cidr,
    permissive_group_referenced,
    public_instance_exposed,
    rdp_from_world,
    redundant_rule,
    rule_quota_exceeded,
    self_reference_all_traffic,
    ssh_from_world,
    suppression_without_reason,
    unattached_group,
    unauthorized_port_from_world,
    unauthorized_port_to_world,
    unresolved_module,
    unresolved_rule,
    unused_suppression,
    web_port_without_load_balancer,
    wide_port_range,
)
from sglint.policies.policy import Policy

POLICIES: tuple[Policy, ...] = (
    all_traffic_from_world.POLICY,
    ssh_from_world.POLICY,
    rdp_from_world.POLICY,
    high_risk_port_from_world.POLICY,
    unauthorized_port_from_world.POLICY,
    web_port_without_load_balancer.POLICY,
    near_world_cidr.POLICY,
    wide_port_range.POLICY,
    cleartext_protocol.POLICY,
    all_traffic_from_network.POLICY,
    icmp_from_world.POLICY,
    admin_port_from_wide_network.POLICY,
    data_port_from_network.POLICY,
    all_traffic_to_world.POLICY,
    unauthorized_port_to_world.POLICY,
    implicit_egress_to_world.POLICY,
    data_store_egress_to_world.POLICY,
    missing_group_description.POLICY,
    missing_rule_description.POLICY,
    generic_group_name.POLICY,
    redundant_rule.POLICY,
    invalid_rule.POLICY,
    rule_quota_exceeded.POLICY,
    default_group_with_rules.POLICY,
    default_group_in_use.POLICY,
    unattached_group.POLICY,
    permissive_group_referenced.POLICY,
    cross_account_group_reference.POLICY,
    public_instance_exposed.POLICY,
    self_reference_all_traffic.POLICY,
    nacl_admin_port_from_world.POLICY,
    nacl_all_traffic_from_world.POLICY,
    nacl_ineffective_entry.POLICY,
    unresolved_rule.POLICY,
    unresolved_module.POLICY,
    suppression_without_reason.POLICY,
    expired_suppression.POLICY,
    unused_suppression.POLICY,
)

_BY_WORD = {word: policy for policy in POLICIES for word in (policy.id.lower(), policy.name)}


def find(word: str) -> Policy:
    """The policy of that id or name, in any case. ValueError with the nearest ones when there is none."""
    policy = _BY_WORD.get(word.strip().lower())
    if policy is None:
        raise ValueError(f'there is no policy "{word}"{_nearest(word)}')
    return policy


def _nearest(word: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word.strip().lower(), _BY_WORD, n=3)
    names = dict.fromkeys(f"{_BY_WORD[match].id} ({_BY_WORD[match].name})" for match in close)
    return f"; did you mean {' or '.join(names)}?" if names else "; sglint policies lists them"
