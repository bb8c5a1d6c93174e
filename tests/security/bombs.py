"""Small inputs that ask for more work than anybody wants done, and large ones. Each writes itself into a directory."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

GROUP = """\
resource "aws_security_group" "web" {
  name        = "web-service"
  description = "Web service"
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = CIDRS
  }
}
"""
CROWD = 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n' + GROUP.replace(
    "CIDRS", '["10.0.0.0/16"]'
).replace("name   ", "count = 9000\n  vpc_id = aws_vpc.main.id\n  name   ")
"""Groups that each may stand for the network of the others."""
VALUE = GROUP.replace("CIDRS", "[local.a]")
SOUND = GROUP.replace("CIDRS", '["0.0.0.0/0"]').replace('"web"', '"sound"')
MEMBER = "  Web:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: web}\n"


def _terraform(text: str) -> Callable[[Path], None]:
    def write(directory: Path) -> None:
        (directory / "main.tf").write_text(text)

    return write


def _locals(first: str, step: str, count: int) -> str:
    """A chain of locals, each made of the one before."""
    chain = "\n".join(f"  a{n} = {step.replace('PREVIOUS', f'local.a{n - 1}')}" for n in range(1, count))
    return f"locals {{\n  a0 = {first}\n{chain}\n  a = local.a{count - 1}\n}}\n{VALUE}"


def _local(expression: str) -> str:
    return f"locals {{\n  a = {expression}\n}}\n{VALUE}"


def _template(text: str, name: str = "t.yaml") -> Callable[[Path], None]:
    def write(directory: Path) -> None:
        (directory / name).write_text(text)

    return write


def _files(files: Mapping[str, str]) -> Callable[[Path], None]:
    def write(directory: Path) -> None:
        for name, text in files.items():
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            (directory / name).write_text(text)

    return write


def _aliases(levels: int, width: int = 10) -> str:
    lines = ["x0: &x0 [" + ", ".join(["lol"] * width) + "]"]
    lines += [f"x{n}: &x{n} [" + ", ".join([f"*x{n - 1}"] * width) + "]" for n in range(1, levels)]
    return "\n".join(lines)


def _modules(depth: int, width: int) -> dict[str, str]:
    """Directories of which each calls the next several times."""
    files = {"main.tf": _calls("./m0", width)}
    for number in range(depth):
        files[f"m{number}/main.tf"] = _calls(f"../m{number + 1}", width)
    files[f"m{depth}/main.tf"] = GROUP.replace("CIDRS", '["0.0.0.0/0"]')
    return files


def _calls(source: str, width: int) -> str:
    return "".join(f'module "m{number}" {{\n  source = "{source}"\n}}\n' for number in range(width))


def _stacks(depth: int, width: int) -> dict[str, str]:
    files = {}
    for level in range(depth):
        body = "".join(
            f"  N{number}:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: s{level + 1}.yaml}}\n"
            for number in range(width)
        )
        files[f"s{level}.yaml"] = f"Resources:\n{body}{MEMBER}"
    files[f"s{depth}.yaml"] = f"Resources:\n{MEMBER}"
    return files


def _conditions(count: int, form: str) -> str:
    lines = "".join(f"  C{n}: {form.replace('NEXT', f'C{n + 1}')}\n" for n in range(count))
    return f"Parameters: {{P: {{Type: String}}}}\nConditions:\n{lines}  C{count}: !Equals [!Ref P, x]\nResources:\n" + (
        MEMBER.replace("    Properties", "    Condition: C0\n    Properties")
    )


def _loops(levels: int, width: int) -> str:
    items = json.dumps([f"i{number}" for number in range(width)])
    body: Any = {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "x"}}
    name = "".join(f"${{V{level}}}" for level in range(levels))
    inner: Any = {f"R{name}": body}
    for level in reversed(range(levels)):
        inner = {f"Fn::ForEach::L{level}": [f"V{level}", json.loads(items), inner]}
    return json.dumps({"Transform": "AWS::LanguageExtensions", "Resources": inner})


def _delimited(levels: int) -> Any:
    """Texts joined by texts that are joined."""
    text: Any = "x" * 10
    for _ in range(levels):
        text = {"Fn::Join": [text, ["a"] * 300]}
    return {"GroupDescription": text}


def _plan(depth: int) -> str:
    nested = '{"child_modules": [' * depth + "]}" * depth
    return f'{{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {{"root_module": {nested}}}}}'


BOMBS: dict[str, Callable[[Path], None]] = {
    # aliases and nesting
    "yaml aliases": _template(
        f"{_aliases(12)}\nResources:\n  Web:\n    Type: AWS::EC2::SecurityGroup\n"
        "    Properties: {GroupDescription: *x11}\n"
    ),
    "yaml aliases in metadata": _template(
        f"Resources:\n{MEMBER}Metadata:\n" + "\n".join(f"  {line}" for line in _aliases(12).splitlines())
    ),
    "yaml aliases beside a comment": _template(
        f'# sglint: ignore[SG102] reason="a"\n{_aliases(12)}\nResources:\n{MEMBER}'
    ),
    "overlapping rules": _terraform(
        'resource "aws_security_group" "web" {\n  description = "x"\n  dynamic "ingress" {\n'
        "    for_each = range(1000)\n    content {\n      from_port = ingress.value\n"
        "      to_port = ingress.value + 3000\n"
        '      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n}\n'
    ),
    "overlapping entries": _terraform(
        'resource "aws_network_acl" "a" {\n  vpc_id = "vpc-1"\n  dynamic "ingress" {\n    for_each = range(1000)\n'
        '    content {\n      rule_no = ingress.value + 1\n      action = "allow"\n      from_port = ingress.value\n'
        '      to_port = ingress.value + 3000\n      protocol = "tcp"\n      cidr_block = "0.0.0.0/0"\n    }\n  }\n}\n'
    ),
    "groups in many files": _files(
        {
            f"f{number}.tf": "".join(SOUND.replace('"sound"', f'"g{number}x{each}"') for each in range(9000))
            for number in range(4)
        }
    ),
    "groups in many modules": _files(
        {
            "main.tf": "".join(f'module "m{number}" {{\n  source = "./m{number}"\n}}\n' for number in range(4)),
            **{
                f"m{number}/main.tf": "".join(SOUND.replace('"sound"', f'"g{each}"') for each in range(9000))
                for number in range(4)
            },
        }
    ),
    "values of a document": _template(f"Resources:\n{MEMBER}Metadata: [" + "1," * 1_300_000 + "]"),
    "values of json": _template(
        '{"Resources": {"A": {"Type": "AWS::EC2::VPC"}}, "Metadata": [' + "1," * 1_300_000 + "1]}", "t.json"
    ),
    "searches": _terraform(
        _local("[for each in local.b : each if contains(local.b, each)]")
        + "locals {\n  b = concat("
        + ", ".join(["range(1000)"] * 9)
        + ")\n}\n"
    ),
    "overrides": _files(
        {
            ".sglint.toml": '[[overrides]]\npaths = ["*a*b*c*"]\nignore = ["SG102"]\n' * 1000,
            **{f"d{number}/main.tf": SOUND for number in range(300)},
        }
    ),
    "claims": _files(
        {
            ".sglint.toml": '[[exceptions]]\npolicy = "SG102"\naddress = "*web*x*"\nreason = "x"\n' * 3000,
            "main.tf": SOUND.replace("  name ", "  count = 2000\n  name ", 1),
        }
    ),
    "yaml merge keys": _template(
        "x0: &x0 {a: 1}\n"
        + "\n".join(f"x{n}: &x{n} {{<<: [*x{n - 1}, *x{n - 1}], b{n}: *x{n - 1}}}" for n in range(1, 40))
        + f"\nResources:\n{MEMBER}"
    ),
    "yaml nesting": _template(f"Resources:\n{MEMBER}Metadata: " + "[" * 200_000),
    "yaml block nesting": _template(f"Resources:\n{MEMBER}Metadata:\n  " + "- " * 200_000),
    "yaml tags": _template(f"Resources:\n{MEMBER}Metadata: " + "!Sub " * 50_000 + "x"),
    "json nesting": _template('{"Resources": {"A": {"Type": "AWS::EC2::VPC"}}, "Metadata": ' + "[" * 500_000, "t.json"),
    "hcl brackets": _terraform(_local("[" * 100_000 + "]" * 100_000) + SOUND),
    "hcl parentheses": _terraform(_local("(" * 100_000 + "1" + ")" * 100_000) + SOUND),
    "hcl blocks": _terraform("a {\n" * 50_000 + "}\n" * 50_000 + SOUND),
    "hcl operators": _terraform(_local(" + ".join(["1"] * 100_000)) + SOUND),
    "hcl negations": _terraform(_local("!" * 100_000 + "true") + SOUND),
    "hcl minus": _terraform(_local("-" * 100_000 + "1") + SOUND),
    "hcl conditionals": _terraform(_local("true ? 1 : " * 50_000 + "1") + SOUND),
    "hcl templates": _terraform(_local('"${' * 20_000 + "1" + '}"' * 20_000) + SOUND),
    "hcl attributes": _terraform(_local("local" + ".a" * 100_000) + SOUND),
    "hcl indexes": _terraform(_local("local.b" + "[0]" * 100_000) + SOUND),
    "hcl calls": _terraform(_local("abs(" * 50_000 + "1" + ")" * 50_000) + SOUND),
    "hcl directives": _terraform(_local('"' + "%{ if true }" * 20_000 + "x" + "%{ endif }" * 20_000 + '"') + SOUND),
    "hcl json": _template('{"locals": {"a": ' + "[" * 500_000, "main.tf.json"),
    "jsondecode": _terraform(
        _locals('"["', '"${PREVIOUS}${PREVIOUS}"', 18).replace("a = local.a17", "a = jsondecode(local.a17)")
    ),
    "yamldecode": _terraform(
        _locals('"["', '"${PREVIOUS}${PREVIOUS}"', 18).replace("a = local.a17", "a = yamldecode(local.a17)")
    ),
    "yamldecode aliases": _terraform(_local('yamldecode(file("b.yaml"))') + SOUND),
    "plan nesting": _template(_plan(50_000), "plan.json"),
    "plan modules": _template(_plan(90), "plan.json"),
    # numbers
    "huge numbers": _terraform(_local("1e999999999 * 1e999999999")),
    "long numbers": _terraform(_local("9" * 1_000_000)),
    "powers": _terraform(_locals("10", "PREVIOUS * PREVIOUS", 60)),
    "pow": _terraform(_local("pow(9999999, 9999999)")),
    "remainders": _terraform(_local("(1e4000 + 1) % 7")),
    "parseint": _terraform(
        _locals('"9"', '"${PREVIOUS}${PREVIOUS}"', 21).replace("a = local.a20", "a = parseint(local.a20, 10)")
    ),
    "json number": _template(
        '{"Resources": {"A": {"Type": "AWS::EC2::SecurityGroup", "Properties": '
        '{"GroupDescription": ' + "9" * 1_000_000 + "}}}}",
        "t.json",
    ),
    "ports": _terraform(GROUP.replace("CIDRS", '["0.0.0.0/0"]').replace("= 22", "= " + "9" * 5000)),
    # collections
    "range": _terraform(_local("range(1000000000)")),
    "ranges": _terraform(
        _local("[for a in range(1024) : [for b in range(1024) : [for c in range(1024) : a + b + c]]]")
    ),
    "flat ranges": _terraform(_local("flatten([for a in range(1024) : [for b in range(1024) : a]])")),
    "setproduct": _terraform(_local("setproduct(range(1000), range(1000), range(1000))")),
    "cidrsubnets": _terraform(_local('cidrsubnets("10.0.0.0/8", [for i in range(1024) : 16]...)')),
    "cidrsubnet": _terraform(_local('cidrsubnet("10.0.0.0/8", 1e300, 1e300)')),
    "doubled lists": _terraform(_locals("[1]", "concat(PREVIOUS, PREVIOUS)", 60)),
    "doubled tuples": _terraform(_locals("[1]", "[PREVIOUS, PREVIOUS]", 60)),
    "flattened tuples": _terraform(
        _locals("[1]", "[PREVIOUS, PREVIOUS]", 60).replace("a = local.a59", "a = flatten(local.a59)")
    ),
    "encoded tuples": _terraform(
        _locals("[1]", "[PREVIOUS, PREVIOUS]", 60).replace("a = local.a59", "a = jsonencode(local.a59)")
    ),
    "yaml of tuples": _terraform(
        _locals("[1]", "[PREVIOUS, PREVIOUS]", 60).replace("a = local.a59", "a = yamlencode(local.a59)")
    ),
    "compared tuples": _terraform(
        _locals("[1]", "[PREVIOUS, PREVIOUS]", 60).replace("a = local.a59", "a = local.a59 == local.a59 ? 1 : 2")
    ),
    "converted tuples": _terraform(
        _locals("[1]", "[PREVIOUS, PREVIOUS]", 60).replace("a = local.a59", "a = toset(tolist(local.a59))")
    ),
    "text of tuples": _terraform(
        _locals("[1]", "[PREVIOUS, PREVIOUS]", 60).replace("a = local.a59", 'a = format("%v", local.a59)')
    ),
    "merged objects": _terraform(_locals("{ a = 1 }", "merge(PREVIOUS, { b = PREVIOUS, c = PREVIOUS })", 60)),
    "sets of tuples": _terraform(_locals("[1]", "toset([PREVIOUS, PREVIOUS])", 60)),
    "typed tuples": _terraform(
        'variable "v" {\n  type = any\n}\n'
        + _locals("[1]", "[PREVIOUS, PREVIOUS]", 40)
        + 'module "m" {\n  source = "./m"\n  v = local.a\n}\n'
    ),
    "for each": _terraform(
        GROUP.replace("name   ", "for_each = toset([for i in range(1000) : tostring(i)])\n  name   ").replace(
            "CIDRS", '[for i in range(1000) : cidrsubnet("10.0.0.0/8", 16, i)]'
        )
    ),
    "count": _terraform(GROUP.replace("name   ", "count = 1000000000\n  name   ").replace("CIDRS", '["0.0.0.0/0"]')),
    "groups of one network": _terraform(CROWD),
    "groups and what carries them": _terraform(
        CROWD.replace("9000", "3000")
        + 'resource "aws_instance" "web" {\n  count = 3000\n'
        + "  vpc_security_group_ids = [aws_security_group.web[count.index].id]\n}\n"
    ),
    "groups of each resource": _terraform(
        SOUND.replace("  name ", "  count = 1000\n  name ", 1)
        + 'resource "aws_instance" "web" {\n  count = 1000\n  associate_public_ip_address = true\n'
        "  vpc_security_group_ids = aws_security_group.sound[*].id\n}\n"
    ),
    "targets of each listener": _terraform(
        'resource "aws_lb_target_group" "t" {\n  port = 80\n  protocol = "HTTP"\n}\n'
        'resource "aws_lb" "l" {\n  count = 1000\n}\n'
        'resource "aws_lb_target_group_attachment" "a" {\n  count = 1000\n'
        '  target_group_arn = aws_lb_target_group.t.arn\n  target_id = "i-${count.index}"\n}\n'
        'resource "aws_lb_listener" "x" {\n  count = 1000\n  load_balancer_arn = aws_lb.l[count.index].arn\n'
        '  port = 443\n  protocol = "HTTP"\n  default_action {\n    type = "forward"\n'
        "    target_group_arn = aws_lb_target_group.t.arn\n  }\n}\n" + SOUND
    ),
    "tags of each group": _terraform(
        'locals {\n  tags = { for number in range(1000) : "k${number}" => "v" }\n}\n'
        + SOUND.replace("  name ", "  count = 9000\n  tags = local.tags\n  name ", 1)
    ),
    "dynamic": _terraform(
        'resource "aws_security_group" "web" {\n  description = "x"\n  count = 100\n  dynamic "ingress" {\n'
        "    for_each = range(1000)\n    content {\n      from_port = ingress.value\n      to_port = ingress.value\n"
        '      protocol = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n}\n'
    ),
    "many rules": _terraform(
        GROUP.replace("CIDRS", '[for i in range(1024) : cidrsubnet("10.0.0.0/8", 16, i)]').replace(
            "  ingress {",
            '  ingress {\n    self = true\n    ipv6_cidr_blocks = [for i in range(1024) : "2001:db8:${i}::/48"]',
        )
    ),
    # texts
    "doubled texts": _terraform(_locals('"xxxxxxxxxx"', '"${PREVIOUS}${PREVIOUS}"', 60)),
    "joined texts": _terraform(_locals('"xxxxxxxxxx"', "join(PREVIOUS, [PREVIOUS, PREVIOUS])", 40)),
    "formatted texts": _terraform(_locals('"xxxxxxxxxx"', 'format("%s%s", PREVIOUS, PREVIOUS)', 60)),
    "format width": _terraform(_local('format("%999999999s%999999999d", "x", 1)')),
    "replaced texts": _terraform(_locals('"xxxxxxxxxx"', 'replace(PREVIOUS, "x", PREVIOUS)', 40)),
    "replaced by patterns": _terraform(_locals('"xxxxxxxxxx"', 'replace(PREVIOUS, "/x/", PREVIOUS)', 40)),
    "heredocs": _terraform(_locals('"xxxxxxxxxx"', "<<-EOT\n    ${PREVIOUS}${PREVIOUS}\n  EOT\n", 60)),
    "repeated by directives": _terraform(
        _local(
            '"%{ for a in range(1024) }%{ for b in range(1024) }'
            '%{ for c in range(1024) }x%{ endfor }%{ endfor }%{ endfor }"'
        )
    ),
    "indent": _terraform(_locals('"x\\n"', "indent(9999, PREVIOUS)", 40)),
    "chunks": _terraform(
        _local("chunklist(range(1024), 1)")
        + _locals("range(1024)", "zipmap(PREVIOUS, PREVIOUS)", 2).replace("a =", "z =").replace(VALUE, "")
    ),
    "base64": _terraform(_locals('"xxxxxxxxxx"', "base64encode(PREVIOUS)", 100)),
    "urlencode": _terraform(_locals('"%%%%%%%%%%"', "urlencode(PREVIOUS)", 100)),
    "jsonencode of texts": _terraform(_locals('"\\"\\\\"', "jsonencode(PREVIOUS)", 100)),
    "bcrypt": _terraform(_local('bcrypt("x", 31)')),
    "regexes": _terraform(
        _locals('"aaaaaaaaaa"', '"${PREVIOUS}${PREVIOUS}"', 15).replace(
            "a = local.a14", 'a = regexall("(a*)*b", local.a14)'
        )
    ),
    "large patterns": _terraform(_local('regex("(((a{1,100}){1,100}){1,100}){1,100}", "aaaa")')),
    "globs": _files(
        {"main.tf": _local('join("", fileset(path.module, "' + "*a" * 30 + 'b"))'), "a" * 200: "", "b/" + "a" * 200: ""}
    ),
    # cycles and branching
    "cyclic locals": _terraform(
        "locals {\n"
        + "\n".join(f"  a{n} = [local.a{(n + 1) % 2000}, local.a{(n * 7) % 2000}]" for n in range(2000))
        + "\n  a = local.a0\n}\n"
        + VALUE
    ),
    "long chains": _terraform(_locals("1", "PREVIOUS + 1", 20_000)),
    "unknown choices": _terraform(
        "".join(f'variable "v{n}" {{}}\n' for n in range(60))
        + _local('join("", [' + ", ".join(f'var.v{n} == "x" ? 1 : 2' for n in range(60)) + "])")
    ),
    "unknown conditions": _terraform(
        "".join(f'variable "v{n}" {{}}\n' for n in range(200))
        + "".join(
            GROUP.replace('"web" {', f'"g{n}" {{\n  count = var.v{n} == "x" ? 1 : 0').replace("CIDRS", '["0.0.0.0/0"]')
            for n in range(200)
        )
    ),
    "recursive module": _files({"main.tf": 'module "m" {\n  source = "./"\n}\n' + SOUND}),
    "mutual modules": _files({"main.tf": _calls("./b", 2) + SOUND, "b/main.tf": _calls("../", 2)}),
    "branching modules": _files(_modules(30, 2)),
    "deep modules": _files(_modules(300, 1)),
    "counted modules": _files(
        {
            "main.tf": 'module "a" {\n  source = "./b"\n  count = 1000\n}\n',
            "b/main.tf": 'module "a" {\n  source = "../c"\n  count = 1000\n}\n',
            "c/main.tf": GROUP.replace("CIDRS", '["0.0.0.0/0"]'),
        }
    ),
    "module manifest": _files(
        {
            "main.tf": 'module "m" {\n  source = "a/b/c"\n}\n' + SOUND,
            ".terraform/modules/modules.json": '{"Modules": ' + "[" * 100_000,
        }
    ),
    "branching stacks": _files(_stacks(11, 4)),
    "deep stacks": _files(_stacks(200, 1)),
    "cyclic stacks": _files({"s.yaml": _stacks(1, 3)["s0.yaml"].replace("s1.yaml", "s.yaml")}),
    "cyclic conditions": _template(_conditions(2, "!Not [!Condition C0]")),
    "branching conditions": _template(_conditions(500, "!And [!Condition NEXT, !Condition NEXT]")),
    "undecided conditions": _template(
        "Parameters: {"
        + ", ".join(f"P{n}: {{Type: String}}" for n in range(60))
        + "}\nConditions:\n"
        + "".join(f"  C{n}: !Or [!Equals [!Ref P{n}, x], !Equals [!Ref P{(n * 7) % 60}, y]]\n" for n in range(60))
        + "Resources:\n"
        + "".join(
            MEMBER.replace("Web", f"W{n}").replace("    Prop", f"    Condition: C{n}\n    Prop") for n in range(60)
        )
    ),
    "loops": _template(_loops(4, 100), "t.json"),
    "long names by loops": _template(_loops(1, 5).replace("R${V0}", "R" + "${V0}" * 50_000), "t.json"),
    "maps": _template(
        "Mappings: {M: {A: {B: [x]}}}\nResources:\n"
        + MEMBER.replace("web", "!FindInMap [M, " * 500 + "A" + ", B]" * 500)
    ),
    "joins": _template(f"Resources:\n{MEMBER}".replace("web}", "!Join [x, [" * 200 + "]]" * 200 + "}")),
    "subs": _template(f"Resources:\n{MEMBER}".replace("web", '!Sub "' + "${AWS::Region}" * 100_000 + '"')),
    "splits": _template(f"Resources:\n{MEMBER}".replace("web", '!Join ["", !Split ["a", "' + "a" * 1_000_000 + '"]]')),
    "nested delimiters": _template(
        json.dumps({"Resources": {"Web": {"Type": "AWS::EC2::SecurityGroup", "Properties": _delimited(4)}}}), "t.json"
    ),
    "subs of long texts": _template(
        f"Parameters: {{P: {{Type: String, Default: {'x' * 100_000}}}}}\nResources:\n{MEMBER}".replace(
            "web", '!Sub "' + "${P}" * 100_000 + '"'
        )
    ),
    "many short parts": _template(f"Resources:\n{MEMBER}".replace("web", '!Sub "' + "${AWS::Region}" * 110_000 + '"')),
    "cidrs": _template(f"Resources:\n{MEMBER}".replace("web", "!Cidr [10.0.0.0/8, 256, 8]")),
    "allowed patterns": _template(
        "Parameters: {P: {Type: String, AllowedPattern: '(a+)+$', Default: " + "a" * 40 + "!}}\nResources:\n" + MEMBER
    ),
    "allowed values": _template(
        "Parameters: {P: {Type: String, AllowedValues: ["
        + ", ".join(f"v{n}" for n in range(50_000))
        + "]}}\n"
        + "Resources:\n"
        + MEMBER.replace("web", "!Ref P")
    ),
    "sam": _template(
        "Transform: AWS::Serverless-2016-10-31\nGlobals: {Function: "
        + "{a: " * 90
        + "1"
        + "}" * 90
        + f"}}\nResources:\n{MEMBER}"
    ),
    # configuration
    "configured globs": _files(
        {
            "main.tf": SOUND,
            ".sglint.toml": f'exclude = ["{"*a" * 40}b"]\n',
            "a" * 100 + ".tf": SOUND.replace("sound", "b"),
        }
    ),
    "configured addresses": _files(
        {
            "main.tf": SOUND.replace('"sound"', '"' + "a" * 200 + '"'),
            ".sglint.toml": f'[[exceptions]]\npolicy = "SG102"\nreason = "x"\naddress = "{"*a" * 40}b"\n',
        }
    ),
    "configured names": _files(
        {
            "main.tf": SOUND.replace('"web-service"', f'"{"a" * 60}!"'),
            ".sglint.toml": "[parameters]\ngeneric-names = '(a+)+'\n",
        }
    ),
    "ignored globs": _files({"main.tf": SOUND, ".gitignore": "*a" * 40 + "b\n", "a" * 100 + ".tf": ""}),
    "toml nesting": _files({"main.tf": SOUND, ".sglint.toml": "a = " + "[" * 100_000}),
    "suppressions": _files(
        {"main.tf": SOUND + "".join(f'# sglint: ignore[SG102] reason="{"a" * 99}\n' for _ in range(9999))}
    ),
    "long suppression": _files({"main.tf": SOUND + "# sglint: ignore[" + "SG102," * 100_000 + "]" + ' a="' * 100_000}),
    "cidr texts": _terraform(
        GROUP.replace("CIDRS", f'["{"1" * 100_000}/0", "{":" * 100_000}", "0.0.0.0/{"9" * 100_000}"]')
    ),
    # sizes
    "one long line": _terraform(SOUND + "# " + "x" * 9_000_000),
    "one long json line": _template(
        json.dumps(
            {
                "Resources": {
                    f"G{n}": {
                        "Type": "AWS::EC2::SecurityGroup",
                        "Properties": {
                            "GroupDescription": "x" * 50,
                            "SecurityGroupIngress": [
                                {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"}
                            ],
                        },
                    }
                    for n in range(2000)
                }
            }
        ),
        "t.json",
    ),
    "long texts": _terraform(_local('"' + "x" * 5_000_000 + '"')),
    "long names": _terraform(SOUND.replace('"sound"', '"' + "s" * 1_000_000 + '"')),
    "long comments": _template("# " + "x" * 5_000_000 + f"\nResources:\n{MEMBER}"),
    "many lines": _terraform(SOUND + "# x\n" * 2_000_000),
    "open text": _terraform(SOUND + 'locals {\n a = "' + "x${" * 100_000),
    "open heredoc": _terraform(SOUND + "locals {\n a = <<EOT\n" + "x\n" * 500_000),
    "broken lines": _terraform(SOUND + "= = =\n" * 100_000),
    "many quotes": _terraform(SOUND + '"' * 1_000_000),
    "many braces": _terraform(SOUND + "{" * 1_000_000),
    "carriage returns": _terraform(SOUND + "\r" * 1_000_000),
    "yaml colons": _template(f"Resources:\n{MEMBER}" + "a: " * 200_000),
    "yaml anchors": _template(f"Resources:\n{MEMBER}Metadata: [" + ", ".join(f"&a{n} x" for n in range(100_000)) + "]"),
    "yaml keys": _template(f"Resources:\n{MEMBER}Metadata: {{" + ", ".join(f"k{n}: x" for n in range(50_000)) + "}"),
    "yaml question marks": _template(f"Resources:\n{MEMBER}" + "? " * 100_000),
    "yaml directives": _template("%YAML " + "1" * 1_000_000 + f"\n---\nResources:\n{MEMBER}"),
}

SECOND = {
    "yamldecode aliases": _files({"b.yaml": _aliases(12) + "\n"}),
    "typed tuples": _files({"m/main.tf": 'variable "v" {\n  type = list(any)\n}\n' + SOUND}),
}
"""What some of them need besides."""
