"""The ports of data stores that leave them to AWS, so that rules which take them from there can be judged.

Sources: the template reference and the API references of each service (`Port` of CreateDBInstance, CreateDBCluster,
CreateCluster …), the user guides of ElastiCache, MemoryDB and DocumentDB, the argument reference of Terraform's AWS
provider. On the port of a cluster of Aurora PostgreSQL the template reference and the API reference contradict each
other, so in CloudFormation it is not known. What is restored or copied takes the port of what it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sglint.aws.arguments import is_written
from sglint.aws.resources import Resource
from sglint.model.location import Step
from sglint.model.record import frozen
from sglint.model.values import Reference, Value

_MYSQL, _POSTGRESQL, _REDIS, _REDSHIFT, _NEPTUNE, _DOCUMENTDB = 3306, 5432, 6379, 5439, 8182, 27017
_INSTANCES = {
    "db2": 50000,
    "mariadb": _MYSQL,
    "mysql": _MYSQL,
    "oracle": 1521,
    "postgres": _POSTGRESQL,
    "sqlserver": 1433,
}
_AURORA_MYSQL = {"aurora": _MYSQL, "aurora-mysql": _MYSQL, "mysql": _MYSQL}
_CACHES = {"memcached": 11211, "redis": _REDIS, "valkey": _REDIS}


@frozen
class Listening:
    """How resources of a type say on which port they listen: `attributes` give it, and `own` sets it.

    `default` holds where nothing is set; by engine it is that of `engine`, whose editions follow a hyphen
    (`oracle-ee`) if `has_editions`. What any of `origins` names may bring another one.
    """

    attributes: tuple[str, ...]
    own: str
    default: int | Mapping[str, int]
    origins: tuple[str, ...] = ()
    engine: str = ""
    has_editions: bool = False

    @property
    def paths(self) -> str:
        """The arguments that matter."""
        return " ".join(path for path in (self.own, self.engine, *self.origins) if path)

    def of(self, resource: Resource) -> int | None:
        """The port of a resource that does not set it, None where it is not known."""
        if any(is_written(resource.arguments, path) for path in (self.own, *self.origins)):
            return None
        if isinstance(self.default, int):
            return self.default
        written = resource.arguments.get(self.engine)
        engine = written.data if written is not None and isinstance(written.data, str) else ""
        return self.default.get(engine.partition("-")[0] if self.has_editions else engine)


CLOUDFORMATION: Mapping[str, Listening] = {
    "AWS::RDS::DBInstance": Listening(
        ("Endpoint.Port",),
        "Port",
        _INSTANCES,
        (
            "DBClusterIdentifier",
            "DBClusterSnapshotIdentifier",
            "DBSnapshotIdentifier",
            "SourceDBClusterIdentifier",
            "SourceDBInstanceAutomatedBackupsArn",
            "SourceDBInstanceIdentifier",
            "SourceDbiResourceId",
        ),
        "Engine",
        has_editions=True,
    ),
    "AWS::RDS::DBCluster": Listening(
        ("Endpoint.Port",),
        "Port",
        _AURORA_MYSQL,
        ("ReplicationSourceIdentifier", "SnapshotIdentifier", "SourceDBClusterIdentifier", "SourceDbClusterResourceId"),
        "Engine",
    ),
    "AWS::DocDB::DBCluster": Listening(
        ("Port",), "Port", _DOCUMENTDB, ("SnapshotIdentifier", "SourceDBClusterIdentifier")
    ),
    "AWS::Neptune::DBCluster": Listening(
        ("Port",), "DBPort", _NEPTUNE, ("Port", "SnapshotIdentifier", "SourceDBClusterIdentifier")
    ),
    "AWS::Redshift::Cluster": Listening(("Endpoint.Port",), "Port", _REDSHIFT, ("SnapshotIdentifier",)),
    "AWS::RedshiftServerless::Workgroup": Listening(("Workgroup.Endpoint.Port",), "Port", _REDSHIFT),
    "AWS::ElastiCache::CacheCluster": Listening(
        ("ConfigurationEndpoint.Port", "RedisEndpoint.Port"), "Port", _CACHES, engine="Engine"
    ),
    "AWS::ElastiCache::ReplicationGroup": Listening(
        ("ConfigurationEndPoint.Port", "PrimaryEndPoint.Port", "ReaderEndPoint.Port"),
        "Port",
        _REDIS,
        ("GlobalReplicationGroupId",),
    ),
    "AWS::MemoryDB::Cluster": Listening(("ClusterEndpoint.Port",), "Port", _REDIS),
}

TERRAFORM: Mapping[str, Listening] = {
    "aws_db_instance": Listening(
        ("port",),
        "port",
        _INSTANCES,
        ("replicate_source_db", "restore_to_point_in_time", "snapshot_identifier"),
        "engine",
        has_editions=True,
    ),
    "aws_rds_cluster": Listening(
        ("port",),
        "port",
        {**_AURORA_MYSQL, "aurora-postgresql": _POSTGRESQL, "postgres": _POSTGRESQL},
        ("replication_source_identifier", "restore_to_point_in_time", "snapshot_identifier"),
        "engine",
    ),
    "aws_docdb_cluster": Listening(("port",), "port", _DOCUMENTDB),
    "aws_neptune_cluster": Listening(("port",), "port", _NEPTUNE),
    "aws_redshift_cluster": Listening(("port",), "port", _REDSHIFT),
    "aws_elasticache_cluster": Listening(("port",), "port", _CACHES, ("replication_group_id",), "engine"),
    "aws_memorydb_cluster": Listening(("port",), "port", _REDIS),
}


def default_ports(resources: Iterable[Resource], table: Mapping[str, Listening]) -> dict[Reference, Value]:
    """The ports that AWS chooses, by the attributes that give them."""
    found: dict[Reference, Value] = {}
    for resource in resources:
        row = table.get(resource.type)
        port = row.of(resource) if row is not None else None
        if row is not None and port is not None:
            value = Value(
                port, resource.location, (Step(f"{resource.address} listens on {port} by default", resource.location),)
            )
            found.update((Reference(resource.address, attribute), value) for attribute in row.attributes)
    return found
