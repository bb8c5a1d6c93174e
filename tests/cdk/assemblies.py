"""Small assemblies made for one test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sglint.aws.cloudformation import TYPES, translate
from sglint.aws.resources import Evaluated
from sglint.cdk.assembly import evaluate
from sglint.cloudformation.inputs import Inputs
from sglint.model.rules import SecurityGroup
from sglint.reading.files import Files

GROUP: dict[str, Any] = {
    "Type": "AWS::EC2::SecurityGroup",
    "Properties": {
        "GroupDescription": "Web servers",
        "SecurityGroupEgress": [],
        "SecurityGroupIngress": [
            {"CidrIp": "0.0.0.0/0", "Description": "SSH", "FromPort": 22, "IpProtocol": "tcp", "ToPort": 22}
        ],
    },
}


def stack(name: str, **more: Any) -> dict[str, Any]:
    """A stack artifact whose template is NAME.template.json."""
    properties = {"templateFile": f"{name}.template.json", **more.pop("properties", {})}
    return {"type": "aws:cloudformation:stack", "displayName": name, "properties": properties, **more}


def write(directory: Path, artifacts: dict[str, Any], **files: Any) -> Path:
    """An assembly with a manifest and other files, whose names have __ for a dot."""
    directory.mkdir(parents=True, exist_ok=True)
    contents: dict[str, Any] = {"manifest.json": {"version": "55.0.0", "artifacts": artifacts}}
    contents.update({name.replace("__", "."): content for name, content in files.items()})
    for name, content in contents.items():
        text = content if isinstance(content, str) else json.dumps(content, indent=1)
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def evaluated(directory: Path, *roots: Path) -> Evaluated:
    """What an assembly comes to. One in `cdk.out` is read as part of the repository that its app is."""
    app = directory.parent if directory.name == "cdk.out" else directory
    files = Files(tuple(str(root) for root in (app, *roots)))
    return evaluate(str(directory), Inputs(), files, TYPES)


def groups(found: Evaluated) -> dict[str, SecurityGroup]:
    return {group.address: group for group in translate(found).groups}
