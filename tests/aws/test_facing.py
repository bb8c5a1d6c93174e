"""Whether the internet reaches a resource by address: yes, no, or not to be told."""

from __future__ import annotations

import pytest

from tests.aws.estates import cloudformation, facing, terraform

NETWORK = """
resource "aws_internet_gateway" "igw" {}
resource "aws_subnet" "public" { map_public_ip_on_launch = true }
resource "aws_subnet" "plain" {}
resource "aws_subnet" "open" { map_public_ip_on_launch = var.given }
resource "aws_subnet" "inner" { map_public_ip_on_launch = true }
resource "aws_route_table" "outer" {
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.igw.id
  }
}
resource "aws_route_table" "inner" {}
resource "aws_route" "nat" {
  route_table_id         = aws_route_table.inner.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = "nat-1"
}
resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.outer.id
}
resource "aws_route_table_association" "inner" {
  subnet_id      = aws_subnet.inner.id
  route_table_id = aws_route_table.inner.id
}
variable "given" {}
"""


@pytest.mark.parametrize(
    ("type_", "arguments", "expected"),
    [
        ("aws_lb", "", "public"),
        ("aws_lb", "internal = false", "public"),
        ("aws_lb", "internal = true", "private"),
        ("aws_lb", "internal = var.given", "unknown"),
        ("aws_elb", 'internal = "true"', "private"),
        ("aws_instance", "", "unknown"),
        ("aws_instance", "associate_public_ip_address = true", "public"),
        ("aws_instance", "associate_public_ip_address = false", "private"),
        ("aws_instance", "associate_public_ip_address = var.given", "unknown"),
        ("aws_instance", "subnet_id = aws_subnet.public.id", "public"),
        ("aws_instance", "subnet_id = aws_subnet.plain.id", "private"),
        ("aws_instance", "subnet_id = aws_subnet.open.id", "unknown"),
        ("aws_instance", "subnet_id = aws_subnet.inner.id", "private"),
        ("aws_instance", "subnet_id = aws_subnet.inner.id\nassociate_public_ip_address = true", "private"),
        ("aws_instance", "subnet_id = var.given", "unknown"),
        ("aws_launch_template", "", "unknown"),
        ("aws_network_interface", "subnet_id = aws_subnet.public.id", "unknown"),
        ("aws_db_instance", "", "private"),
        ("aws_db_instance", "publicly_accessible = true", "public"),
        ("aws_rds_cluster", "", "unknown"),
        ("aws_redshift_cluster", "", "unknown"),
        ("aws_dax_cluster", "", "private"),
        ("aws_ec2_client_vpn_endpoint", "", "public"),
    ],
)
def test_terraform(type_: str, arguments: str, expected: str) -> None:
    groups = {"aws_db_instance": "vpc_security_group_ids", "aws_instance": "vpc_security_group_ids"}
    name = groups.get(type_, "security_groups" if type_ in ("aws_lb", "aws_elb", "aws_network_interface") else "")
    name = name or ("security_group_ids" if type_ in ("aws_dax_cluster", "aws_ec2_client_vpn_endpoint") else "")
    body = f'{name or "vpc_security_group_ids"} = ["sg-1"]\n{arguments}'
    estate = terraform(f'{NETWORK}\nresource "{type_}" "x" {{\n{body}\n}}')
    assert facing(estate) == {f"{type_}.x": expected}


@pytest.mark.parametrize(("value", "expected"), [("true", "public"), ("false", "private"), ("var.given", "unknown")])
def test_terraform_tasks(value: str, expected: str) -> None:
    estate = terraform(
        f"""{NETWORK}
        resource "aws_ecs_service" "x" {{
          network_configuration {{
            security_groups  = ["sg-1"]
            subnets          = [aws_subnet.public.id]
            assign_public_ip = {value}
          }}
        }}"""
    )
    assert facing(estate) == {"aws_ecs_service.x": expected}


def test_terraform_fixed_addresses() -> None:
    estate = terraform(
        """
        resource "aws_instance" "a" { vpc_security_group_ids = ["sg-1"] }
        resource "aws_network_interface" "b" { security_groups = ["sg-1"] }
        resource "aws_network_interface" "c" { security_groups = ["sg-1"] }
        resource "aws_eip" "a" { instance = aws_instance.a.id }
        resource "aws_eip_association" "b" { network_interface_id = aws_network_interface.b.id }
        """
    )
    assert facing(estate) == {
        "aws_instance.a": "public", "aws_network_interface.b": "public", "aws_network_interface.c": "unknown"
    }  # fmt: skip


def test_a_route_of_an_unknown_table_or_to_an_unknown_gateway_settles_nothing() -> None:
    for route in (
        'route_table_id = var.given\ngateway_id = "igw-1"\ndestination_cidr_block = "0.0.0.0/0"',
        'route_table_id = aws_route_table.inner.id\ngateway_id = var.given\ndestination_cidr_block = "0.0.0.0/0"',
        "route_table_id = aws_route_table.inner.id\ngateway_id = data.aws_internet_gateway.x.id\n"
        'destination_cidr_block = "0.0.0.0/0"\n}\ndata "aws_internet_gateway" "x" {',
    ):
        estate = terraform(
            f"""{NETWORK}
            resource "aws_route" "unsure" {{
            {route}
            }}
            resource "aws_instance" "x" {{
              vpc_security_group_ids = ["sg-1"]
              subnet_id              = aws_subnet.inner.id
            }}"""
        )
        assert facing(estate) == {"aws_instance.x": "public"}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [sg-1]}", "public"),
        (
            "AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [sg-1], Scheme: internal}",
            "private",
        ),
        (
            "AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [sg-1], Scheme: !Ref Given}",
            "unknown",
        ),
        ("AWS::RDS::DBInstance, Properties: {VPCSecurityGroups: [sg-1]}", "unknown"),
        ("AWS::RDS::DBInstance, Properties: {VPCSecurityGroups: [sg-1], PubliclyAccessible: 'true'}", "public"),
        ("AWS::EC2::Instance, Properties: {SecurityGroupIds: [sg-1], SubnetId: !Ref Public}", "public"),
        ("AWS::EC2::Instance, Properties: {SecurityGroupIds: [sg-1], SubnetId: !Ref Plain}", "private"),
        ("AWS::EC2::Instance, Properties: {SecurityGroupIds: [sg-1], SubnetId: !Ref Given}", "unknown"),
    ],
)
def test_cloudformation(resource: str, expected: str) -> None:
    estate = cloudformation(
        """
Parameters: {Given: {Type: String}}
Resources:
  Public: {Type: AWS::EC2::Subnet, Properties: {MapPublicIpOnLaunch: true}}
  Plain: {Type: AWS::EC2::Subnet, Properties: {}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Table: {Type: AWS::EC2::RouteTable, Properties: {}}
  Route:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, GatewayId: !Ref Gateway, DestinationCidrBlock: 0.0.0.0/0}
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Public, RouteTableId: !Ref Table}
  X: {Type: """
        + resource
        + "}\n"
    )
    assert facing(estate) == {"X": expected}


CLUSTER = """
resource "aws_rds_cluster" "c" { vpc_security_group_ids = ["sg-1"] }
resource "aws_rds_cluster_instance" "a" { cluster_identifier = aws_rds_cluster.c.id }
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CLUSTER, "private"),
        (CLUSTER.replace("c.id", "c.id\npublicly_accessible = true"), "public"),
        (CLUSTER.replace("c.id", "c.id\npublicly_accessible = var.given"), "unknown"),
        (CLUSTER.replace("aws_rds_cluster.c.id", '"other"'), "unknown"),
        (CLUSTER.replace("rds", "neptune"), "private"),
    ],
)
def test_a_cluster_faces_what_its_members_do(text: str, expected: str) -> None:
    assert set(facing(terraform(f'{text}\nvariable "given" {{}}')).values()) == {expected}


@pytest.mark.parametrize(("subnet", "expected"), [("inner", "private"), ("public", "public"), ("plain", "public")])
def test_subnet_groups_stand_for_their_subnets(subnet: str, expected: str) -> None:
    estate = terraform(
        f"""{NETWORK}
        resource "aws_db_subnet_group" "g" {{ subnet_ids = [aws_subnet.{subnet}.id] }}
        resource "aws_db_instance" "x" {{
          vpc_security_group_ids = ["sg-1"]
          publicly_accessible    = true
          db_subnet_group_name   = aws_db_subnet_group.g.name
        }}"""
    )
    assert facing(estate) == {"aws_db_instance.x": expected}
    assert estate.attachments[0].subnets == (f"aws_subnet.{subnet}",)


def test_members_and_subnet_groups_in_templates() -> None:
    template = """
Resources:
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties: {VpcSecurityGroupIds: [sg-1], DBSubnetGroupName: !Ref Places}
  Member:
    Type: AWS::RDS::DBInstance
    Properties: {DBClusterIdentifier: !Ref Cluster, PubliclyAccessible: true}
  Places:
    Type: AWS::RDS::DBSubnetGroup
    Properties: {SubnetIds: [!Ref Subnet]}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {CidrBlock: 10.0.1.0/24}}
"""
    estate = cloudformation(template)
    assert facing(estate) == {"Cluster": "public"}
    assert estate.attachments[0].subnets == ("Subnet",)
    assert [str(subnet.addresses) for subnet in estate.subnets] == ["10.0.1.0/24"]


def test_addresses_of_subnets_that_are_certain() -> None:
    text = """
        resource "aws_subnet" "a" {
          cidr_block      = "10.0.1.0/24"
          ipv6_cidr_block = "2001:db8::/64"
        }
        resource "aws_subnet" "b" { cidr_block = var.given }
        resource "aws_subnet" "c" { cidr_block = "nonsense" }
        variable "given" {}
    """
    assert [(subnet.address, str(subnet.addresses)) for subnet in terraform(text).subnets] == [
        ("aws_subnet.a", "10.0.1.0/24, 2001:db8::/64")
    ]
