"""A repository of one module for security groups, with a module for each service on top of it, wrappers and examples.

550 files and 46,000 lines with 140 module calls: the mix of the module for security groups that is used most, where
rules are chosen by name from a table, counted, and made from maps by `dynamic` blocks and `for` expressions.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks.writing import VERSIONS, call, output, variable, write

_SERVICES = 57
_EXAMPLES = 9
_CALLS_OF_AN_EXAMPLE = 3
_PEERS = ("self", "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "source_security_group_id")
_PORTS = (22, 25, 53, 80, 389, 443, 636, 1433, 2049, 3306, 3389, 5432, 5672, 6379, 8080, 8443, 9092, 9200, 11211, 27017)


def write_module_tree(top: Path, seed: int = 0) -> None:
    """Write the repository. The same seed gives the same bytes."""
    random = Random(seed)
    services = [f"service-{number:02}" for number in range(_SERVICES)]
    names = [f"{service}-{kind}" for service in services for kind in ("tcp", "udp", "admin", "metrics")]
    _root(top, names, random)
    for service in services:
        _service(top / "modules" / service, service, random)
        _wrapper(top / "wrappers" / service, service)
    _wrapper(top / "wrappers" / "root", None)
    for number in range(_EXAMPLES):
        _example(top / "examples" / f"example-{number}", random.sample(services, _CALLS_OF_AN_EXAMPLE - 1), random)


def _root(top: Path, names: list[str], random: Random) -> None:
    write(top, "versions.tf", VERSIONS)
    write(top, "outputs.tf", _outputs("local.group_id"))
    write(top, "variables.tf", _variables(is_root=True))
    rows = (f'    {name} = [{port}, {port}, "tcp", "{name}"]' for name in names if (port := random.choice(_PORTS)))
    table = "\n".join((*rows, '    all-all = [-1, -1, "-1", "All protocols"]', '    _ = ["", "", ""]', ""))
    write(
        top,
        "rules.tf",
        'variable "rules" {\n  description = "Known rules: first port, last port, protocol, description"\n'
        f"  type        = map(list(any))\n\n  default = {{\n{table}  }}\n}}\n",
    )
    blocks = [_ROOT_GROUPS]
    for direction in ("ingress", "egress"):
        for computed in ("", "computed_"):
            blocks.append(_named_rules(direction, computed))
            blocks += (_mapped_rules(direction, computed, peer) for peer in _PEERS)
    write(top, "main.tf", "\n".join(blocks))


_ROOT_GROUPS = """\
locals {
  is_created = var.create && var.is_enabled
  created    = concat(aws_security_group.this.*.id, aws_security_group.prefixed.*.id, [""])[0]
  group_id   = var.create_group ? local.created : var.group_id
  inline     = { for name, rule in var.inline_rules : name => rule if try(rule.enabled, true) }
}

resource "aws_security_group" "this" {
  count = local.is_created && var.create_group && !var.use_name_prefix ? 1 : 0

  name        = var.name
  description = var.description
  vpc_id      = var.vpc_id

  dynamic "ingress" {
    for_each = local.inline

    content {
      description = lookup(ingress.value, "description", ingress.key)
      from_port   = ingress.value.from_port
      to_port     = lookup(ingress.value, "to_port", ingress.value.from_port)
      protocol    = lookup(ingress.value, "protocol", "tcp")
      cidr_blocks = [for cidr in split(",", ingress.value.cidr_blocks) : trimspace(cidr)]
    }
  }

  tags = merge({ "Name" = format("%s", var.name) }, var.tags)

  timeouts {
    create = var.create_timeout
    delete = var.delete_timeout
  }
}

resource "aws_security_group" "prefixed" {
  count = local.is_created && var.create_group && var.use_name_prefix ? 1 : 0

  name_prefix = "${var.name}-"
  description = var.description
  vpc_id      = var.vpc_id
  tags        = merge({ "Name" = format("%s", var.name) }, var.tags)

  lifecycle {
    create_before_destroy = true
  }
}
"""


def _count(direction: str, computed: str, what: str) -> str:
    return f"var.number_of_computed_{direction}_{what}" if computed else f"length(var.{direction}_{what})"


def _named_rules(direction: str, computed: str) -> str:
    chosen = f"var.rules[var.{computed}{direction}_rules[count.index]]"
    return f"""\
# Rules by name, {direction}.
resource "aws_security_group_rule" "{computed}{direction}_rules" {{
  count = local.is_created ? {_count(direction, computed, "rules")} : 0

  security_group_id = local.group_id
  type              = "{direction}"

  cidr_blocks      = var.{direction}_cidr_blocks
  ipv6_cidr_blocks = var.{direction}_ipv6_cidr_blocks
  prefix_list_ids  = var.{direction}_prefix_list_ids
  description      = {chosen}[3]

  from_port = {chosen}[0]
  to_port   = {chosen}[1]
  protocol  = {chosen}[2]
}}
"""


def _mapped_rules(direction: str, computed: str, peer: str) -> str:
    name = f"{computed}{direction}_with_{peer}"
    item = f"var.{name}[count.index]"
    value = f'lookup({item}, "self", true)' if peer == "self" else f'{item}["{peer}"]'
    if peer in ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"):
        value = f'compact(split(",", lookup({item}, "{peer}", join(",", var.{direction}_{peer}))))'
    numbers = "\n".join(
        f"""\
  {argument} = lookup(
    {item},
    "{argument}",
    var.rules[lookup({item}, "rule", "_")][{index}],
  )"""
        for index, argument in enumerate(("from_port", "to_port", "protocol"))
    )
    return f"""\
# Rules from maps, {direction}, by {peer}.
resource "aws_security_group_rule" "{name}" {{
  count = local.is_created ? {_count(direction, computed, f"with_{peer}")} : 0

  security_group_id = local.group_id
  type              = "{direction}"

  {peer} = {value}
  description = lookup(
    {item},
    "description",
    "{direction.capitalize()} Rule",
  )

{numbers}
}}
"""


_GENERAL = (
    ("create", "bool", "true"),
    ("use_name_prefix", "bool", "true"),
    ("description", "string", '"Security group of the service"'),
    ("tags", "map(string)", "{}"),
)


def _arguments() -> list[tuple[str, str, str]]:
    """Name, type and default of what the root and the services have in common."""
    found = list(_GENERAL)
    for direction in ("ingress", "egress"):
        cidrs = "[]" if direction == "ingress" else '["0.0.0.0/0"]'
        found.append((f"{direction}_cidr_blocks", "list(string)", cidrs))
        found.append((f"{direction}_ipv6_cidr_blocks", "list(string)", "[]"))
        found.append((f"{direction}_prefix_list_ids", "list(string)", "[]"))
        for computed in ("", "computed_"):
            found.append((f"{computed}{direction}_rules", "list(string)", "[]"))
            found += ((f"{computed}{direction}_with_{peer}", "list(map(string))", "[]") for peer in _PEERS)
        found.append((f"number_of_computed_{direction}_rules", "number", "0"))
        found += ((f"number_of_computed_{direction}_with_{peer}", "number", "0") for peer in _PEERS)
    return found


def _variables(is_root: bool) -> str:
    blocks = [variable("vpc_id", "string", "null" if is_root else None, "The VPC to make the group in")]
    blocks.append(variable("name", "string", "null" if is_root else None, "The name of the group"))
    if is_root:
        blocks += (
            variable(name, type_, default, f"Setting {name} of the group")
            for name, type_, default in (
                ("create_group", "bool", "true"),
                ("is_enabled", "bool", "true"),
                ("group_id", "string", "null"),
                ("create_timeout", "string", '"10m"'),
                ("delete_timeout", "string", '"15m"'),
                ("inline_rules", "any", "{}"),
            )
        )
    blocks += (
        f"# {name.replace('_', ' ').capitalize()}\n" + variable(name, type_, default, f"Setting {name} of the group")
        for name, type_, default in _arguments()
    )
    return "\n".join(blocks)


def _outputs(value: str) -> str:
    names = ("id", "arn", "owner_id", "name", "description", "vpc_id")
    return "\n".join(output(f"security_group_{name}", value, f"The {name} of the group") for name in names)


def _service(directory: Path, service: str, random: Random) -> None:
    passed = []
    for name, _, _ in _arguments():
        value = f"var.{name}"
        if name.endswith("_rules") and not name.startswith("number"):
            value = f'sort(compact(distinct(concat(var.auto_{name}, var.{name}, [""]))))'
        elif name.endswith("_with_self") and not name.startswith("number"):
            value = f"concat(var.auto_{name}, var.{name})"
        elif name.startswith("number") and name.endswith(("_rules", "_self")):
            value = f"var.auto_{name} + var.{name}"
        passed.append((name, value))
    arguments = (("name", "var.name"), ("vpc_id", "var.vpc_id"), *passed)
    write(directory, "main.tf", call("group", "../../", arguments, is_explained=True))
    write(directory, "variables.tf", _variables(is_root=False))
    write(directory, "outputs.tf", _outputs("module.group.security_group_id"))
    write(directory, "versions.tf", VERSIONS)
    chosen = random.sample(["tcp", "udp", "admin", "metrics"], k=random.randint(1, 3))
    values = {
        "auto_ingress_rules": "[" + ", ".join(f'"{service}-{kind}"' for kind in chosen) + "]",
        "auto_ingress_with_self": '[{ "rule" = "all-all" }]',
        "auto_egress_rules": '["all-all"]',
    }
    blocks = ["# What this service needs by itself.\n"]
    for name, type_, default in _arguments():
        if name.endswith(("_rules", "_with_self")):
            auto = f"auto_{name}"
            blocks.append(variable(auto, type_, values.get(auto, default), f"Setting {name}, added by itself"))
    write(directory, "auto_values.tf", "\n".join(blocks))


def _wrapper(directory: Path, service: str | None) -> None:
    source = "../../" if service is None else f"../../modules/{service}"
    arguments = [("for_each", "var.items")]
    for name, default in (
        ("name", '""'),
        ("vpc_id", "null"),
        *((name, default) for name, _, default in _arguments()),
    ):
        arguments.append((name, f"try(each.value.{name}, var.defaults.{name}, {default})"))
    write(directory, "main.tf", call("wrapper", source, arguments))
    write(
        directory,
        "variables.tf",
        "\n".join(variable(name, "any", "{}", f"The {name} of the wrapper") for name in ("defaults", "items")),
    )
    write(directory, "outputs.tf", output("wrapper", "module.wrapper", "What the calls give"))
    write(directory, "versions.tf", VERSIONS)


def _example(directory: Path, services: list[str], random: Random) -> None:
    blocks = [
        'provider "aws" {\n  region = "eu-west-1"\n}\n',
        'data "aws_vpc" "default" {\n  default = true\n}\n',
    ]
    for service in services:
        peers = random.choice(('["0.0.0.0/0"]', '["10.10.0.0/16"]', '["10.20.3.0/24", "10.20.4.0/24"]'))
        blocks.append(
            call(
                service.replace("-", "_"),
                f"../../modules/{service}",
                (
                    ("name", f'"{service}"'),
                    ("vpc_id", "data.aws_vpc.default.id"),
                    ("ingress_cidr_blocks", peers),
                    ("tags", '{ Owner = "platform", Environment = "staging" }'),
                ),
            )
        )
    maps = ",\n".join(
        f'    {{ from_port = {port}, to_port = {port}, protocol = "tcp", cidr_blocks = "10.{port % 200}.0.0/16" }}'
        for port in random.sample(_PORTS, 12)
    )
    blocks.append(
        call(
            "own",
            "../../",
            (
                ("name", '"own"'),
                ("vpc_id", "data.aws_vpc.default.id"),
                ("ingress_with_cidr_blocks", f"[\n{maps},\n  ]"),
                ("inline_rules", '{ ssh = { from_port = 22, cidr_blocks = "10.0.0.0/8, 192.168.0.0/16" } }'),
            ),
        )
    )
    write(directory, "main.tf", "\n".join(blocks))
    write(directory, "outputs.tf", _outputs("module.own.security_group_id"))
    write(directory, "versions.tf", VERSIONS)
