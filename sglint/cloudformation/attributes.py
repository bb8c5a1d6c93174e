"""Attributes of resources whose values the template itself gives: those that repeat a property.

Source: the return values of each resource type in the CloudFormation template reference.
"""

from __future__ import annotations

GIVEN_BY_PROPERTY: dict[tuple[str, str], str] = {
    ("AWS::DocDB::DBCluster", "Port"): "Port",
    ("AWS::EC2::Instance", "AvailabilityZone"): "AvailabilityZone",
    ("AWS::EC2::Instance", "PrivateIp"): "PrivateIpAddress",
    ("AWS::EC2::NetworkInterface", "PrimaryPrivateIpAddress"): "PrivateIpAddress",
    ("AWS::EC2::SecurityGroup", "VpcId"): "VpcId",
    ("AWS::EC2::Subnet", "AvailabilityZone"): "AvailabilityZone",
    ("AWS::EC2::Subnet", "CidrBlock"): "CidrBlock",
    ("AWS::EC2::Subnet", "VpcId"): "VpcId",
    ("AWS::EC2::VPC", "CidrBlock"): "CidrBlock",
    ("AWS::ElastiCache::CacheCluster", "ConfigurationEndpoint.Port"): "Port",
    ("AWS::ElastiCache::CacheCluster", "RedisEndpoint.Port"): "Port",
    ("AWS::ElastiCache::ReplicationGroup", "ConfigurationEndPoint.Port"): "Port",
    ("AWS::ElastiCache::ReplicationGroup", "PrimaryEndPoint.Port"): "Port",
    ("AWS::ElastiCache::ReplicationGroup", "ReaderEndPoint.Port"): "Port",
    ("AWS::MemoryDB::Cluster", "ClusterEndpoint.Port"): "Port",
    ("AWS::Neptune::DBCluster", "Port"): "DBPort",
    ("AWS::RDS::DBCluster", "Endpoint.Port"): "Port",
    ("AWS::RDS::DBInstance", "Endpoint.Port"): "Port",
    ("AWS::Redshift::Cluster", "Endpoint.Port"): "Port",
    ("AWS::RedshiftServerless::Workgroup", "Workgroup.Endpoint.Port"): "Port",
    ("AWS::SSM::Parameter", "Value"): "Value",
}
"""The property that an attribute of a resource type repeats."""
