"""A monorepo of many projects: Terraform modules, most of which concern no security group, and templates.

At its full size 13,000 files with 1.1 million lines of Terraform (38 MB) and 1,500 templates with 400,000 lines of
YAML (14 MB). A directory has four or five files. Of twelve two have groups, two call modules that do and others, and
one in four has a role.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks.resources import carrier, group, role, unrelated
from benchmarks.templates import write_template
from benchmarks.writing import VERSIONS, call, output, variable, write

FILES = 13_000
TEMPLATES = 1_500
_FILES_OF_A_PROJECT = 58

_VARIABLES = (
    ("project", "string", '"project"'),
    ("environment", "string", '"staging"'),
    ("vpc_id", "string", '"vpc-0a1b2c3d"'),
    ("subnet_ids", "list(string)", '["subnet-0a1b2c3d"]'),
    ("subnet_group", "string", '"private"'),
    ("client_cidrs", "list(string)", '["10.20.0.0/24"]'),
    ("topic", "string", '"arn:aws:sns:eu-west-1:111122223333:alarms"'),
    ("zone_id", "string", '"Z0123456789"'),
    ("domain", "string", '"example.com"'),
    ("resource_names", "list(string)", "[]"),
    ("hosts", "list(object({ name = string, address = string, enabled = bool }))", "[]"),
)
_LOCALS = """\
locals {
  tags = {
    Project     = var.project
    Environment = var.environment
    ManagedBy   = "terraform"
  }
}
"""


def write_monorepo(top: Path, files: int = FILES, seed: int = 0) -> None:
    """Write `files` files of Terraform and templates in proportion. The same seed gives the same bytes."""
    projects = max(1, round(files / _FILES_OF_A_PROJECT))
    for number in range(projects):
        _project(top / f"team-{number % 17:02}" / f"project-{number:03}", Random(f"{seed}/{number}"))
    for number in range(round(files * TEMPLATES / FILES)):
        random = Random(f"{seed}/template/{number}")
        write_template(top / "stacks" / f"team-{number % 17:02}", f"stack-{number:04}", random)


def _project(top: Path, random: Random) -> None:
    """Twelve directories: eight modules, two of them with groups, two deployments that call some, and two without."""
    modules = [f"module-{number}" for number in range(8)]
    for number, name in enumerate(modules):
        _module(top / "modules" / name, name.replace("-", "_"), random, has_groups=number < 2)
    for environment in ("staging", "production"):
        _deployment(top / "live" / environment, environment, modules, random)
    for name in ("bootstrap", "reporting"):
        _module(top / name, name, random, has_groups=False)


def _module(directory: Path, name: str, random: Random, has_groups: bool) -> None:
    blocks = [_LOCALS]
    if has_groups:
        blocks.append('data "aws_ami" "this" {\n  most_recent = true\n  owners      = ["amazon"]\n}\n')
        for number in range(random.randint(1, 3)):
            group_name = f"{name}_{number}"
            blocks.append(group(group_name, random))
            blocks.append(carrier(f"{group_name}_host", group_name, random))
    blocks += (unrelated(f"{name}_{part}", random) for part in _words(random, 8))
    if random.random() < 0.25:
        blocks.append(role(name, random))
    write(directory, "main.tf", "\n".join(blocks))
    for extra in ("alarms", "storage")[: random.randint(0, 2)]:
        blocks = [unrelated(f"{name}_{extra}_{part}", random) for part in _words(random, 8)]
        write(directory, f"{extra}.tf", "\n".join(blocks))
    _surroundings(directory, name, has_groups)


def _surroundings(directory: Path, name: str, has_groups: bool) -> None:
    described = (variable(each, type_, default, f"Setting {each} of {name}") for each, type_, default in _VARIABLES)
    write(directory, "variables.tf", "\n".join(described))
    value = f"aws_security_group.{name}_0.id" if has_groups else "local.tags"
    write(directory, "outputs.tf", output("main", value, f"What others need of {name}"))
    write(directory, "versions.tf", VERSIONS)


def _deployment(directory: Path, environment: str, modules: list[str], random: Random) -> None:
    """A root module that calls three modules of the project, the first with groups among them, and the registry."""
    called = [modules[0], *random.sample(modules[1:], 2)]
    blocks = [_LOCALS]
    for name in called:
        arguments = (
            ("project", f'"${{var.project}}-{name}"'),
            ("environment", f'"{environment}"'),
            ("vpc_id", "var.vpc_id"),
            ("client_cidrs", 'distinct(concat(var.client_cidrs, ["10.30.0.0/24"]))'),
        )
        blocks.append(call(name.replace("-", "_"), f"../../modules/{name}", arguments))
    blocks += (unrelated(f"live_{part}", random) for part in _words(random, 8))
    write(directory, "main.tf", "\n".join(blocks))
    write(directory, "terraform.tfvars", f'environment = "{environment}"\nproject     = "{directory.parts[-3]}"\n')
    _surroundings(directory, directory.name, has_groups=False)


def _words(random: Random, count: int) -> list[str]:
    return [f"{random.choice(_WORDS)}_{number}" for number in range(count)]


_WORDS = ("orders", "billing", "search", "events", "media", "users", "audit", "reports", "catalog", "payments")
