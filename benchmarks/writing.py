"""Writes Terraform as text: the pieces that all corpora are put together from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

VERSIONS = """\
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40"
    }
  }
}
"""


_HEADER = "# Written by a generator for a benchmark.\n# The same seed writes the same bytes.\n\n"


def write(directory: Path, name: str, text: str) -> None:
    """A file with a header, in a directory that is made when it is missing."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / name).write_text(_HEADER + text, encoding="utf-8", newline="\n")


def variable(name: str, type_: str, default: str | None, description: str) -> str:
    """A variable; without a default, one that must be given."""
    lines = [f'variable "{name}" {{', f'  description = "{description}"', f"  type        = {type_}"]
    if default is not None:
        lines.append(f"  default     = {default}")
    return "\n".join((*lines, "  nullable    = false" if default not in (None, "null") else "", "}", ""))


def output(name: str, value: str, description: str) -> str:
    return f'output "{name}" {{\n  description = "{description}"\n  value       = {value}\n}}\n'


def call(name: str, source: str, arguments: Iterable[tuple[str, str]], is_explained: bool = False) -> str:
    """A call of a module; explained, with a comment before each argument."""
    lines = [f'module "{name}" {{', f'  source = "{source}"', ""]
    for argument, value in arguments:
        lines += ["", f"  # Sets {argument.replace('_', ' ')}"] if is_explained else []
        lines.append(f"  {argument} = {value}")
    return "\n".join((*lines, "}", ""))
