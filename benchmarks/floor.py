"""What cannot be done without: every file read, and each relevant one parsed once by tree-sitter or libyaml.

`python -m benchmarks.floor DIR` does that and nothing more. A file is relevant when sglint looks into it.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    import tree_sitter_hcl
    import yaml
    from tree_sitter import Language, Parser

    from sglint.execution.sieve import may_matter, template_may_matter

    parser = Parser(Language(tree_sitter_hcl.language()))
    modules: dict[str, list[bytes]] = {}
    relevant: set[str] = set()
    called: set[str] = set()
    for directory, subdirectories, names in os.walk(sys.argv[1]):
        subdirectories.sort()
        for name in names:
            if not name.endswith((".tf", ".yaml", ".tfvars")):
                continue
            with open(os.path.join(directory, name), "rb") as file:
                data = file.read()
            if name.endswith(".yaml"):
                if template_may_matter(data):
                    yaml.compose(data, Loader=yaml.CSafeLoader)
                continue
            modules.setdefault(directory, []).append(data)
            if may_matter(data):
                relevant.add(directory)
                called.update(_called(directory, data))
    for directory in relevant | (called & modules.keys()):
        for data in modules[directory]:
            parser.parse(data)


def _called(directory: str, data: bytes) -> list[str]:
    parts = data.split(b'source = "')[1:]
    sources = (part.partition(b'"')[0].decode() for part in parts)
    return [os.path.normpath(os.path.join(directory, source)) for source in sources if source.startswith(".")]


if __name__ == "__main__":
    main()
