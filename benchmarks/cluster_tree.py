"""A module for a Kubernetes cluster, with modules for nodes, examples and tests: 87 files and 15,500 lines.

The mix of the module for EKS that is used most: rules of groups come from maps that are merged and filtered, modules
are called with `for_each`, and examples call the registry.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks.resources import role, unrelated
from benchmarks.writing import VERSIONS, call, output, variable, write

_MODULES = ("managed-nodes", "own-nodes", "fargate", "autoscaler", "hybrid", "identity", "user-data")
_EXAMPLES = tuple(f"examples/example-{number}" for number in range(7)) + tuple(
    f"tests/test-{number}" for number in range(6)
)


def write_cluster_tree(top: Path, seed: int = 0) -> None:
    """Write the repository. The same seed gives the same bytes."""
    random = Random(seed)
    _files(top, random, settings=130, parts=22)
    write(top, "groups.tf", _GROUPS)
    nodes = (
        call(
            name.replace("-", "_"),
            f"./modules/{name}",
            (("for_each", "var.node_groups"), ("name", "each.key"), ("setting_1", "each.value")),
        )
        for name in _MODULES[:3]
    )
    write(top, "nodes.tf", "\n".join(nodes))
    for name in _MODULES:
        _files(top / "modules" / name, random, settings=70, parts=14)
    for name in _EXAMPLES:
        _example(top / name, random)


def _files(directory: Path, random: Random, settings: int, parts: int) -> None:
    write(directory, "main.tf", _LOCALS + "\n".join((role("nodes", random), *_parts(random, parts))))
    general = ("name", "project", "environment", "vpc_id", "topic", "zone_id", "domain", "cluster_group_id")
    blocks = [variable(name, "string", "null", f"The {name} of the cluster") for name in general]
    blocks += (variable(name, "any", "{}", f"What {name} are") for name in ("node_groups", "rules", "hosts"))
    blocks.append(variable("resource_names", "list(string)", "[]", "What may be read"))
    blocks += (variable(f"setting_{n}", "any", "null", f"Setting {n} of the cluster") for n in range(settings))
    write(directory, "variables.tf", "\n".join(blocks))
    outputs = (output(f"part_{number}", f"var.setting_{number}", "What others need") for number in range(28))
    write(directory, "outputs.tf", "\n".join(outputs))
    write(directory, "versions.tf", VERSIONS)


def _parts(random: Random, count: int) -> list[str]:
    return [unrelated(f"part_{number}", random) for number in range(count)]


_LOCALS = "locals {\n  tags = { Project = var.project, Environment = var.environment }\n}\n\n"
_GROUPS = """\
locals {
  cluster_rules = { for name, rule in {
    nodes = { protocol = "tcp", from_port = 443, to_port = 443, type = "ingress", is_from_nodes = true }
    audit = { protocol = "tcp", from_port = 9443, to_port = 9443, type = "ingress", cidr_blocks = ["10.0.0.0/16"] }
  } : name => rule if var.name != "" }

  node_rules = {
    cluster = { protocol = "tcp", from_port = 443, to_port = 443, type = "ingress", is_from_cluster = true }
    kubelet = { protocol = "tcp", from_port = 10250, to_port = 10250, type = "ingress", is_from_cluster = true }
    dns     = { protocol = "udp", from_port = 53, to_port = 53, type = "ingress", self = true }
    out     = { protocol = "-1", from_port = 0, to_port = 0, type = "egress", cidr_blocks = ["0.0.0.0/0"] }
  }
}

resource "aws_security_group" "cluster" {
  count = var.cluster_group_id == null ? 1 : 0

  name_prefix = "${coalesce(var.name, "main")}-cluster-"
  description = "The control plane"
  vpc_id      = var.vpc_id
  tags        = merge(local.tags, { Name = "cluster" })
}

resource "aws_security_group_rule" "cluster" {
  for_each = { for name, rule in merge(local.cluster_rules, var.rules) : name => rule }

  security_group_id        = aws_security_group.cluster[0].id
  description              = try(each.value.description, each.key)
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = lookup(each.value, "cidr_blocks", null)
  source_security_group_id = try(each.value.is_from_nodes, false) ? aws_security_group.node[0].id : null
}

resource "aws_security_group" "node" {
  count = 1

  name_prefix = "${coalesce(var.name, "main")}-node-"
  description = "The nodes"
  vpc_id      = var.vpc_id
  tags        = merge(local.tags, { Name = "node" })
}

resource "aws_security_group_rule" "node" {
  for_each = local.node_rules

  security_group_id        = aws_security_group.node[0].id
  description              = try(each.value.description, each.key)
  type                     = each.value.type
  protocol                 = each.value.protocol
  from_port                = each.value.from_port
  to_port                  = each.value.to_port
  cidr_blocks              = lookup(each.value, "cidr_blocks", null)
  self                     = lookup(each.value, "self", null)
  source_security_group_id = try(each.value.is_from_cluster, false) ? aws_security_group.cluster[0].id : null
}
"""


def _example(directory: Path, random: Random) -> None:
    network = (
        ("name", '"network"'),
        ("cidr", '"10.0.0.0/16"'),
        (
            "private_subnets",
            '[for k, v in slice(data.aws_availability_zones.this.names, 0, 3) : cidrsubnet("10.0.0.0/16", 4, k)]',
        ),
    )
    cluster = (
        ("name", '"cluster"'),
        ("vpc_id", "module.network.vpc_id"),
        ("node_groups", "{ one = { size = 3 }, two = { size = 1 } }"),
        (
            "rules",
            '{ office = { type = "ingress", protocol = "tcp", from_port = 443, to_port = 443, '
            'cidr_blocks = ["192.0.2.0/24"] } }',
        ),
    )
    write(
        directory,
        "main.tf",
        'data "aws_availability_zones" "this" {}\n\n'
        + call("network", "terraform-aws-modules/vpc/aws", network)
        + "\n"
        + call("cluster", "../..", cluster)
        + _LOCALS
        + "\n".join(_parts(random, 6)),
    )
    blocks = (output(f"part_{number}", f"module.cluster.part_{number}", "What others need") for number in range(28))
    write(directory, "outputs.tf", "\n".join(blocks))
    variables = ("project", "environment", "topic", "zone_id", "domain", "resource_names", "hosts")
    write(directory, "variables.tf", "\n".join(variable(name, "any", "null", "A setting") for name in variables))
    write(directory, "versions.tf", VERSIONS)
