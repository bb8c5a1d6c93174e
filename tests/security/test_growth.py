"""A run takes in proportion to its input."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.security.counting import calls_of
from tests.security.growing import GROWING

_MODULE = """\
variable "port" {}
resource "aws_security_group" "m" {
  description = "m"
  ingress {
    protocol    = "tcp"
    from_port   = var.port
    to_port     = var.port
    cidr_blocks = ["0.0.0.0/0"]
  }
}
output "port" {
  value = var.port
}
"""


def _calls(kind: str, times: int, top: Path) -> int:
    directory = top / str(times)
    (directory / "m").mkdir(parents=True)
    (directory / "m" / "main.tf").write_text(_MODULE)
    if GROWING[kind].name != "main.tf":
        GROWING["groups"].write(directory, times)
    GROWING[kind].write(directory, times)
    status, calls = calls_of(str(directory), "--no-cache")
    assert status in (0, 1, 3)
    return calls


@pytest.mark.parametrize("kind", GROWING)
def test_twice_as_much_takes_twice_as_long(kind: str, tmp_path: Path) -> None:
    _calls(kind, 10, tmp_path)  # Whatever is made once.
    few, more, most = (_calls(kind, times, tmp_path) for times in (40, 80, 160))
    assert most - more < 2.6 * (more - few) + 1_000
