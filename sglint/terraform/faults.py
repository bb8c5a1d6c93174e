"""How evaluation fails where a fault must not become a value."""

from __future__ import annotations

from sglint.model.location import Problem


class EvaluationError(Exception):
    """What Terraform rejects. `blocked_by` is the expression at fault."""

    def __init__(self, problem: Problem, blocked_by: str) -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.blocked_by = blocked_by
