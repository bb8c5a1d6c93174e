"""Every policy, in the order of the ids."""

from __future__ import annotations

from sglint.model.usage import UsageError
from sglint.policies import (
    admin_port_from_wide_network,
    all_traffic_from_network,
    all_traffic_from_world,
    all_traffic_to_world,
    cleartext_protocol,
    cross_account_group_reference,
    data_port_from_network,
    data_store_egress_to_world,
    data_store_exposed,
    default_group_in_use,
    default_group_with_rules,
    egress_instead_of_vpc_endpoint,
    expired_suppression,
    generic_group_name,
    group_shared_across_services,
    high_risk_port_from_world,
    icmp_from_world,
    implicit_egress_to_world,
    invalid_rule,
    load_balancer_bypass,
    missing_group_description,
    missing_ownership_tags,
    missing_rule_description,
    mixed_inline_and_standalone_rules,
    nacl_admin_port_from_world,
    nacl_all_traffic_from_world,
    nacl_ineffective_entry,
    near_world_cidr,
    network_peer_instead_of_group,
    permissive_group_referenced,
    public_instance_exposed,
    public_load_balancer_without_waf,
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
    unrestricted_group_administration,
    unused_suppression,
    vpc_without_flow_logs,
    web_port_without_load_balancer,
    wide_port_range,
    wider_than_baseline,
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
    network_peer_instead_of_group.POLICY,
    icmp_from_world.POLICY,
    admin_port_from_wide_network.POLICY,
    data_port_from_network.POLICY,
    all_traffic_to_world.POLICY,
    unauthorized_port_to_world.POLICY,
    implicit_egress_to_world.POLICY,
    data_store_egress_to_world.POLICY,
    egress_instead_of_vpc_endpoint.POLICY,
    missing_group_description.POLICY,
    missing_rule_description.POLICY,
    generic_group_name.POLICY,
    missing_ownership_tags.POLICY,
    redundant_rule.POLICY,
    mixed_inline_and_standalone_rules.POLICY,
    invalid_rule.POLICY,
    rule_quota_exceeded.POLICY,
    default_group_with_rules.POLICY,
    default_group_in_use.POLICY,
    unattached_group.POLICY,
    group_shared_across_services.POLICY,
    load_balancer_bypass.POLICY,
    data_store_exposed.POLICY,
    permissive_group_referenced.POLICY,
    cross_account_group_reference.POLICY,
    public_instance_exposed.POLICY,
    self_reference_all_traffic.POLICY,
    nacl_admin_port_from_world.POLICY,
    nacl_all_traffic_from_world.POLICY,
    nacl_ineffective_entry.POLICY,
    vpc_without_flow_logs.POLICY,
    public_load_balancer_without_waf.POLICY,
    unrestricted_group_administration.POLICY,
    unresolved_rule.POLICY,
    unresolved_module.POLICY,
    suppression_without_reason.POLICY,
    expired_suppression.POLICY,
    unused_suppression.POLICY,
    wider_than_baseline.POLICY,
)

_BY_WORD = {word: policy for policy in POLICIES for word in (policy.id.lower(), policy.name)}


def find(word: str) -> Policy:
    """The policy of that id or name, in any case. UsageError with the nearest ones when there is none."""
    policy = _BY_WORD.get(word.strip().lower())
    if policy is None:
        raise UsageError(f'there is no policy "{word}"{_nearest(word)}')
    return policy


def _nearest(word: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word.strip().lower(), _BY_WORD, n=3)
    names = dict.fromkeys(f"{_BY_WORD[match].id} ({_BY_WORD[match].name})" for match in close)
    return f"; did you mean {' or '.join(names)}?" if names else "; sglint policies lists them"
