"""A fault of sglint's own, or of the system, takes nothing with it but what it strikes."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sglint.analysis.analysis import Analysis
from sglint.cli import main
from sglint.model.failure import failure
from sglint.model.record import replace
from sglint.policies import registry
from sglint.policies.policy import Parameters, Violation
from sglint.reading.files import Source, decode

GROUP = """\
resource "aws_security_group" "NAME" {
  name        = "NAME-service"
  description = "what it is for"

  ingress {
    description = "admin"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
TEMPLATE = """\
Resources:
  NAME:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: what it is for
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}]
"""


class Fault(Exception):
    """A fault of sglint's own."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two modules and two templates, of each one that a fault can strike."""
    monkeypatch.chdir(tmp_path)
    for name in ("good", "bad"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(GROUP.replace("NAME", name))
        (tmp_path / f"{name}.yaml").write_text(TEMPLATE.replace("NAME", name))
    return tmp_path


def _wrapped(
    monkeypatch: pytest.MonkeyPatch, place: str, name: str, is_bad: Callable[..., bool], error: Exception
) -> None:
    module = __import__(place, fromlist=[name])
    original = getattr(module, name)

    def faulty(*arguments: object, **terms: object) -> object:
        if is_bad(*arguments):
            raise error
        return original(*arguments, **terms)

    monkeypatch.setattr(module, name, faulty)


def _of_source(source: Source, *_: object) -> bool:
    return source.path.startswith("bad")


def _of_estate(*arguments: object) -> bool:
    return "bad" in repr(arguments[0])


STAGES = {
    "read Terraform": ("sglint.terraform.module", "read_file", lambda path, *_: path.startswith("bad"), "bad"),
    "read YAML": ("sglint.reading.templates", "read_yaml", _of_source, "bad.yaml"),
    "evaluate Terraform": ("sglint.terraform.evaluation", "evaluate", lambda path, *_: path == "bad", "bad"),
    "evaluate CloudFormation": (
        "sglint.cloudformation.templates",
        "evaluate",
        lambda path, *_: path == "bad.yaml",
        "bad.yaml",
    ),
    "translate Terraform": ("sglint.aws.terraform", "translate", _of_estate, "bad"),
    "translate CloudFormation": ("sglint.aws.cloudformation", "translate", _of_estate, "bad.yaml"),
    "suppressions": ("sglint.suppressions.gathering", "gathered", _of_estate, "bad"),
}


@pytest.mark.parametrize("command", ["check", "dump"])
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("error", [Fault("a\nb"), RecursionError(), MemoryError(), ValueError("x"), KeyError("y")])
def test_a_fault_in_one_unit(
    stage: str,
    error: Exception,
    command: str,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place, name, is_bad, path = STAGES[stage]
    if stage == "suppressions":
        for suppressing in ("bad", "good"):
            with (here / suppressing / "main.tf").open("a") as file:
                file.write("# sglint: ignore[SG999]\n")
        if command == "dump":
            return
    _wrapped(monkeypatch, place, name, is_bad, error)
    assert main([command, "."]) == 3
    output = capsys.readouterr()
    assert "good" in output.out
    assert "Traceback" not in output.err
    (line,) = [line for line in output.err.splitlines() if "sglint failed on it" in line]
    assert line.startswith(f"sglint: {path}")
    assert type(error).__name__ in line
    assert line.endswith("please report this")


@pytest.mark.parametrize("id_", [policy.id for policy in registry.POLICIES])
def test_a_fault_in_one_policy(
    id_: str, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = registry.find(id_)

    def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
        yield from policy.check(analysis, parameters)
        if "bad" in analysis.path:
            raise Fault

    faulty = replace(policy, check=check)
    other = "SG105" if id_ != "SG105" else "SG102"
    monkeypatch.setattr(
        "sglint.triage.terms.Terms.checked", property(lambda self: (faulty, registry.find(other))), raising=True
    )
    assert main([".", "--format", "json"]) == 3
    output = capsys.readouterr()
    found = {(each["location"]["path"], each["policy"]["id"]) for each in json.loads(output.out)["findings"]}
    for path in ("bad/main.tf", "bad.yaml"):
        assert (path, other) in found
    for path in ("good/main.tf", "good.yaml"):
        assert {(path, other), (path, policy.id)} & found
    lines = output.err.splitlines()
    assert [line.split(",")[0] for line in lines] == [
        f"sglint: {path}:1:1: not judged by {policy.id} {policy.name}" for path in ("bad", "bad.yaml")
    ]


OUTSIDE = {
    "reading the input's directories": ("sglint.discovery", "Discovery.discover", 0),
    "a file that is met": ("sglint.execution.sieve", "looks_like_plan", 2),
    "what is read of Terraform": ("sglint.execution.sieve", "may_matter", 4),
    "a dialect": ("sglint.cloudformation.templates", "exports_of", 2),
    "roots of modules": ("sglint.dialects", "_reach", 4),
    "parts": ("sglint.execution.outcome", "outermost_templates", 4),
    "levels": ("sglint.execution.outcome", "worst", 4),
    "lines": ("sglint.execution.outcome", "lines_at", 4),
    "triage": ("sglint.execution.outcome", "concluded", 4),
    "handing out": ("sglint.execution.judging", "TermsByPath", 0),
    "joining": ("sglint.execution.outcome", "joined", 4),
}
"""Where a fault can arise between units, and how many findings are told all the same."""


@pytest.mark.parametrize("place", OUTSIDE)
@pytest.mark.parametrize("error", [ValueError("a\nb"), KeyError("x"), RecursionError()], ids=repr)
def test_a_fault_outside_of_units(
    place: str, error: Exception, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: object, **__: object) -> object:
        raise error

    module, name, count = OUTSIDE[place]
    monkeypatch.setattr(f"{module}.{name}", failing)
    if place == "joining":  # It is asked for where what accepts findings cannot be told.
        monkeypatch.setattr("sglint.execution.outcome.concluded", failing)
    status = main([".", "--format", "json=report.json", "--format", "text"])
    output = capsys.readouterr()
    assert output.out.count("SG102 ssh-from-world") == count
    assert "Traceback" not in output.err
    if place == "what is read of Terraform":  # Nothing is lost by it: what cannot be told of a file is found in it.
        assert (status, output.err) == (1, "")
        return
    assert status == 3
    lines = output.err.splitlines()
    assert lines
    assert all(f"because sglint failed on it: {type(error).__name__}" in line for line in lines)
    assert all(line.endswith("; please report this") for line in lines)
    told = json.loads((here / "report.json").read_text())
    assert [problem["message"] for problem in told["problems"]]
    assert len([each for each in told["findings"] if each["policy"]["id"] == "SG102"]) == count


@pytest.mark.parametrize(
    ("arguments", "place", "count"),
    [
        ((".", "--baseline", "base.json"), "sglint.engine.understand", 0),
        ((".", "--baseline", "base.json"), "sglint.engine._triaged", 4),
        ((".", "--baseline", "base.json"), "sglint.recorded.Record.settled", 4),
        (("dump", "."), "sglint.reports.dump.render_dump", 0),
        (("graph", "."), "sglint.graph.building.build", 0),
        (("exceptions", "."), "sglint.reports.exceptions.render_exceptions", 0),
        (("diff", "good", "bad"), "sglint.reports.difference_text.render", 0),
        (("diff", "good", "bad"), "sglint.comparison.compare", 0),
        (("policies",), "sglint.reports.policies.render_policies", 0),
        (("explain", "SG102"), "sglint.policies.pages.page", 0),
        (("config",), "sglint.config.in_force.in_force", 0),
        ((".",), "sglint.cli.commands.planned", 0),
    ],
)
def test_a_fault_in_a_command(
    arguments: tuple[str, ...],
    place: str,
    count: int,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A ValueError of sglint's own is no fault of the user's."""
    assert main(["good", "--baseline", "base.json", "--update-baseline"]) == 0
    (here / "base.json").write_text('{"version": 1, "findings": [], "groups": []}')
    capsys.readouterr()

    def failing(*_: object, **__: object) -> object:
        raise ValueError("odd")

    monkeypatch.setattr(place, failing)
    assert main(list(arguments)) == 3
    output = capsys.readouterr()
    assert output.out.count("SG102 ssh-from-world") == count
    (line,) = output.err.splitlines()
    assert "ValueError: odd" in line
    assert "please report this" in line


def test_a_fault_in_writing_the_baseline(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([".", "--baseline", "base.json", "--update-baseline"]) == 0
    before = (here / "base.json").read_bytes()
    capsys.readouterr()
    _wrapped(monkeypatch, "sglint.triage.baseline_file", "write", lambda *_: True, ValueError("odd"))
    assert main([".", "--baseline", "base.json", "--update-baseline"]) == 3
    output = capsys.readouterr()
    assert "8 findings in the baseline" in output.out
    assert output.err.startswith("sglint: base.json:1:1: the baseline is not made, because sglint failed on it: Value")
    assert (here / "base.json").read_bytes() == before


def test_a_shard_that_sglint_fails_in(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        with monkeypatch.context() as changed:
            if number == 2:
                _wrapped(changed, "sglint.execution.carrying_out", "Judging", lambda *_: True, ValueError("odd"))
            main([".", "--shard", f"{number}/2", "--format", f"sarif={number}.sarif"])
    capsys.readouterr()
    assert main(["merge", "1.sarif", "2.sarif"]) == 3
    assert "ValueError: odd" in capsys.readouterr().err


def test_a_fault_in_triage(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _wrapped(monkeypatch, "sglint.execution.outcome", "concluded", lambda *_: True, Fault())
    assert main(["."]) == 3
    assert capsys.readouterr().out.count("SG102 ssh-from-world") == 4


def test_a_fault_in_a_report(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def failing(*_: object) -> str:
        raise Fault

    monkeypatch.setattr("sglint.reports.json_report.render", failing)
    assert main([".", "--format", "json=report.json", "--format", "text"]) == 3
    output = capsys.readouterr()
    assert output.out.count("SG102 ssh-from-world") == 4
    assert output.err.startswith("sglint: report.json:1:1: the report in json is not made, because sglint failed on it")
    assert not (here / "report.json").exists()


def test_a_fault_says_where_it_arose() -> None:
    with pytest.raises(AttributeError) as raised:
        decode("main.tf", None)  # type: ignore[arg-type]
    assert "(reading/files.py:" in str(failure(raised.value, "main.tf"))


# ---- the system


def _sglint(*arguments: str, **terms: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "sglint", *arguments]
    return subprocess.run(command, check=False, **{"capture_output": True, **terms})  # type: ignore[call-overload, no-any-return]


WRITERS = {
    "check": ("check", ".", "--output", "OUT"),
    "several": (".", "--format", "sarif=OUT", "--format", "text"),
    "baseline": (".", "--baseline", "OUT", "--update-baseline"),
    "dump": ("dump", ".", "--output", "OUT"),
    "graph": ("graph", ".", "--output", "OUT"),
    "exceptions": ("exceptions", ".", "--format", "csv", "--output", "OUT"),
    "diff": ("diff", "good", "bad", "--format", "json", "--output", "OUT"),
}


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS.keys())
def test_a_full_disk_leaves_what_was_there(writer: tuple[str, ...], here: Path) -> None:
    """The kernel refuses to have any file grow beyond a limit, as a full disk does."""
    old = b'{"version": 1, "findings": [], "groups": []}' if "--baseline" in writer else b"old"
    if "--baseline" in writer:
        done = _sglint(*(word.replace("OUT", "report.out") for word in writer))
        assert done.returncode in (0, 1), done.stderr
        old = (here / "report.out").read_bytes()
    (here / "report.out").write_bytes(old)
    done = _sglint(
        *(word.replace("OUT", "report.out") for word in writer),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8, 8)),
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"sglint: report.out cannot be written: ")
    assert len(done.stderr.splitlines()) == 1
    assert (here / "report.out").read_bytes() == old
    assert not list(here.glob("*.part"))


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS.keys())
def test_what_is_no_file_is_not_replaced(writer: tuple[str, ...], here: Path) -> None:
    done = _sglint(*(word.replace("OUT", "/dev/full") for word in writer))
    assert done.returncode == 2
    assert Path("/dev/full").is_char_device()


def test_output_goes_through_a_link_and_keeps_the_mode(here: Path) -> None:
    (here / "target.json").write_text("old")
    (here / "target.json").chmod(0o640)
    (here / "report.json").symlink_to("target.json")
    assert _sglint("good", "--format", "json", "--output", "report.json").returncode == 1
    assert (here / "report.json").is_symlink()
    assert json.loads((here / "target.json").read_text())["findings"]
    assert (here / "target.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("command", [(".",), ("dump", "."), ("graph", "."), (".", "--format", "sarif"), ("policies",)])
def test_a_closed_pipe_changes_no_status(command: tuple[str, ...], here: Path) -> None:
    read, written = os.pipe()
    os.close(read)
    expected = _sglint(*command).returncode
    done = _sglint(*command, capture_output=False, stdout=written, stderr=subprocess.PIPE)
    os.close(written)
    assert done.returncode == expected
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_nobody_listens_to_what_is_said(here: Path) -> None:
    (here / "broken.tf").write_text("x = = 1")
    read, written = os.pipe()
    os.close(read)
    done = _sglint(".", capture_output=False, stdout=subprocess.PIPE, stderr=written)
    os.close(written)
    assert done.returncode == 3
    assert b"SG102" in done.stdout


@pytest.mark.parametrize("descriptor", [0, 1, 2])
@pytest.mark.parametrize("command", [(".",), (".", "--output", "report.txt"), ("dump", "."), ("diff", "good", "bad")])
def test_closed_descriptors(descriptor: int, command: tuple[str, ...], here: Path) -> None:
    (here / "broken.tf").write_text("x = = 1")
    before = {path: path.read_bytes() for path in here.rglob("*.*")}
    expected = _sglint(*command)
    shell = " ".join((sys.executable, "-m", "sglint", *command, f"{descriptor}{'<' if not descriptor else '>'}&-"))
    done = subprocess.run(["sh", "-c", shell], capture_output=True, check=False)
    is_lost = descriptor == 1 and "--output" not in command
    assert done.returncode == (2 if is_lost else expected.returncode), done.stderr
    assert b"Traceback" not in done.stdout + done.stderr
    if descriptor != 1:
        assert done.stdout == expected.stdout
    if descriptor != 2 and not is_lost:
        assert done.stderr == expected.stderr
    if is_lost:
        assert done.stderr.splitlines()[-1] == b"sglint: standard output cannot be written: it is closed"
    assert all(path.read_bytes() == data for path, data in before.items())


_AS_NOBODY = """
import importlib, os, pkgutil, sys
import sglint
from sglint.cli import main
for module in pkgutil.walk_packages(sglint.__path__, "sglint."):
    if "cdk_plugin" not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
sys.stdout.flush()
kept = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
main(sys.argv[1:])  # what is loaded only when it is needed
sys.stdout.flush()
os.dup2(kept, 1)
for path in os.environ["LOCKED"].split():
    os.chmod(path, 0)
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
print("----", file=sys.stderr)
sys.exit(main(sys.argv[1:]))
"""


def _as_nobody(*arguments: str, locked: str = "") -> subprocess.CompletedProcess[str]:
    """A run by a user with no rights but everybody's. Root reads what is locked."""
    command = [sys.executable, "-c", _AS_NOBODY, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LOCKED": locked}, check=False)


@pytest.fixture
def shared(here: Path) -> Iterator[Path]:
    """The input where any user may read."""
    changed = []
    for parent in (here, *here.parents):
        if parent.stat().st_uid == os.getuid() and parent != Path("/") and parent.stat().st_mode & 0o005 != 0o005:
            changed.append((parent, parent.stat().st_mode))
            parent.chmod(parent.stat().st_mode | 0o055)
    yield here
    for parent, mode in changed:
        parent.chmod(mode)


def test_unreadable_files_and_directories(shared: Path) -> None:
    (shared / "locked").mkdir()
    (shared / "locked" / "main.tf").write_text(GROUP)
    done = _as_nobody(".", locked="locked bad/main.tf bad.yaml")
    (shared / "locked").chmod(0o755)
    assert done.returncode == 3
    assert done.stdout.count("SG102") == 2
    assert sorted(done.stderr.partition("----\n")[2].splitlines()) == [
        "sglint: ./locked:1:1: cannot be read: permission denied",
        "sglint: bad.yaml:1:1: cannot be read: permission denied",
        "sglint: bad/main.tf:1:1: cannot be read: permission denied",
    ]


def test_a_directory_that_cannot_be_written(shared: Path) -> None:
    done = _as_nobody("good", "--output", "report.txt", locked="report.txt")
    assert done.returncode == (2 if os.getuid() == 0 else 1)
    if os.getuid() == 0:
        assert done.stderr.endswith("sglint: report.txt cannot be written: permission denied\n")


def test_files_that_vanish_or_change_while_they_are_read(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sglint.reading.trees import Disk

    original = Disk.read
    seen: list[str] = []

    def read(self: Disk, path: str, most: int | None = None) -> bytes:
        data = original(self, path, most)
        seen.append(path)
        if path == "bad/main.tf":
            (here / "bad.yaml").unlink(missing_ok=True)
            (here / "bad" / "main.tf").write_text("")
        return data

    monkeypatch.setattr(Disk, "read", read)
    assert main(["."]) in (1, 3)
    assert seen.count("bad/main.tf") == 1


def test_a_directory_that_is_its_own_parent(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "good" / "loop").symlink_to(here / "good")
    (here / "good" / "self.tf").symlink_to("self.tf")
    assert main(["good"]) in (1, 3)
    assert "Traceback" not in capsys.readouterr().err


def test_a_pipe_in_the_input_is_not_waited_for(here: Path) -> None:
    os.mkfifo(here / "good" / "pipe.tf")
    os.mkfifo(here / "good" / "pipe.yaml")
    done = _sglint("good", "good/pipe.tf", timeout=60)
    assert done.returncode in (1, 3)
    assert b"SG102" in done.stdout


def test_an_interrupt_says_nothing(here: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "sglint", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What a shell starts in the background ignores interrupts, and hands that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said
