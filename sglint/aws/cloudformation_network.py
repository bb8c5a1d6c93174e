"""What CloudFormation calls the resources of a network."""

from __future__ import annotations

from sglint.aws import listener_forms, ports
from sglint.aws.acl_forms import CLOUDFORMATION
from sglint.aws.cloudformation_attachments import CARRIERS
from sglint.aws.facing import Layout
from sglint.aws.network import NetworkForm
from sglint.aws.vpcs import VpcForm
from sglint.aws.web_acls import WebAclForm

NETWORK = NetworkForm(
    carriers=CARRIERS,
    joinings={},
    layout=Layout(
        subnet="AWS::EC2::Subnet",
        maps_addresses="MapPublicIpOnLaunch",
        blocks=("CidrBlock", "Ipv6CidrBlock"),
        subnet_groups={
            "AWS::RDS::DBSubnetGroup": "SubnetIds",
            "AWS::DocDB::DBSubnetGroup": "SubnetIds",
            "AWS::Neptune::DBSubnetGroup": "SubnetIds",
            "AWS::Redshift::ClusterSubnetGroup": "SubnetIds",
            "AWS::ElastiCache::SubnetGroup": "SubnetIds",
            "AWS::MemoryDB::SubnetGroup": "SubnetIds",
            "AWS::DAX::SubnetGroup": "SubnetIds",
            "AWS::DMS::ReplicationSubnetGroup": "SubnetIds",
        },
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
        members=(
            ("AWS::RDS::DBInstance", "DBClusterIdentifier", "PubliclyAccessible"),
            ("AWS::Neptune::DBInstance", "DBClusterIdentifier", "PubliclyAccessible"),
        ),
        member_default=None,
    ),
    balancing=listener_forms.CLOUDFORMATION,
    acls=CLOUDFORMATION,
    vpcs=VpcForm(
        types=frozenset({"AWS::EC2::VPC"}),
        default_group="DefaultSecurityGroup",
        blocks=("CidrBlock",),
        block=(
            ("AWS::EC2::VPCCidrBlock", "VpcId", "CidrBlock"),
            ("AWS::EC2::VPCCidrBlock", "VpcId", "Ipv6CidrBlock"),
        ),
        subnet=("AWS::EC2::Subnet", "VpcId"),
        endpoint=("AWS::EC2::VPCEndpoint", "VpcId", "ServiceName"),
        flow_log="AWS::EC2::FlowLog",
        recorded=("ResourceId",),
        recorded_kind=("ResourceType", frozenset({"VPC", "Subnet"})),
    ),
    web_acls=WebAclForm(
        associations={
            "AWS::WAFv2::WebACLAssociation": "ResourceArn",
            "AWS::WAFRegional::WebACLAssociation": "ResourceArn",
        },
        filtered={"AWS::ElasticLoadBalancingV2::LoadBalancer": ("Type", ("application", None))},
    ),
    ports=ports.CLOUDFORMATION,
    policies={
        **{f"AWS::IAM::{kind}": "PolicyDocument" for kind in ("Policy", "ManagedPolicy")},
        **{f"AWS::IAM::{kind}Policy": "PolicyDocument" for kind in ("Role", "User", "Group")},
        **{f"AWS::IAM::{kind}": "Policies.PolicyDocument" for kind in ("Role", "User", "Group")},
        "AWS::SSO::PermissionSet": "InlinePolicy",
        # What AWS SAM takes for the role that it makes.
        "AWS::Lambda::Function": "Policies",
        "AWS::StepFunctions::StateMachine": "Policies",
    },
)
