"""What Terraform's AWS provider calls the resources of a network."""

from __future__ import annotations

from sglint.aws.acl_forms import TERRAFORM
from sglint.aws.attachments import Joining
from sglint.aws.facing import Layout
from sglint.aws.network import NetworkForm
from sglint.aws.terraform_attachments import CARRIERS
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
    ),
    acls=TERRAFORM,
    vpcs=frozenset({"aws_vpc"}),
    default_group="default_security_group_id",
)
