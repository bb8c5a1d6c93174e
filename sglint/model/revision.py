"""Which state of a repository the input was read from."""

from __future__ import annotations

from sglint.model.record import frozen


@frozen
class Revision:
    """A commit of a repository that a working tree was checked out from."""

    repository: str
    """Where it is published: an absolute URI without credentials."""
    commit: str
    """The id of the commit, 40 or 64 hexadecimal digits."""
    branch: str = ""
    """The name of the branch; empty when none is checked out."""
