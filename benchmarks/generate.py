"""Writes a corpus: `python -m benchmarks.generate monorepo DIR --files 2000`."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.cluster_tree import write_cluster_tree
from benchmarks.module_tree import write_module_tree
from benchmarks.monorepo import FILES, write_monorepo


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", choices=("modules", "cluster", "monorepo"))
    parser.add_argument("directory", type=Path)
    parser.add_argument("--files", type=int, default=FILES, help="of Terraform, in a monorepo")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.corpus == "modules":
        write_module_tree(options.directory, options.seed)
    elif options.corpus == "cluster":
        write_cluster_tree(options.directory, options.seed)
    else:
        write_monorepo(options.directory, options.files, options.seed)


if __name__ == "__main__":
    main()
