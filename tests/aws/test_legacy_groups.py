"""The group kinds of RDS, ElastiCache and Redshift from before VPCs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sglint.cli import main

TEMPLATE = """\
Resources:
  Db:
    Type: AWS::RDS::DBSecurityGroup
    Properties:
      GroupDescription: Orders database
      DBSecurityGroupIngress:
        - CIDRIP: 0.0.0.0/0
        - {EC2SecurityGroupId: sg-1, EC2SecurityGroupOwnerId: "123456789012"}
  Office:
    Type: AWS::RDS::DBSecurityGroupIngress
    Properties: {DBSecurityGroupName: !Ref Db, CIDRIP: 10.0.0.0/8}
  Cache:
    Type: AWS::ElastiCache::SecurityGroup
    Properties: {Description: Sessions}
  CacheIn:
    Type: AWS::ElastiCache::SecurityGroupIngress
    Properties: {CacheSecurityGroupName: !Ref Cache, EC2SecurityGroupName: web}
  ClusterIn:
    Type: AWS::Redshift::ClusterSecurityGroupIngress
    Properties: {ClusterSecurityGroupName: warehouse, CIDRIP: 10.1.0.0/16}
"""
RULES = """\
group Db description "Orders database"
Db ingress tcp {port Db} from 0.0.0.0/0 {none Db}
Db ingress tcp {port Db} from group sg-1 of account 123456789012 {none Db}
Db ingress tcp {port Office} from 10.0.0.0/8 {none Office} standalone
group Cache description "Sessions"
Cache ingress tcp {port CacheIn} from group web {none CacheIn} standalone
group warehouse referenced
warehouse ingress tcp {port ClusterIn} from 10.1.0.0/16 {none ClusterIn} standalone
"""
KINDS = {
    "Db": "AWS::RDS::DBSecurityGroup",
    "Office": "AWS::RDS::DBSecurityGroupIngress",
    "CacheIn": "AWS::ElastiCache::SecurityGroupIngress",
    "ClusterIn": "AWS::Redshift::ClusterSecurityGroupIngress",
}


def test_rules_have_the_port_of_what_carries_the_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "template.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    assert main(["dump", str(path)]) == 0
    expected = RULES
    for name, kind in KINDS.items():
        expected = expected.replace(f"{{port {name}}}", f'unknown("port" blocked by "the port of what carries {name}")')
        expected = expected.replace(f"{{none {name}}}", f'description unknown("description" blocked by "{kind}")')
    shown = [line.partition("  # ")[0] for line in capsys.readouterr().out.splitlines()]
    assert shown == expected.splitlines()
