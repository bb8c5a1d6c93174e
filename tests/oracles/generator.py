"""Terraform modules made up at random, valid and without data sources, for comparison with Terraform itself.

Each is written from a seed: variables with types, locals that build on each other, a nested module called in one of
three ways, groups with blocks, dynamic blocks and rules of their own, and expressions of functions in all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

_WORDS = ("web", "api", "db", "cache", "queue", "Admin", "OFFICE", "vpn-1")
_PROTOCOLS = ("tcp", "udp", "TCP", "6", "17", "Udp")

Expressions = list[Callable[[], str]]


class _Writer:
    """Writes expressions of one type each; names come from what has been declared so far."""

    def __init__(self, random: Random, has_late_values: bool) -> None:
        self.random = random
        self.names: dict[str, list[str]] = {kind: [] for kind in ("port", "text", "cidr", "cidrs", "bool", "ports")}
        self.has_late_values = has_late_values
        self._depth = 0

    def write(self, kind: str) -> str:
        """An expression for a port, a text, a CIDR block, a list of them, a bool, or a map of ports by name."""
        names = self.names[kind]
        if names and self.random.random() < 0.4:
            return self.random.choice(names)
        if self._depth > 2 or self.random.random() < 0.25:
            return self._literal(kind)
        self._depth += 1
        choices: Expressions = getattr(self, f"_{kind}")()
        chosen = self.random.choice(choices)()
        self._depth -= 1
        return chosen

    def _literal(self, kind: str) -> str:
        random = self.random
        if kind == "port":
            return str(random.randint(1, 9999))
        if kind == "text":
            return f'"{random.choice(_WORDS)}"'
        if kind == "cidr":
            return f'"10.{random.randint(0, 250)}.0.0/16"'
        if kind == "bool":
            return random.choice(("true", "false"))
        if kind == "ports":
            keys = random.sample(_WORDS, random.randint(0, 3))
            return "{ " + ", ".join(f'"{key}" = {random.randint(1, 9999)}' for key in keys) + " }"
        return "[" + ", ".join(self._literal("cidr") for _ in range(random.randint(1, 3))) + "]"

    def _either(self, kind: str) -> str:
        return f"({self.write('bool')} ? {self.write(kind)} : {self.write(kind)})"

    def _port(self) -> Expressions:
        w = self.write
        return [
            lambda: f"min(65535, {w('port')} + {w('port')})",
            lambda: f"max({w('port')}, {w('port')})",
            lambda: f"(1 + {w('port')} * 3 % 5000)",
            lambda: f"(length({w('text')}) + length({w('cidrs')}))",
            lambda: f"element([{w('port')}, {w('port')}], {self.random.randint(0, 5)})",
            lambda: f"try(tonumber({w('text')}), {w('port')})",
            lambda: f"parseint(tostring({w('port')}), 10)",
            lambda: f"floor({w('port')} / 2)",
            lambda: f'lookup({w("ports")}, "web", {w("port")})',
            lambda: f"sum([{w('port')} % 100, 7])",
            lambda: self._either("port"),
        ]

    def _text(self) -> Expressions:
        w = self.write
        return [
            lambda: f'"${{{w("text")}}} ${{{w("port")}}}"',
            lambda: f"upper({w('text')})",
            lambda: f"title(lower({w('text')}))",
            lambda: f'join("-", [{w("text")}, {w("text")}])',
            lambda: f'format("%s/%05d", {w("text")}, {w("port")})',
            lambda: f'replace({w("text")}, "/[0-9]+/", "N")',
            lambda: f"substr({w('text')}, 0, 3)",
            lambda: f"strrev({w('text')})",
            lambda: f'"%{{if {w("bool")}}}yes%{{else}}no%{{endif}}"',
            lambda: f'"%{{for c in {w("cidrs")}~}} ${{c}} %{{endfor~}}"',
            lambda: f'replace(jsonencode(keys({w("ports")})), "/[^a-z]/", ".")',
            lambda: self._either("text"),
        ]

    def _cidr(self) -> Expressions:
        w, random = self.write, self.random
        return [
            lambda: f'cidrsubnet("10.{random.randint(0, 200)}.0.0/16", 8, {w("port")} % 256)',
            lambda: f'"${{cidrhost("172.16.0.0/12", {w("port")})}}/32"',
            lambda: f'format("192.168.%d.0/24", {w("port")} % 250)',
            lambda: f"element({w('cidrs')}, {random.randint(0, 4)})",
            lambda: f"coalesce(null, {w('cidr')})",
            lambda: self._either("cidr"),
        ]

    def _cidrs(self) -> Expressions:
        w = self.write
        found: Expressions = [
            lambda: f"concat({w('cidrs')}, [{w('cidr')}])",
            lambda: f"distinct(flatten([{w('cidrs')}, {w('cidr')}]))",
            lambda: f"[for c in {w('cidrs')} : c]",
            lambda: (
                f'concat([for n, p in {w("ports")} : cidrsubnet("10.0.0.0/8", 8, p % 256) if n != "web"], '
                f"[{w('cidr')}])"
            ),
            lambda: f"reverse(sort({w('cidrs')}))",
            lambda: f"tolist(toset({w('cidrs')}))",
            lambda: f"slice({w('cidrs')}, 0, 1)",
            lambda: f'split(",", join(",", [{w("cidr")}, {w("cidr")}]))',
            lambda: f"jsondecode(jsonencode([{w('cidr')}]))",
            lambda: f"coalescelist([], {w('cidrs')})",
        ]
        if self.has_late_values and self._depth == 1:
            found.append(lambda: f"concat([terraform_data.late.output], {w('cidrs')})")
        return found

    def _bool(self) -> Expressions:
        w = self.write
        return [
            lambda: f"({w('port')} > {w('port')})",
            lambda: f"({w('text')} == {w('text')})",
            lambda: f"!{w('bool')}",
            lambda: f"({w('bool')} && {w('bool')} || {w('bool')})",
            lambda: f"contains({w('cidrs')}, {w('cidr')})",
            lambda: f'startswith({w("text")}, "w")',
            lambda: f"can(tonumber({w('text')}))",
            lambda: f"anytrue([for p in values({w('ports')}) : p > 5000])",
        ]

    def _ports(self) -> Expressions:
        w = self.write
        return [
            lambda: f"merge({w('ports')}, {w('ports')})",
            lambda: (
                f"{{ for n, ps in {{ for n, p in {w('ports')} : upper(n) => p... if p > 100 }} : n => sum(ps) % 9999 }}"
            ),
            lambda: f'{{ for i, c in {w("cidrs")} : "n${{i}}" => length(c) + i }}',
            lambda: f'zipmap(["a", "b"], [{w("port")}, {w("port")}])',
            lambda: f"{{ for n in toset([{w('text')}, {w('text')}]) : n => length(n) }}",
        ]

    # ---- blocks

    def declarations(self) -> str:
        """Variables and locals, each of which later ones may use."""
        lines = []
        types = {"port": "number", "text": "string", "cidr": "string", "cidrs": "list(string)", "ports": "map(number)"}
        for kind, type_ in types.items():
            name = f"{kind}_var"
            lines.append(f'variable "{name}" {{\n  type    = {type_}\n  default = {self._literal(kind)}\n}}\n')
        self._declare("var", [f"{kind}_var" for kind in types])
        for number in range(self.random.randint(3, 8)):
            kind = self.random.choice(sorted(self.names))
            lines.append(f"locals {{\n  {kind}_l{number} = {self.write(kind)}\n}}\n")
            self._declare("local", [f"{kind}_l{number}"])
        return "\n".join(lines)

    def _declare(self, root: str, names: list[str]) -> None:
        for name in names:
            self.names[name.partition("_")[0]].append(f"{root}.{name}")

    def block(self, direction: str) -> str:
        """A rule in a group: a block, or a dynamic one."""
        if self.random.random() < 0.5:
            return f"  {direction} {{\n{self._rule('    ')}  }}\n"
        iterator = self.random.choice((direction, "each_rule"))
        self.names["port"].append(f"{iterator}.value")
        self.names["text"].append(f'"${{{iterator}.key}}"')
        collection = self.write_outside("ports", iterator)
        content = self._rule("      ")
        for kind in ("port", "text"):
            self.names[kind].pop()
        named = "" if iterator == direction else f"    iterator = {iterator}\n"
        head = f'  dynamic "{direction}" {{\n    for_each = {collection}\n{named}'
        return f"{head}    content {{\n{content}    }}\n  }}\n"

    def write_outside(self, kind: str, iterator: str) -> str:
        """An expression that does not speak of an iterator."""
        while True:
            written = self.write(kind)
            if f"{iterator}." not in written:
                return written

    def _rule(self, indent: str) -> str:
        first = self.write("port")
        lines = [
            f"description = {self.write('text')}",
            f"from_port   = {first}",
            f"to_port     = {self.random.choice((first, self.write('port')))}",
            f"protocol    = {self._protocol()}",
            f"cidr_blocks = {self.write('cidrs')}",
        ]
        if self.random.random() < 0.3:
            lines.append(f"self        = {self.write('bool')}")
        return "".join(f"{indent}{line}\n" for line in lines)

    def _protocol(self) -> str:
        one, two = (f'"{self.random.choice(_PROTOCOLS)}"' for _ in range(2))
        return self.random.choice((one, f"{self.write('bool')} ? {one} : {two}", f"lower({one})"))


def write_module(directory: Path, seed: int) -> Path:
    """Write the module of a seed and give its directory."""
    random = Random(seed)
    writer = _Writer(random, has_late_values=random.random() < 0.3)
    parts = ['resource "terraform_data" "late" {\n  input = "10.0.0.0/8"\n}\n', writer.declarations()]
    parts.append(_call(writer, directory, seed))
    for number in range(random.randint(1, 3)):
        body = "".join(writer.block(random.choice(("ingress", "egress"))) for _ in range(random.randint(1, 3)))
        parts.append(
            f'resource "aws_security_group" "g{number}" {{\n  description = {writer.write("text")}\n{body}}}\n'
        )
        parts.append(_standalone(writer, number))
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "main.tf").write_text("\n".join(parts), encoding="utf-8")
    return directory


def _call(writer: _Writer, directory: Path, seed: int) -> str:
    """A nested module, called once, by count or by key; its outputs join the names."""
    inner = _Writer(Random(seed + 1_000_000), has_late_values=False)
    body = inner.declarations()
    blocks = inner.block("ingress") + inner.block("egress")
    child = directory / "child"
    child.mkdir(parents=True, exist_ok=True)
    (child / "main.tf").write_text(
        f'{body}\nresource "aws_security_group" "inner" {{\n  description = {inner.write("text")}\n{blocks}}}\n\n'
        f'output "cidrs" {{\n  value = {inner.write("cidrs")}\n}}\n\noutput "port" {{\n  value = var.port_var\n}}\n',
        encoding="utf-8",
    )
    repetition, suffix = writer.random.choice(
        (("", ""), ("  count = 2\n", "[1]"), ('  for_each = toset(["a", "b"])\n', '["b"]'))
    )
    arguments = f"  port_var = {writer.write('port')}\n  ports_var = {writer.write('ports')}\n"
    call = f'module "child" {{\n  source = "./child"\n{repetition}{arguments}}}\n'
    writer.names["cidrs"].append(f"module.child{suffix}.cidrs")
    writer.names["port"].append(f"module.child{suffix}.port")
    return call


def _standalone(writer: _Writer, number: int) -> str:
    repetition, group = writer.random.choice(
        (("", ""), ("  count = length(var.cidrs_var)\n", ""), (f"  for_each = {writer.write('ports')}\n", ""))
    )
    port = writer.write("port") + ("" if not repetition else " + count.index" if "count" in repetition else "")
    return (
        f'resource "aws_security_group_rule" "r{number}" {{\n{repetition}{group}'
        f"  security_group_id = aws_security_group.g{number}.id\n"
        f'  type              = {writer.write("bool")} ? "ingress" : "egress"\n'
        f"  description       = {'each.key' if 'for_each' in repetition else writer.write('text')}\n"
        f"  from_port         = min({port}, 65535)\n  to_port           = 65535\n"
        f'  protocol          = "tcp"\n  cidr_blocks       = {writer.write("cidrs")}\n}}\n'
    )
