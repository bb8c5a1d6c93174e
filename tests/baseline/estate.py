"""Trees of code that are made up, and changes to them."""

from __future__ import annotations

import random
from pathlib import Path

CIDRS = ("0.0.0.0/0", "10.0.0.0/8", "10.1.2.0/24")


def group(name: str, cidr: str, port: int = 22) -> str:
    return f"""\
resource "aws_security_group" "{name}" {{
  name        = "{name}-service"
  description = "Service of {name}"

  ingress {{
    description = "what it serves"
    protocol    = "tcp"
    from_port   = {port}
    to_port     = {port}
    cidr_blocks = [{cidr}]
  }}
}}
"""


def template(cidr: str, more: str = "") -> str:
    return f"""\
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupName: web-service
      GroupDescription: Web service
      SecurityGroupIngress:
        - {{Description: d, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: {cidr}}}
{more}"""


class Tree:
    """Terraform modules that call each other and read files, and templates that nest, import and include."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def _cidr(self) -> str:
        return self._random.choice(CIDRS)

    def files(self) -> dict[str, str]:
        found = {f"modules/m{number}/main.tf": self._module(number) for number in range(3)}
        found |= {f"live/r{number}/main.tf": self._root() for number in range(3)}
        found |= {f"data/d{number}.txt": self._cidr() for number in range(2)}
        found["live/r0/terraform.tfvars"] = f'cidr = "{self._cidr()}"\n'
        found["cfn/child.yaml"] = template(self._cidr())
        found["cfn/parent.yaml"] = self._parent()
        found["cfn/exporter.yaml"] = self._exporter()
        found["cfn/importer.yaml"] = template("!ImportValue Peers")
        return found

    def _module(self, number: int) -> str:
        text = 'variable "cidr" { default = "10.0.0.0/8" }\n'
        source = self._random.choice(
            ("var.cidr", f'"{self._cidr()}"', f'trimspace(file("${{path.module}}/../../data/d{number % 2}.txt"))')
        )
        if number and self._random.random() < 0.5:
            text += self._call(number - 1, "..")
        return text + group(f"g{number}", source)

    def _root(self) -> str:
        port = self._random.choice((22, 3389))
        text = 'variable "cidr" { default = "10.1.2.0/24" }\n' + group("own", "var.cidr", port)
        for number in range(3):
            if self._random.random() < 0.5:
                text += self._call(number, "../../modules")
        return text

    def _call(self, number: int, directory: str) -> str:
        cidr = self._random.choice(("var.cidr", f'"{self._cidr()}"'))
        return f'module "m{number}" {{\n  source = "{directory}/m{number}"\n  cidr   = {cidr}\n}}\n'

    def _parent(self) -> str:
        nested = "  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: child.yaml}\n"
        return template(self._cidr(), nested if self._random.random() < 0.6 else "")

    def _exporter(self) -> str:
        return template("10.0.0.0/8", f"Outputs:\n  Peers:\n    Value: {self._cidr()}\n    Export: {{Name: Peers}}\n")

    def change(self, here: Path) -> None:
        """Changes a file or two: writes it anew, removes it, or adds one."""
        other = Tree(self._random.randrange(1 << 30)).files()
        for _ in range(self._random.choice((1, 1, 2))):
            name = self._random.choice(sorted(other))
            path = here / name
            match self._random.randrange(4):
                case 0 if path.exists():
                    path.unlink()
                case 1:
                    added = path.parent / f"added{path.suffix}"
                    added.write_text(other[name].replace('"g', '"h').replace('variable "cidr"', 'variable "more"'))
                case _:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(other[name])
