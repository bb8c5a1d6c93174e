"""The limits as settings. Each has a ceiling: configuration comes with the input, and must not take them away."""

from __future__ import annotations

from sglint.config.kinds import Setting, Table, Whole
from sglint.model.limits import Limits

_CEILINGS = {
    "file-bytes": (
        1_000_000_000,
        "Bytes of one file that is read. What a larger one holds is not judged.",
    ),
    "tokens": (
        20_000_000,
        "Signs and lines of the HCL of one root module, with all modules that it calls. Files beyond are not judged.",
    ),
    "files": (
        100_000_000,
        "Files that are met below the inputs. Those beyond are not judged.",
    ),
    "nodes": (
        100_000_000,
        "Values and keys of one YAML or JSON document. What a larger one holds is not judged.",
    ),
    "document-depth": (100, "Levels of YAML or JSON within each other. A deeper document is not read."),
    "expression-depth": (250, "Levels of brackets and blocks within each other in HCL. A deeper file is not read."),
    "text": (100_000_000, "Characters that a function or a template makes. A longer text is unknown."),
    "items": (1_000_000, "Items that a function makes. A longer collection is unknown."),
    "values": (
        20_000_000,
        "Values that a template, or one value of Terraform, comes to with all that is repeated. Beyond, it is unknown.",
    ),
    "steps": (
        1_000_000_000,
        "Expressions that are evaluated for one Terraform root module. What is left after them is unknown.",
    ),
    "instances": (
        1_000_000,
        "Instances of one block by `count`, `for_each` or `dynamic`. Where there are more, one stands for all.",
    ),
    "resources": (1_000_000, "Resources of one Terraform root module. Those beyond are not judged."),
    "modules": (1_000_000, "Instances of modules in one Terraform root module. Those beyond are not judged."),
    "rules": (
        10_000_000,
        "Rules of one unit; as many groups that its resources carry, and targets of its listeners. Those beyond are "
        "not judged.",
    ),
    "pairs": (
        1_000_000_000,
        "Pairs of rules of one unit that are compared with each other. What more of them come to together is not "
        "judged.",
    ),
    "repetitions": (1_000_000, "Entries that the `Fn::ForEach` of one template make. Those beyond are not judged."),
    "stacks": (100_000, "Nested stacks of one template. Those beyond are not judged."),
}
"""Of each limit the highest it can be set to, and what it means."""


def _setting(field: str, default: int) -> Setting:
    key = field.replace("_", "-")
    ceiling, summary = _CEILINGS[key]
    return Setting(key, Whole(1, ceiling), summary, str(default))


LIMITS = Table(tuple(_setting(name, getattr(Limits(), name)) for name in Limits.__match_args__), Limits)
