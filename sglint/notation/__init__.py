"""One line of text for each thing of the model, written and read back."""

from sglint.notation.estates import (
    read_estate,
    read_rule,
    write_group,
    write_peer,
    write_rule,
    write_unresolved,
)
from sglint.notation.words import NotationError

__all__ = (
    "NotationError",
    "read_estate",
    "read_rule",
    "write_group",
    "write_peer",
    "write_rule",
    "write_unresolved",
)
