"""The page about limits, from the table of settings."""

from __future__ import annotations

from sglint.config.kinds import Whole
from sglint.config.limits import LIMITS

_HEAD = """\
# Limits

A few lines can ask for more work than any machine can do, and a pull request may come from a stranger. So there is a
limit to everything that the input can make large. What lies beyond is named, as a problem (exit status 3) or as a
value that is unknown; everything else is judged. With the defaults, a run over hostile input takes seconds and less
than 500 MB.

```toml
[tool.sglint.limits]
file-bytes = 50_000_000
resources = 100_000
```

| Setting | Default | At most | What it limits |
| --- | --: | --: | --- |
"""
_TAIL = """
Nobody can take a limit away in configuration, which comes with the input: each has a ceiling.

These are fixed: alternatives of one value (64), decisions that one condition depends on (24), steps from reference to
reference (as many as 10,000 frames hold), nested stacks (12 deep), functions of CloudFormation within each other
(60), conditions that need each other (50), links within each other in a revision (40), digits and exponents of
numbers (4096), `range` (1024, as in Terraform), steps of evidence that lead to a value (100), lines of a `.gitignore`
(5,000), values of a list in configuration (10,000; overrides 1,000, environments 200). Regular expressions, those of
the configuration included, run on RE2 or are made so that they cannot backtrack: their time grows with the text
alone.
"""


def limits() -> str:
    rows = []
    for setting in LIMITS.settings:
        assert isinstance(setting.kind, Whole)
        rows.append(f"| `{setting.key}` | {int(setting.default):,} | {setting.kind.maximum:,} | {setting.summary} |\n")
    return _HEAD + "".join(rows) + _TAIL
