"""Say what a pull request opens: in the summary of the job, and in one comment that is kept up to date.

The inputs of the action are in the environment. Nothing here fails the job: that is for the findings to do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

_PAGES = 10


def main() -> int:
    report = Path(os.environ["RUNNER_TEMP"]) / "sglint-change.md"
    report.unlink(missing_ok=True)
    # Isolated, because the working directory is a checkout that anyone may have written.
    command = [sys.executable, "-I", "-m", "sglint", "diff", *_options(), "--format=markdown", f"--output={report}"]
    command += ["--", os.environ["SGLINT_BASE"], *_lines("SGLINT_PATHS")]
    done = subprocess.run(command, capture_output=True, check=False)
    if not report.exists():
        reason = done.stderr.decode("utf-8", "replace").strip()
        _notice(f"Not compared with the base: {reason}\nThe checkout needs fetch-depth: 0.")
        return 0
    text = report.read_text(encoding="utf-8")
    changes = "```" in text
    if changes and _is_on("SGLINT_SUMMARY"):
        with open(os.environ["GITHUB_STEP_SUMMARY"], "a", encoding="utf-8") as file:
            file.write(text)
    if _is_on("SGLINT_COMMENT") and os.environ.get("SGLINT_PULL_REQUEST"):
        try:
            _comment(text, changes)
        except HTTPError as error:
            _notice(f"No comment: GitHub answered {error.code}. The job needs the permission pull-requests: write.")
        except URLError as error:
            _notice(f"No comment: {error.reason}")
    return 0


def _comment(text: str, changes: bool) -> None:
    """Bring the comment up to date, or write one where there is something to say."""
    category = os.environ.get("SGLINT_CATEGORY", "").strip()
    marker = f"<!-- sglint {sha256(category.encode()).hexdigest()[:16]} -->"
    repository = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}"
    issue = f"{repository}/issues/{int(os.environ['SGLINT_PULL_REQUEST'])}/comments"
    body = f"{marker}\n{text}"
    for comment in _comments(issue):
        # Anyone can write the marker, so the comment must be one that an app has written.
        if comment["user"]["type"] == "Bot" and comment["body"].startswith(marker):
            if comment["body"] != body:
                _call("PATCH", f"{repository}/issues/comments/{int(comment['id'])}", {"body": body})
            return
    if changes:
        _call("POST", issue, {"body": body})


def _comments(issue: str) -> Iterator[dict[str, Any]]:
    for page in range(1, _PAGES + 1):
        found: list[dict[str, Any]] = _call("GET", f"{issue}?per_page=100&page={page}")
        yield from found
        if len(found) < 100:
            return


def _call(method: str, url: str, content: object = None) -> Any:
    request = Request(url, method=method, data=None if content is None else json.dumps(content).encode())
    request.add_header("Accept", "application/vnd.github+json")
    request.add_header("Authorization", f"Bearer {os.environ['SGLINT_TOKEN']}")
    request.add_header("Content-Type", "application/json")
    request.add_header("X-GitHub-Api-Version", "2022-11-28")
    with urlopen(request, timeout=30) as answer:
        return json.load(answer)


def _options() -> Iterator[str]:
    for option in ("config", "profile", "fail-on"):
        value = os.environ.get(f"SGLINT_{option.upper().replace('-', '_')}", "").strip()
        if value:
            yield f"--{option}={value}"
    yield from _lines("SGLINT_ARGUMENTS")


def _lines(variable: str) -> list[str]:
    return [line.strip() for line in os.environ.get(variable, "").splitlines() if line.strip()]


def _is_on(variable: str) -> bool:
    return os.environ.get(variable, "").strip().lower() == "true"


def _notice(text: str) -> None:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::notice title=sglint::{escaped}")


if __name__ == "__main__":
    sys.exit(main())
