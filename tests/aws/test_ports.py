"""Rules that take their port from the data store that they are for."""

from __future__ import annotations

import pytest

from sglint.aws.ports import CLOUDFORMATION, TERRAFORM
from sglint.cloudformation.attributes import GIVEN_BY_PROPERTY
from sglint.model.rules import Estate
from sglint.notation.words import write_traffic
from tests.aws.estates import cloudformation, terraform


def ports(estate: Estate) -> list[str]:
    return [write_traffic(rule.traffic) for group in estate.groups for rule in group.rules]


def of_cloudformation(type_: str, properties: str, attribute: str) -> list[str]:
    estate = cloudformation(
        f"""
Parameters: {{Name: {{Type: String}}}}
Resources:
  Db: {{Type: "{type_}", Properties: {{{properties}}}}}
  G:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      {{IpProtocol: tcp, FromPort: !GetAtt Db.{attribute}, ToPort: !GetAtt Db.{attribute}, CidrIp: 10.0.0.0/28}}
"""
    )
    return ports(estate)


@pytest.mark.parametrize(
    ("type_", "properties", "attribute", "expected"),
    [
        ("AWS::RDS::DBInstance", "Engine: postgres", "Endpoint.Port", "5432"),
        ("AWS::RDS::DBInstance", "Engine: oracle-se2-cdb", "Endpoint.Port", "1521"),
        ("AWS::RDS::DBInstance", "Engine: sqlserver-ex", "Endpoint.Port", "1433"),
        ("AWS::RDS::DBInstance", "Engine: postgres, Port: 6000", "Endpoint.Port", "6000"),
        ("AWS::RDS::DBInstance", "Engine: postgres, Port: !Ref Name", "Endpoint.Port", ""),
        ("AWS::RDS::DBInstance", "Engine: custom-oracle-ee", "Endpoint.Port", ""),
        ("AWS::RDS::DBInstance", "Engine: !Ref Name", "Endpoint.Port", ""),
        ("AWS::RDS::DBInstance", "Engine: postgres, DBSnapshotIdentifier: a", "Endpoint.Port", ""),
        ("AWS::RDS::DBInstance", "Engine: aurora-mysql, DBClusterIdentifier: a", "Endpoint.Port", ""),
        ("AWS::RDS::DBCluster", "Engine: aurora-mysql", "Endpoint.Port", "3306"),
        ("AWS::RDS::DBCluster", "Engine: aurora-postgresql", "Endpoint.Port", ""),
        ("AWS::RDS::DBCluster", "Engine: aurora-postgresql, Port: 5432", "Endpoint.Port", "5432"),
        ("AWS::RDS::DBCluster", "", "Endpoint.Port", ""),
        ("AWS::ElastiCache::CacheCluster", "Engine: memcached", "ConfigurationEndpoint.Port", "11211"),
        ("AWS::ElastiCache::ReplicationGroup", "", "PrimaryEndPoint.Port", "6379"),
        ("AWS::Neptune::DBCluster", "", "Port", "8182"),
        ("AWS::Neptune::DBCluster", "DBPort: 9000", "Port", "9000"),
        ("AWS::DocDB::DBCluster", "", "Port", "27017"),
        ("AWS::Redshift::Cluster", "", "Endpoint.Port", "5439"),
        ("AWS::Redshift::Cluster", "", "Endpoint.Address", ""),
    ],
)
def test_cloudformation(type_: str, properties: str, attribute: str, expected: str) -> None:
    assert of_cloudformation(type_, properties, attribute) == [
        f"tcp {expected}" if expected else f'tcp unknown("Db.{attribute}")'
    ]


@pytest.mark.parametrize(
    ("type_", "arguments", "expected"),
    [
        ("aws_db_instance", 'engine = "mariadb"', "tcp 3306"),
        ("aws_db_instance", 'engine = "mariadb"\n port = 6000', "tcp 6000"),
        ("aws_db_instance", 'engine = "mariadb"\n port = null', "tcp 3306"),
        ("aws_db_instance", 'engine = "mariadb"\n snapshot_identifier = "a"', 'tcp unknown("T.x.port")'),
        ("aws_db_instance", "", 'tcp unknown("T.x.port")'),
        ("aws_rds_cluster", 'engine = "aurora-postgresql"', "tcp 5432"),
        ("aws_elasticache_cluster", 'engine = "redis"', "tcp 6379"),
        ("aws_elasticache_cluster", 'replication_group_id = "a"', 'tcp unknown("T.x.port")'),
        ("aws_redshift_cluster", "", "tcp 5439"),
    ],
)
def test_terraform(type_: str, arguments: str, expected: str) -> None:
    estate = terraform(
        f"""
resource "{type_}" "x" {{
  {arguments}
}}
resource "aws_vpc_security_group_ingress_rule" "r" {{
  security_group_id = "sg-1"
  ip_protocol       = "tcp"
  from_port         = {type_}.x.port
  to_port           = {type_}.x.port
  cidr_ipv4         = "10.0.0.0/28"
}}
"""
    )
    assert ports(estate) == [expected.replace("T.", f"{type_}.")]


def test_the_default_is_part_of_the_evidence() -> None:
    estate = cloudformation(
        """
Resources:
  Db: {Type: AWS::Redshift::Cluster}
  G:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      {IpProtocol: tcp, FromPort: !GetAtt Db.Endpoint.Port, ToPort: !GetAtt Db.Endpoint.Port, CidrIp: 10.0.0.0/8}
"""
    )
    (rule,) = estate.groups[0].rules
    assert [(step.text, step.location.line) for step in rule.evidence] == [("Db listens on 5439 by default", 3)]


def test_what_a_template_sets_is_read_wherever_a_default_is() -> None:
    """Else a default would stand in for a port that is written."""
    attributes = {(type_, each): row.own for type_, row in CLOUDFORMATION.items() for each in row.attributes}
    assert {key: GIVEN_BY_PROPERTY.get(key) for key in attributes} == attributes
    assert {row.own for row in TERRAFORM.values()} == {"port"}
