"""What CloudFormation calls the resources of a network."""

from __future__ import annotations

from sglint.aws.acl_forms import CLOUDFORMATION
from sglint.aws.cloudformation_attachments import CARRIERS
from sglint.aws.facing import Layout
from sglint.aws.network import NetworkForm

NETWORK = NetworkForm(
    carriers=CARRIERS,
    joinings={},
    layout=Layout(
        subnet="AWS::EC2::Subnet",
        maps_addresses="MapPublicIpOnLaunch",
        gateways=frozenset({"AWS::EC2::InternetGateway"}),
        route_table="AWS::EC2::RouteTable",
        route=("AWS::EC2::Route", "RouteTableId", "GatewayId"),
        destinations=("DestinationCidrBlock", "DestinationIpv6CidrBlock"),
        inline_routes="",
        association=("AWS::EC2::SubnetRouteTableAssociation", "SubnetId", "RouteTableId"),
        addresses=(
            ("AWS::EC2::EIP", "InstanceId"),
            ("AWS::EC2::EIPAssociation", "InstanceId"),
            ("AWS::EC2::EIPAssociation", "NetworkInterfaceId"),
        ),
    ),
    acls=CLOUDFORMATION,
    vpcs=frozenset({"AWS::EC2::VPC"}),
    default_group="DefaultSecurityGroup",
)
