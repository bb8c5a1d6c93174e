"""A module as its directory declares it: every file read, override files merged, nothing evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from sglint.model.location import Location, Problem
from sglint.model.record import field, mutable
from sglint.reading.files import Files, Source, Unreadable
from sglint.reading.syntax import Attribute, Block, Body, File, Literal
from sglint.terraform.paths import joined
from sglint.terraform.room import Room

Labels: TypeAlias = tuple[str, ...]

_SUFFIXES = (".tofu.json", ".tf.json", ".tofu", ".tf")
_PREFERRED = {".tf": ".tofu", ".tf.json": ".tofu.json"}
_NAMED = {
    "variable": "variable",
    "output": "output",
    "module": "module call",
    "resource": "resource",
    "data": "data resource",
    "ephemeral": "ephemeral resource",
}
"""The blocks that declare something under their labels, in Terraform's words."""
_REPEATED = {
    "variable": (
        'Duplicate variable declaration: A variable named "{0}" was already declared at {first}. Variable names must '
        "be unique within a module"
    ),
    "output": (
        'Duplicate output definition: An output named "{0}" was already defined at {first}. Output names must '
        "be unique within a module"
    ),
    "module": (
        'Duplicate module call: A module call named "{0}" was already defined at {first}. Module calls must have '
        "unique names within a module"
    ),
    **{
        type_: (
            f'Duplicate {type_} "{{0}}" configuration: A {{0}} {_NAMED[type_]} named "{{1}}" was already declared at '
            "{first}. Resource names must be unique per type in each module"
        )
        for type_ in ("resource", "data", "ephemeral")
    },
}
_TWO_LABELS = frozenset({"resource", "data", "ephemeral"})


@mutable
class Module:
    """What one module directory declares. Blocks have overrides merged into them."""

    directory: str
    blocks: dict[str, dict[Labels, Block]] = field(default_factory=lambda: {type_: {} for type_ in _NAMED})
    """Variables, outputs, module calls, resources, data and ephemeral resources: by block type, then labels."""
    locals: dict[str, Attribute] = field(default_factory=dict)
    providers: dict[str, Block] = field(default_factory=dict)
    """By name, with the alias after a dot where there is one: `aws`, `aws.west`."""
    repeated: list[Block] = field(default_factory=list)
    """Resource blocks under labels that are taken already."""
    problems: list[Problem] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    """The files that it was read from."""
    is_cut: bool = False
    """Whether there was no room for some of it."""
    constants: dict[int, tuple[object, int, object]] = field(default_factory=dict)
    """What expressions without names and calls of functions came to, how many steps that took, and the expression, by
    whose identity they are found: it is the same whatever calls the module."""

    def find(self, type_: str, *labels: str) -> Block | None:
        return self.blocks[type_].get(labels)


def configuration_files(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """The files of a directory that Terraform reads, in its order: ordinary ones, then overrides.

    Hidden files and editors' backups are passed over. Beside `x.tofu`, `x.tf` is not read, as in OpenTofu.
    """
    present = {name for name in names if not name.startswith((".", "#")) and not name.endswith("~")}
    ordinary: list[str] = []
    overrides: list[str] = []
    for name in sorted(present):
        suffix = next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), None)
        if suffix is None:
            continue
        stem = name.removesuffix(suffix)
        if suffix in _PREFERRED and stem + _PREFERRED[suffix] in present:
            continue
        (overrides if stem == "override" or stem.endswith("_override") else ordinary).append(name)
    return ordinary, overrides


def load(directory: str, files: Files, at_hand: dict[str, File], room: Room) -> Module:
    """The module in a directory. Whatever of it cannot be read, or has no room, is among its problems.

    `at_hand` are files by path that were read already; they are taken from it.
    """
    module = Module(directory)
    ordinary, overrides = configuration_files(files.names(directory))
    for name in ordinary:
        for block in _top_level(joined(directory, name), files, at_hand, room, module):
            _declare(module, block)
    for name in overrides:
        for block in _top_level(joined(directory, name), files, at_hand, room, module):
            _override(module, block)
    return module


def read_file(path: str, files: Files) -> File:
    """One HCL or JSON file as a tree. Raises Unreadable as `Files.read` does."""
    source = files.read(path)
    if path.endswith(".json"):
        from sglint.reading.hcl_json import read_hcl_json

        return read_hcl_json(source)
    from sglint.reading.hcl import read_hcl

    return read_hcl(source)


def _top_level(path: str, files: Files, at_hand: dict[str, File], room: Room, module: Module) -> Iterator[Block]:
    problems = module.problems
    try:
        source = files.read(path)
        too_much = room.take(source)
        if too_much is not None:
            module.is_cut = True
            raise Unreadable(too_much)
        module.sources.append(source)
        file = at_hand.pop(path, None) or read_file(path, files)
    except Unreadable as error:
        problems.append(error.problem)
        return
    problems.extend(file.problems)
    for block in file.body.blocks:
        wanted = 2 if block.type in _TWO_LABELS else 1 if block.type in _NAMED or block.type == "provider" else None
        if wanted is None or len(block.labels) == wanted:
            yield block
            continue
        labels = f"{wanted} labels (type, name)" if wanted == 2 else f"{wanted} label (name)"
        message = f"Missing name for {block.type}: All {block.type} blocks must have {labels}"
        if len(block.labels) > wanted:
            are = "are" if wanted == 2 else "is"
            message = f"Extraneous label for {block.type}: Only {labels} {are} expected for {block.type} blocks"
        problems.append(Problem(block.location, message))


def _declare(module: Module, block: Block) -> None:
    if block.type == "locals":
        for name, attribute in block.body.attributes.items():
            first = module.locals.setdefault(name, attribute)
            if first is not attribute:
                message = (
                    f'Duplicate local value definition: A local value named "{name}" was already defined at '
                    f"{first.location}. Local value names must be unique within a module"
                )
                module.problems.append(Problem(attribute.location, message))
    elif block.type == "provider":
        module.providers.setdefault(_provider_name(block), block)
    elif block.type in _NAMED:
        first_block = module.blocks[block.type].setdefault(block.labels, block)
        if first_block is not block:
            message = _REPEATED[block.type].format(*block.labels, first=first_block.location)
            module.problems.append(Problem(block.location, message))
            if block.type == "resource":
                module.repeated.append(block)


def _override(module: Module, block: Block) -> None:
    """Merge a block of an override file, as Terraform's documentation of override files says."""
    if block.type == "locals":
        module.locals.update(block.body.attributes)
    elif block.type == "provider":
        name = _provider_name(block)
        base = module.providers.get(name)
        module.providers[name] = block if base is None else _Merged(base, block)
    elif block.type in _NAMED:
        table = module.blocks[block.type]
        if block.labels in table:
            table[block.labels] = _Merged(table[block.labels], block)
            return
        kind = _NAMED[block.type]
        message = f'There is no {kind} named "{".".join(block.labels)}". An override file can only override one that is'
        module.problems.append(Problem(block.location, f"Missing {kind} to override: {message} defined"))


def _provider_name(block: Block) -> str:
    alias = block.body.attributes.get("alias")
    expression = alias.expression if alias is not None else None
    name = block.labels[0]
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        return f"{name}.{expression.value}"
    return name


class _Merged(Block):
    """A block with what an override file changes of it."""

    __slots__ = ("_base", "_override")

    def __init__(self, base: Block, override: Block) -> None:
        super().__init__(base.type, base.labels, base.location, base.extent)
        self._base = base
        self._override = override

    def _read_body(self) -> Body:
        return _merged_body(self._base.body, self._override.body, self.extent)


def _merged_body(base: Body, override: Body, extent: Location) -> Body:
    """Arguments replace arguments; nested blocks of a type, and `dynamic` ones for it, replace all of that type."""
    replaced = {block.nested_type for block in override.blocks} | override.attributes.keys()
    if "count" in override.attributes:
        replaced.add("for_each")
    if "for_each" in override.attributes:
        replaced.add("count")
    attributes = {name: attribute for name, attribute in base.attributes.items() if name not in replaced}
    kept = (block for block in base.blocks if block.nested_type not in replaced)
    return Body({**attributes, **override.attributes}, (*kept, *override.blocks), extent)
