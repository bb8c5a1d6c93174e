"""What Terraform's AWS provider calls the resources of a network."""

from __future__ import annotations

from sglint.aws import listener_forms, ports
from sglint.aws.acl_forms import TERRAFORM
from sglint.aws.attachments import Joining
from sglint.aws.facing import Layout
from sglint.aws.network import NetworkForm
from sglint.aws.terraform_attachments import CARRIERS
from sglint.aws.vpcs import VpcForm
from sglint.aws.web_acls import WebAclForm
from sglint.model.attachments import Kind, Tier

NETWORK = NetworkForm(
    carriers=CARRIERS,
    joinings={
        "aws_network_interface_sg_attachment": Joining(
            "security_group_id", "network_interface_id", Kind.INTERFACE, Tier.COMPUTE, "ec2"
        ),
        "aws_vpc_endpoint_security_group_association": Joining(
            "security_group_id", "vpc_endpoint_id", Kind.ENDPOINT, Tier.ENDPOINT, "vpc-endpoint"
        ),
    },
    layout=Layout(
        subnet="aws_subnet",
        maps_addresses="map_public_ip_on_launch",
        blocks=("cidr_block", "ipv6_cidr_block"),
        subnet_groups={
            "aws_db_subnet_group": "subnet_ids",
            "aws_docdb_subnet_group": "subnet_ids",
            "aws_neptune_subnet_group": "subnet_ids",
            "aws_redshift_subnet_group": "subnet_ids",
            "aws_elasticache_subnet_group": "subnet_ids",
            "aws_memorydb_subnet_group": "subnet_ids",
            "aws_dax_subnet_group": "subnet_ids",
            "aws_dms_replication_subnet_group": "subnet_ids",
        },
        gateways=frozenset({"aws_internet_gateway"}),
        route_table="aws_route_table",
        route=("aws_route", "route_table_id", "gateway_id"),
        destinations=("cidr_block", "ipv6_cidr_block", "destination_cidr_block", "destination_ipv6_cidr_block"),
        inline_routes="route",
        association=("aws_route_table_association", "subnet_id", "route_table_id"),
        addresses=(
            ("aws_eip", "instance"),
            ("aws_eip", "network_interface"),
            ("aws_eip_association", "instance_id"),
            ("aws_eip_association", "network_interface_id"),
        ),
        members=(
            ("aws_rds_cluster_instance", "cluster_identifier", "publicly_accessible"),
            ("aws_neptune_cluster_instance", "cluster_identifier", "publicly_accessible"),
        ),
        member_default=False,
    ),
    balancing=listener_forms.TERRAFORM,
    acls=TERRAFORM,
    vpcs=VpcForm(
        types=frozenset({"aws_vpc"}),
        default_group="default_security_group_id",
        blocks=("cidr_block", "ipv6_cidr_block"),
        block=(
            ("aws_vpc_ipv4_cidr_block_association", "vpc_id", "cidr_block"),
            ("aws_vpc_ipv6_cidr_block_association", "vpc_id", "ipv6_cidr_block"),
        ),
        subnet=("aws_subnet", "vpc_id"),
        endpoint=("aws_vpc_endpoint", "vpc_id", "service_name"),
        flow_log="aws_flow_log",
        recorded=("vpc_id", "subnet_id"),
    ),
    web_acls=WebAclForm(
        associations={
            "aws_wafv2_web_acl_association": "resource_arn",
            "aws_wafregional_web_acl_association": "resource_arn",
        },
        filtered=dict.fromkeys(("aws_lb", "aws_alb"), ("load_balancer_type", ("application", None))),
    ),
    ports=ports.TERRAFORM,
    policies={
        **dict.fromkeys(
            ("aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"), "policy"
        ),
        "aws_iam_role": "inline_policy.policy",
        "aws_ssoadmin_permission_set_inline_policy": "inline_policy",
    },
)
