"""CloudFormation templates in YAML: of ten one is a network that exports, three have groups, and the rest has none."""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks.writing import write

_SECTIONS = 20
"""How many resources that concern no group a template has."""


def write_template(directory: Path, name: str, random: Random) -> None:
    """One template of about 260 lines. Some import what the network of their team exports."""
    kind = int(name.rpartition("-")[2]) // 17 % 10
    team = directory.name.replace("-", "")
    if kind == 0:
        blocks, outputs = [_network(team)], _exported(team, name)
    elif kind < 4:
        blocks, outputs = [_group(random, team, number) for number in range(random.randint(1, 4))], ""
    else:
        blocks, outputs = [], ""
    if random.random() < 0.25:
        blocks.append(_role("Own", random))
    blocks += (random.choice(_UNRELATED)(f"Part{number}", random) for number in range(_SECTIONS))
    write(directory, f"{name}.yaml", _HEAD + "\n".join(blocks) + outputs)


_HEAD = """\
AWSTemplateFormatVersion: "2010-09-09"
Description: A stack of a team

Parameters:
  Environment:
    Type: String
    Default: staging
    AllowedValues: [staging, production]
  ClientCidr:
    Type: String
    Default: 10.20.0.0/24

Conditions:
  IsProduction: !Equals [!Ref Environment, production]

Resources:
"""


def _network(team: str) -> str:
    return f"""\
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.20.0.0/16
      Tags:
        - Key: Name
          Value: {team}
"""


def _exported(team: str, name: str) -> str:
    return f"""\

Outputs:
  Network:
    Value: !Ref Network
    Export:
      Name: {team}-{name}-vpc
"""


def _group(random: Random, team: str, number: int) -> str:
    port = random.choice((443, 443, 443, 8080, 5432, 22))
    peer = random.choice(("!Ref ClientCidr", "!Ref ClientCidr", "10.20.1.0/28", "0.0.0.0/0"))
    vpc = f"!ImportValue {team}-stack-0000-vpc" if number == 0 else "vpc-0a1b2c3d"
    return f"""\
  Group{number}:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: !Sub "What reaches part {number} in ${{Environment}}"
      VpcId: {vpc}
      SecurityGroupIngress:
        - Description: Clients
          IpProtocol: tcp
          FromPort: {port}
          ToPort: {port}
          CidrIp: {peer}
        - !If
          - IsProduction
          - Description: Partners
            IpProtocol: tcp
            FromPort: 443
            ToPort: 443
            CidrIp: 172.16.{random.randint(0, 255)}.0/24
          - !Ref AWS::NoValue
      SecurityGroupEgress:
        - Description: Anything over TLS
          IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 0.0.0.0/0
"""


def _role(name: str, random: Random) -> str:
    return f"""\
  # What may assume this role, and why it needs what it may do, is written down with the team's other decisions.
  {name}Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: states.amazonaws.com
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - !Sub arn:${{AWS::Partition}}:iam::aws:policy/service-role/Role{random.randint(1, 9)}
"""


def _table(name: str, random: Random) -> str:
    return f"""\
  # Kept when the stack is deleted in production: what it holds cannot be made again from anything else there is.
  {name}Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: !If [IsProduction, Retain, Delete]
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
      TimeToLiveSpecification:
        AttributeName: expires{random.randint(1, 9)}
        Enabled: true
"""


def _alarm(name: str, random: Random) -> str:
    return f"""\
  # Whoever is on call looks at the dashboard of the same name first, and then at what changed within the last hour.
  {name}Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: !Sub "{name} in ${{Environment}} is out of bounds"
      Namespace: Application
      MetricName: Errors
      Statistic: Sum
      Period: {random.choice((60, 300, 900))}
      EvaluationPeriods: {random.randint(1, 5)}
      Threshold: {random.randint(1, 95)}
      ComparisonOperator: GreaterThanThreshold
"""


_UNRELATED = (_table, _alarm)
