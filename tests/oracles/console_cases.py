"""The expressions of the `console` directory and the recorded answers to them.

`python -m tests.oracles.console_cases` asks Terraform again and rewrites the record.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from tests.oracles.terraform_answers import Answer, ask

CASES = Path(__file__).parent / "console"
RECORD = Path(__file__).parent / "console.json"
ROOT = "{root}"
"""What stands in the record for the directory in which expressions are evaluated."""

FILES = {
    "hello.txt": "Hello é\n".encode(),
    "latin.bin": b"\xe9\xff",
    "sub/nested.txt": b"n",
    "sub/other.md": b"o",
    "sub/deep/x.txt": b"x",
    "hello.tftpl": b"Hi ${name}!\n%{ for i in items ~}\n- ${i}\n%{ endfor ~}\n",
    "plain.tftpl": b"plain",
    "value.tftpl": b"${x}",
    "nested.tftpl": b'${upper("a")}${n + 1}${join(",", range(n))}',
}
"""What lies in that directory."""


def expressions(name: str) -> list[str]:
    """The expressions of one file: one a line, comments aside."""
    lines = (CASES / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def themes() -> list[str]:
    """The names of the files whose expressions have recorded answers."""
    return sorted(path.stem for path in CASES.glob("*.txt") if path.stem != "withheld")


def lay_out(directory: Path) -> None:
    """Puts the files there that expressions read."""
    for name, data in FILES.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def placed(answer: Answer, directory: Path) -> Answer:
    """The answer with the directory's path replaced by its stand-in."""
    return Answer(answer.type, answer.value.replace(str(directory), ROOT), answer.unknown, answer.error)


def read_record() -> dict[str, Answer]:
    """The answers of Terraform by expression."""
    record: dict[str, dict[str, object]] = json.loads(RECORD.read_text("utf-8"))
    return {expression: _read(entry) for expression, entry in record.items()}


def _read(entry: dict[str, object]) -> Answer:
    error = entry.get("error")
    if isinstance(error, list):
        return Answer(error=(str(error[0]), str(error[1])))
    return Answer(entry["type"], str(entry["value"]), entry.get("unknown", False))


def write_record(answers: Iterable[tuple[str, Answer]]) -> None:
    """The record in the order of the cases, one line each, so that a difference reads well."""
    lines = (f"{json.dumps(expression)}: {json.dumps(_entry(answer))}" for expression, answer in answers)
    RECORD.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _entry(answer: Answer) -> dict[str, object]:
    if answer.error is not None:
        return {"error": list(answer.error)}
    entry: dict[str, object] = {"type": answer.type, "value": answer.value}
    return entry | {"unknown": answer.unknown} if answer.unknown else entry


def ask_all(terraform: str, directory: Path) -> list[tuple[str, Answer]]:
    """Terraform's answers to all cases, evaluated in this directory."""
    lay_out(directory)
    asked = [expression for theme in themes() for expression in expressions(theme)]
    return [
        (expression, placed(answer, directory))
        for expression, answer in zip(asked, ask(terraform, directory, asked), strict=True)
    ]


def _main() -> None:
    from tempfile import TemporaryDirectory

    terraform = shutil.which("terraform")
    if terraform is None:
        raise SystemExit("terraform is not on the PATH")
    with TemporaryDirectory() as directory:
        write_record(ask_all(terraform, Path(directory).resolve()))


if __name__ == "__main__":
    _main()
