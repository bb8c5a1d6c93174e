"""Network ACLs come to the same entries whichever dialect and form they are written in."""

from __future__ import annotations

from tests.aws.estates import acl_lines, cloudformation, terraform


def test_terraform_inline_standalone_and_default() -> None:
    estate = terraform(
        """
        resource "aws_vpc" "main" {}
        resource "aws_subnet" "a" {}
        resource "aws_network_acl" "main" {
          subnet_ids = [aws_subnet.a.id]
          ingress {
            rule_no    = 200
            action     = "DENY"
            protocol   = "-1"
            cidr_block = "10.0.0.0/8"
            from_port  = 0
            to_port    = 0
          }
          egress = [{ rule_no = 1, action = "allow", protocol = "6", cidr_block = "", ipv6_cidr_block = "::/0",
                      from_port = 443, to_port = 443, icmp_type = 0, icmp_code = 0 }]
        }
        resource "aws_network_acl_rule" "one" {
          network_acl_id = aws_network_acl.main.id
          rule_number    = 100
          rule_action    = "allow"
          protocol       = "icmp"
          icmp_type      = 8
          icmp_code      = -1
          cidr_block     = "0.0.0.0/0"
        }
        resource "aws_default_network_acl" "default" { default_network_acl_id = aws_vpc.main.default_network_acl_id }
        resource "aws_network_acl_rule" "more" {
          network_acl_id = aws_vpc.main.default_network_acl_id
          rule_number    = 100
          egress         = true
          rule_action    = "allow"
          protocol       = "udp"
          from_port      = 53
          to_port        = 53
          cidr_block     = "0.0.0.0/0"
        }
        resource "aws_subnet" "b" {}
        resource "aws_network_acl_association" "b" {
          network_acl_id = aws_network_acl.main.id
          subnet_id      = aws_subnet.b.id
        }
        """
    )
    assert acl_lines(estate) == [
        "acl aws_network_acl.main subnets aws_subnet.a,aws_subnet.b",
        "entry aws_network_acl.main egress 1 allow tcp 443 to ::/0",
        "entry aws_network_acl.main ingress 100 allow icmp 8 from 0.0.0.0/0",
        "entry aws_network_acl.main ingress 200 deny all from 10.0.0.0/8",
        "acl aws_default_network_acl.default default",
        "entry aws_default_network_acl.default egress 100 allow udp 53 to 0.0.0.0/0",
    ]


def test_terraform_unknown_parts_and_foreign_acls() -> None:
    estate = terraform(
        """
        variable "x" {}
        resource "aws_network_acl_rule" "one" {
          network_acl_id  = var.x
          rule_number     = var.x
          rule_action     = var.x
          protocol        = var.x
          ipv6_cidr_block = var.x
        }
        """
    )
    unknown = 'unknown("var.x")'
    assert acl_lines(estate) == [
        "acl var.x referenced",
        f"entry var.x ingress {unknown} {unknown} {unknown} from {unknown} ipv6",
    ]


def test_terraform_conditions() -> None:
    estate = terraform(
        """
        variable "open" { type = bool }
        resource "aws_network_acl" "main" {
          dynamic "ingress" {
            for_each = var.open ? [1] : []
            content {
              rule_no    = 10
              action     = "allow"
              protocol   = "tcp"
              from_port  = 22
              to_port    = 22
              cidr_block = "0.0.0.0/0"
            }
          }
        }
        """
    )
    assert acl_lines(estate)[1:] == [
        "entry aws_network_acl.main ingress 10 allow tcp 22 from 0.0.0.0/0 when var.open is true"
    ]


def test_cloudformation() -> None:
    estate = cloudformation(
        """
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {}}
  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}
  Place:
    Type: AWS::EC2::SubnetNetworkAclAssociation
    Properties: {SubnetId: !Ref Subnet, NetworkAclId: !GetAtt Acl.Id}
  Web:
    Type: AWS::EC2::NetworkAclEntry
    Properties: {NetworkAclId: !Ref Acl, RuleNumber: "100", Egress: "false", RuleAction: allow, Protocol: "6",
      CidrBlock: 0.0.0.0/0, PortRange: {From: "80", To: 443}}
  Ping:
    Type: AWS::EC2::NetworkAclEntry
    Properties: {NetworkAclId: !Ref Acl, RuleNumber: 90, Egress: true, RuleAction: deny, Protocol: 1,
      CidrBlock: 0.0.0.0/0, Icmp: {Type: -1, Code: -1}}
  OfDefault:
    Type: AWS::EC2::NetworkAclEntry
    Properties: {NetworkAclId: !GetAtt Vpc.DefaultNetworkAcl, RuleNumber: 90, RuleAction: deny, Protocol: -1,
      Ipv6CidrBlock: '::/0'}
"""
    )
    assert acl_lines(estate) == [
        "acl Acl subnets Subnet",
        "entry Acl egress 90 deny icmp to 0.0.0.0/0",
        "entry Acl ingress 100 allow tcp 80-443 from 0.0.0.0/0",
        "acl Vpc.DefaultNetworkAcl default referenced",
        "entry Vpc.DefaultNetworkAcl ingress 90 deny all from ::/0",
    ]


def test_subnets_and_where_they_route_to() -> None:
    estate = cloudformation(
        """
Resources:
  Gateway: {Type: AWS::EC2::InternetGateway}
  Outer: {Type: AWS::EC2::RouteTable, Properties: {}}
  Inner: {Type: AWS::EC2::RouteTable, Properties: {}}
  Route:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Outer, GatewayId: !Ref Gateway, DestinationCidrBlock: 0.0.0.0/0}
  A: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: subnet-a, RouteTableId: !Ref Outer}}
  B: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: subnet-b, RouteTableId: !Ref Inner}}
  Public: {Type: AWS::EC2::NetworkAcl, Properties: {}}
  Private: {Type: AWS::EC2::NetworkAcl, Properties: {}}
  Mixed: {Type: AWS::EC2::NetworkAcl, Properties: {}}
  P: {Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {SubnetId: subnet-a, NetworkAclId: !Ref Public}}
  Q: {Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {SubnetId: subnet-b, NetworkAclId: !Ref Private}}
  R: {Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {SubnetId: subnet-b, NetworkAclId: !Ref Mixed}}
  S: {Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {SubnetId: subnet-c, NetworkAclId: !Ref Mixed}}
"""
    )
    assert acl_lines(estate) == [
        "acl Public subnets subnet-a facing public",
        "acl Private subnets subnet-b facing private",
        "acl Mixed subnets subnet-b,subnet-c",
    ]
