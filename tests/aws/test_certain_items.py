"""Collections of which only a part is known."""

from __future__ import annotations

from pathlib import Path

from sglint.engine import understand
from sglint.notation import write_peer
from sglint.settings import Settings


def test_an_unknown_collection_still_holds_what_it_is_made_of(tmp_path: Path) -> None:
    """`concat(var.extra, ["0.0.0.0/0"])` holds the world, whatever the variable is."""
    (tmp_path / "main.tf").write_text(
        """\
variable "extra" {
  type = list(string)
}
locals {
  all = distinct(flatten([var.extra, ["0.0.0.0/0"]]))
}
resource "aws_security_group" "web" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = concat(var.extra, ["10.0.0.0/8"])
  }
  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = local.all
  }
}
""",
        encoding="utf-8",
    )
    (analysis,) = understand(Settings(paths=(str(tmp_path),))).analyses
    (group,) = analysis.estate.groups
    shown = [(write_peer(rule.peer), rule.location.line, rule.location.column) for rule in group.rules]
    assert shown == [
        ("10.0.0.0/8", 12, 38),
        ('unknown("concat(var.extra, [\\"10.0.0.0/8\\"])" blocked by "var.extra")', 12, 19),
        ("0.0.0.0/0", 18, 19),
        ('unknown("distinct(flatten([var.extra, [\\"0.0.0.0/0\\"]]))" blocked by "var.extra")', 18, 19),
    ]
