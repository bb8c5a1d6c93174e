"""The GitHub Action: its own steps, run by bash in an environment as the runner makes it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"] if "id" in step}
EXPRESSION = re.compile(r"\$\{\{ *([^}]*?) *\}\}")

OPEN = """\
resource "aws_security_group" "web" {
  name        = "web-service"
  description = "Web service"

  ingress {
    description = "admin"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"] # ::error::forged ##[error]forged
  }
}
"""

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is missing")


@dataclass(frozen=True)
class Done:
    status: int
    log: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """As much of a runner as a step sees of it."""

    def __init__(self, directory: Path) -> None:
        self.workspace = directory / "workspace"
        self.workspace.mkdir()
        self._temporary = directory / "runner temp"
        self._temporary.mkdir()

    def run(
        self,
        id: str,
        outputs: Mapping[str, str],
        inputs: Mapping[str, str] | None = None,
        github: Mapping[str, str] | None = None,
        **variables: str,
    ) -> Done:
        """One step with the outputs of those before it, by `step.name`, the inputs of the action, and the context."""
        step = STEPS[id]
        given = {name: each["default"] for name, each in ACTION["inputs"].items()} | dict(inputs or {})
        known = {f"inputs.{name}": value for name, value in given.items()}
        known |= {f"github.{name}": value for name, value in (github or {}).items()}
        known |= {f"steps.{name.replace('.', '.outputs.', 1)}": value for name, value in outputs.items()}
        files = {name: self._temporary / f"{id}-{name}" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_bytes(b"")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", ""),
            "RUNNER_TEMP": str(self._temporary),
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            **variables,
            **{name: os.environ[name] for name in os.environ if name.startswith("PIP_")},
            **{name: str(file) for name, file in files.items()},
            **{name: EXPRESSION.sub(lambda match: known[match[1]], value) for name, value in step["env"].items()},
        }
        command = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"])
        done = subprocess.run(
            command,
            cwd=self.workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        written = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        return Done(done.returncode, done.stdout, dict(line.split("=", 1) for line in written), summary)

    def compare(self, api: str, **inputs: str) -> Done:
        github = {"token": "secret", "event.pull_request.number": "7"}
        variables = {"GITHUB_API_URL": api, "GITHUB_REPOSITORY": "example/network", "NO_PROXY": "*"}
        return self.run("compare", {"install.python": sys.executable}, inputs, github, **variables)

    def check(self, **inputs: str) -> Done:
        return self.run("check", {"install.python": sys.executable}, inputs)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    runner = Runner(tmp_path)
    (runner.workspace / "main.tf").write_text(OPEN, encoding="utf-8")
    return runner


def test_findings_fail_the_step_and_reach_every_place(runner: Runner) -> None:
    done = runner.check(arguments="--select=SG102")
    assert done.status == 1
    assert done.outputs["status"] == "1"
    log = json.loads(Path(done.outputs["sarif"]).read_text(encoding="utf-8"))
    assert log["runs"][0]["results"][0]["ruleId"] == "SG102"
    assert log["runs"][0]["automationDetails"]["id"] == "sglint/"
    assert "main.tf:10:20: high SG102 ssh-from-world" in done.log
    assert done.log.splitlines()[-1].startswith("::error file=main.tf,line=10,endLine=10,col=20,")
    assert done.summary.startswith("## sglint\n\n**1 finding**: 1 high.")


def test_the_log_gives_no_commands(runner: Runner) -> None:
    (runner.workspace / "::error::forged.tf").write_text("locals {", encoding="utf-8")
    lines = runner.check().log.splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    assert re.fullmatch("[0-9a-f]{32}", token)
    end = lines.index(f"::{token}::")
    forged = [number for number, line in enumerate(lines) if "forged" in line and " file=" not in line]
    assert forged and max(forged) < end
    assert all(re.match("::(error|warning|notice) file=", line) for line in lines[end + 1 :])
    assert runner.check().log.splitlines()[0] != lines[0]


def test_what_is_switched_off_is_not_done(runner: Runner) -> None:
    done = runner.check(summary="false", annotations="false")
    assert done.status == 1
    assert done.summary == ""
    assert "::error file=" not in done.log


def test_inputs_are_arguments_and_never_commands(runner: Runner) -> None:
    attack = "main.tf; touch hacked\n$(touch hacked)\n`touch hacked`\n-x"
    done = runner.check(paths=attack, category='"; touch hacked; "', arguments="--ignore=SG102\n\n--fail-on=high")
    assert done.status == 2
    assert "does not exist" in done.log
    assert done.outputs == {"status": "2", "sarif": "", "upload": ""}
    assert done.summary == ""
    assert sorted(os.listdir(runner.workspace)) == ["main.tf"]


def test_several_paths_and_options(runner: Runner) -> None:
    (runner.workspace / "other").mkdir()
    shutil.copy(runner.workspace / "main.tf", runner.workspace / "other" / "main.tf")
    inputs = {"paths": "main.tf\n  other  \n", "fail-on": "critical", "category": "network", "profile": "strict"}
    done = runner.check(**inputs)
    assert done.status == 0
    assert done.log.count("SG102 ssh-from-world\n") == 2
    log = json.loads(Path(done.outputs["sarif"]).read_text(encoding="utf-8"))
    assert log["runs"][0]["automationDetails"]["id"] == "network/"


def test_accepted_findings_are_not_uploaded(runner: Runner) -> None:
    accepted = OPEN.replace("# ::", '# sglint: ignore[ssh-from-world] reason="a bastion" ::')
    assert accepted != OPEN
    (runner.workspace / "main.tf").write_text(accepted.split(" ::")[0] + "\n  }\n}\n", encoding="utf-8")
    done = runner.check(arguments="--select=SG102")
    assert (done.status, "1 accepted." in done.summary) == (0, True), done.log
    log, uploaded = (json.loads(Path(done.outputs[name]).read_bytes())["runs"][0] for name in ("sarif", "upload"))
    assert len(log.pop("results")) == 1
    assert uploaded.pop("results") == []
    assert log == uploaded


# ---- what a pull request opens


@dataclass
class Api:
    """As much of GitHub as comments take."""

    url: str
    comments: list[dict[str, Any]]
    calls: list[tuple[str, str]]
    refuses: bool = False


@pytest.fixture
def api() -> Iterator[Api]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            found.calls.append((self.command, self.path))
            assert self.headers["Authorization"] == "Bearer secret"
            content = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "null")
            if self.command == "POST":
                found.comments.append({"id": 100 + len(found.comments), "user": {"type": "Bot"}, **content})
            elif self.command == "PATCH":
                (comment,) = (each for each in found.comments if str(each["id"]) == self.path.rpartition("/")[2])
                comment.update(content)
            self.send_response(403 if found.refuses else 200)
            self.end_headers()
            self.wfile.write(json.dumps(found.comments).encode())

        do_GET = do_POST = do_PATCH = answer  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        found = Api(f"http://127.0.0.1:{server.server_port}", [], [])
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def pull_request(runner: Runner) -> Runner:
    """A working tree that opens ssh, with the commit before as `HEAD`."""
    module = runner.workspace / "main.tf"
    module.write_text(OPEN.replace("0.0.0.0/0", "192.0.2.0/24"), encoding="utf-8")
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "base")):
        subprocess.run(("git", *identity, *command), cwd=runner.workspace, check=True)
    module.write_text(OPEN, encoding="utf-8")
    return runner


def test_what_opens_is_posted_once_and_kept_up_to_date(pull_request: Runner, api: Api) -> None:
    forged = {"id": 1, "user": {"type": "User"}, "body": ""}
    api.comments.append(forged)
    done = pull_request.compare(api.url, base="HEAD")
    assert (done.status, done.log) == (0, "")
    assert "+ ingress tcp 22 from 0.0.0.0/0" in done.summary
    assert len(api.comments) == 2
    body = api.comments[1]["body"]
    assert re.match("<!-- sglint [0-9a-f]{16} -->\n", body)
    assert body.endswith(done.summary)

    forged["body"] = body
    api.calls.clear()
    pull_request.compare(api.url, base="HEAD")
    assert [method for method, _ in api.calls] == ["GET"]

    (pull_request.workspace / "main.tf").write_text(OPEN.replace("0.0.0.0/0", "192.0.2.0/24"), encoding="utf-8")
    assert pull_request.compare(api.url, base="HEAD").summary == ""
    assert api.calls[-1] == ("PATCH", "/repos/example/network/issues/comments/101")
    assert "0.0.0.0/0" not in api.comments[1]["body"]
    assert forged["body"] == body


def test_a_change_that_opens_nothing_is_no_comment(pull_request: Runner, api: Api) -> None:
    (pull_request.workspace / "main.tf").write_text(OPEN.replace("0.0.0.0/0", "192.0.2.0/24"), encoding="utf-8")
    done = pull_request.compare(api.url, base="HEAD")
    assert (done.log, done.summary, api.comments) == ("", "", [])


def test_without_the_permission_there_is_a_notice(pull_request: Runner, api: Api) -> None:
    api.refuses = True
    done = pull_request.compare(api.url, base="HEAD")
    assert done.status == 0
    assert done.log.startswith("::notice title=sglint::No comment: GitHub answered 403.")
    assert done.summary


def test_without_the_base_there_is_a_notice(pull_request: Runner, api: Api) -> None:
    done = pull_request.compare(api.url, base="--output=hacked")
    assert done.status == 0
    assert done.log.startswith("::notice title=sglint::Not compared with the base: ")
    assert len(done.log.splitlines()) == 1
    assert api.calls == []
    assert not (pull_request.workspace / "hacked").exists()


def test_comments_are_an_input(pull_request: Runner, api: Api) -> None:
    assert pull_request.compare(api.url, base="HEAD", comment="false").summary
    assert api.calls == []


def test_a_module_in_the_checkout_is_not_run(runner: Runner) -> None:
    for name in ("sglint.py", "json.py", "argparse.py"):
        (runner.workspace / name).write_text("raise SystemExit('hacked')\n", encoding="utf-8")
    assert "hacked" not in runner.check().log


def test_what_the_action_installs_runs(runner: Runner) -> None:
    installed = runner.run("install", {"python.python-path": sys.executable})
    assert installed.status == 0, installed.log
    python = installed.outputs["python"]
    assert Path(python).is_relative_to(runner._temporary)
    done = runner.run("check", {"install.python": python})
    assert (done.status, done.outputs["status"]) == (1, "1"), done.log


def test_no_script_holds_an_expression() -> None:
    for step in ACTION["runs"]["steps"]:
        assert not EXPRESSION.search(step.get("run", ""))


def test_every_input_is_used_and_every_expression_means_something() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    used = {name for expression in EXPRESSION.findall(text) for name in re.findall(r"inputs\.([\w-]+)", expression)}
    assert used == set(ACTION["inputs"])
    referred = set(re.findall(r"steps\.(\w+)\.outputs\.([\w-]+)", text))
    assert referred == {
        ("python", "python-path"),
        ("install", "python"),
        ("check", "status"),
        ("check", "sarif"),
        ("check", "upload"),
    }
