"""Inputs of one kind and any size: something repeated, each time with a number of its own in the place of `#`."""

from __future__ import annotations

from pathlib import Path

from sglint.model.record import frozen


@frozen
class Growing:
    """A file that holds `each` many times."""

    each: str
    before: str = ""
    after: str = ""
    name: str = "main.tf"
    between: str = ""

    def write(self, directory: Path, times: int) -> None:
        repeated = self.between.join([self.each.replace("#", str(number)) for number in range(times)])
        path = directory / self.name.replace("#", str(times))
        path.write_text(self.before + repeated + self.after)


def _group(name: str, inside: str) -> str:
    return f'resource "aws_security_group" "{name}" {{\n  name = "{name}"\n  description = "{name}"\n{inside}}}\n'


def _ingress(ports: str = "22", source: str = 'cidr_blocks = ["0.0.0.0/0"]') -> str:
    return f'  ingress {{\n    from_port = {ports}\n    to_port = {ports}\n    protocol = "tcp"\n    {source}\n  }}\n'


def _block(kind: str, name: str, inside: str) -> str:
    return f'resource "{kind}" "{name}" {{\n{inside}}}\n'


def _member(inside: str) -> str:
    return f"{{ Type: AWS::EC2::SecurityGroup, Properties: {{ GroupDescription: web, {inside} }} }}"


def _rule(cidr: str = "0.0.0.0/0", port: str = "22") -> str:
    return f"{{ IpProtocol: tcp, FromPort: {port}, ToPort: {port}, CidrIp: {cidr} }}"


_WEB = _group("web", _ingress())
_OPEN = _ingress()
_CARRIES = "  vpc_security_group_ids = [aws_security_group.{0}.id]\n  associate_public_ip_address = true\n"
_REASON = '# sglint: ignore[ssh-from-world] reason="a jump host"\n'
_END = "}\n"
_FREE = 'variable "v#" {\n  type = bool\n}\n'


def _web(each: str) -> Growing:
    return Growing(each, _WEB.removesuffix(_END), _END)


def _beside(each: str, after: str = "") -> Growing:
    return Growing(each, _WEB, after)


def _within(section: str, each: str, after: str = "") -> Growing:
    return Growing(f"  {each}\n", f"{section}:\n", after, "template.yaml")


GROWING = {
    "rules that say the same": _web(_OPEN),
    "rules of other ports": _web(_ingress("#")),
    "rules of other networks": _web(_ingress(source='cidr_blocks = ["10.#.0.0/16"]')),
    "rules of other groups": Growing(
        _group("g#", _ingress(source="security_groups = [aws_security_group.web.id]")), _WEB
    ),
    "networks of one rule": Growing(
        '"198.51.100.#/32"',
        _group("w", "").removesuffix(_END) + '  ingress {\n    protocol = "tcp"\n'
        "    from_port = 22\n    to_port = 22\n    cidr_blocks = [",
        "]\n  }\n}\n",
        between=", ",
    ),
    "rules with unknown sources": Growing(_ingress(source="cidr_blocks = [var.#]"), _WEB.removesuffix(_END), _END),
    "groups": Growing(_group("g#", _OPEN)),
    "groups with one name": Growing(_group("g#", _OPEN).replace('name = "g#"', 'name = "web"')),
    "standalone rules": _beside(
        _block(
            "aws_security_group_rule",
            "r#",
            '  type = "ingress"\n  from_port = #\n  to_port = #\n  protocol = "tcp"\n  cidr_blocks = ["10.0.0.0/8"]\n'
            "  security_group_id = aws_security_group.web.id\n",
        )
    ),
    "rules of groups elsewhere": Growing(
        _block(
            "aws_vpc_security_group_ingress_rule",
            "r#",
            '  from_port = 22\n  to_port = 22\n  ip_protocol = "tcp"\n  cidr_ipv4 = "0.0.0.0/0"\n'
            '  security_group_id = "sg-#"\n',
        )
    ),
    "resources that carry one group": _beside(_block("aws_instance", "shop-#", _CARRIES.format("web"))),
    "resources that carry groups of their own": Growing(
        _group("g#", _OPEN) + _block("aws_instance", "i#", _CARRIES.format("g#"))
    ),
    "resources that may not exist": Growing(
        _FREE + _block("aws_instance", "i#", "  count = var.v# ? 1 : 0\n" + _CARRIES.format("web")), _WEB
    ),
    "groups that may not exist": Growing(_FREE + _group("g#", "  count = var.v# ? 1 : 0\n" + _OPEN)),
    "databases behind one group": _beside(
        _group("d#", _ingress("3306", "security_groups = [aws_security_group.web.id]"))
        + _block("aws_db_instance", "d#", _CARRIES.format("d#")),
        _block("aws_instance", "web", _CARRIES.format("web")),
    ),
    "listeners": _beside(
        _block("aws_lb_target_group", "t#", '  port = 80\n  protocol = "HTTP"\n')
        + _block(
            "aws_lb_listener",
            "l#",
            '  load_balancer_arn = aws_lb.web.arn\n  port = #\n  protocol = "HTTP"\n  default_action {\n'
            '    type = "forward"\n    target_group_arn = aws_lb_target_group.t#.arn\n  }\n',
        ),
        _block("aws_lb", "web", "  security_groups = [aws_security_group.web.id]\n"),
    ),
    "subnets and what is in them": _beside(
        _block("aws_subnet", "s#", '  vpc_id = aws_vpc.main.id\n  cidr_block = "10.0.#.0/24"\n')
        + _block("aws_instance", "i#", "  subnet_id = aws_subnet.s#.id\n" + _CARRIES.format("web")),
        _block("aws_vpc", "main", '  cidr_block = "10.0.0.0/16"\n'),
    ),
    "statements": Growing(
        '{ Effect = "Allow", Action = ["ec2:Authorize#"], Resource = "*" }',
        _block("aws_iam_role_policy", "p", '  role = "r"\n  policy = jsonencode({ Statement = [').removesuffix(_END),
        "] })\n}\n",
        between=", ",
    ),
    "policies of roles": Growing(
        _block(
            "aws_iam_role_policy",
            "p#",
            '  role = "r"\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*" }] })\n',
        )
    ),
    "VPCs": Growing(_block("aws_vpc", "v#", '  cidr_block = "10.0.0.0/16"\n')),
    "locals": Growing("  port# = #\n", "locals {\n", _END + _group("w", _ingress("local.port1"))),
    "variables": Growing(
        'variable "port#" {\n  default = #\n}\n' + _group("g#", _ingress("var.port#")),
    ),
    "items that are asked for one by one": Growing(
        _ingress("local.ports[#]"), "locals {\n  ports = range(1000)\n}\n" + _WEB.removesuffix(_END), _END
    ),
    "calls of one module": Growing('module "m#" {\n  source = "./m"\n  port = #\n}\n'),
    "calls that build on each other": Growing(
        'module "m#1" {\n  source = "./m"\n  port = #\n}\n'
        'module "m#2" {\n  source = "./m"\n  port = module.m#1.port\n}\n'
    ),
    "inputs of a module": Growing("  p# = #\n", 'module "m" {\n  source = "./m"\n  port = 1\n', _END),
    "suppressions": Growing(_REASON + _group("g#", _OPEN)),
    "suppressions of a file": Growing(_REASON.replace("ignore[", "ignore-file[") + _group("g#", _OPEN)),
    "broken blocks": Growing(_group("g#", _OPEN) + "= = =\n"),
    "blocks after a fault": Growing(_group("g#", _OPEN), "a = = 1\n"),
    "long texts": Growing("${1} and ", 'locals {\n  a = "', '"\n}\n' + _WEB),
    "heredocs": Growing("    ${1} and so on\n", "locals {\n  a = <<-EOT\n", "  EOT\n}\n" + _WEB),
    "groups of a template": _within("Resources", f"G#: {_member(f'SecurityGroupIngress: [{_rule()}]')}"),
    "rules of a template": Growing(
        f"        - {_rule(port='#')}\n",
        "Resources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: web\n"
        "      SecurityGroupIngress:\n",
        name="template.yaml",
    ),
    "aliases": Growing(
        "        - *rule\n",
        f"Metadata:\n  Rule: &rule {_rule()}\nResources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n"
        "      GroupDescription: web\n      SecurityGroupIngress:\n",
        name="template.yaml",
    ),
    "conditions": _within(
        "Conditions",
        "C#: !Equals [!Ref 'AWS::Region', 'eu-#']",
        "Resources:\n  Web: " + _member(f"SecurityGroupIngress: [{_rule()}]") + "\n",
    ),
    "parameters": _within(
        "Parameters",
        "P#: { Type: String, Default: '#' }",
        "Resources:\n  Web: " + _member(f"SecurityGroupIngress: [{_rule(port='!Ref P1')}]") + "\n",
    ),
    "resources with conditions": Growing(
        f"  G#: {{ Condition: C, {_member(f'SecurityGroupIngress: [{_rule()}]').removeprefix('{')}\n",
        "Parameters:\n  Env: { Type: String }\nConditions:\n  C: !Equals [!Ref Env, prod]\nResources:\n",
        name="template.yaml",
    ),
    "joined texts": Growing(
        "!Ref 'AWS::Region'",
        "Resources:\n  Web: " + _member("GroupName: !Join ['-', [").removesuffix(" } }"),
        "]] } }\n",
        "template.yaml",
        ", ",
    ),
    "quoted lines": Growing(
        "text \\\n    text\n", 'Metadata:\n  A: "', f'"\nResources:\n  Web: {_member("")}\n', "template.yaml"
    ),
    "comments": Growing("# a comment\n", "", f"Resources:\n  Web: {_member('')}\n", "template.yaml"),
    "overrides": Growing('[[overrides]]\npaths = ["d#/**"]\nignore = ["ssh-from-world"]\n', name=".sglint.toml"),
    "exceptions": Growing(
        '[[exceptions]]\npolicy = "ssh-from-world"\naddress = "aws_security_group.g#"\nreason = "a jump host"\n',
        name=".sglint.toml",
    ),
}
"""What may be repeated without the run taking more than in proportion."""
