"""`sglint` as a user runs it: what is printed where, and the exit status."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sglint.cli import main
from sglint.compliance.mapping import frameworks

OPEN = """\
resource "aws_security_group" "web" {
  name        = "web-service"
  description = "Web service"

  ingress {
    description = "admin"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = [
      "10.1.2.0/24",
      "0.0.0.0/0",
    ]
  }
}
"""
CLOSED = OPEN.replace('      "0.0.0.0/0",\n', "")
UNREADABLE = 'resource "aws_security_group" "web" {\n  name = = "web"\n}\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(directory: Path, **files: str) -> None:
    for name, text in files.items():
        path = directory / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_finding_fails_the_run_and_points_at_the_value(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, main_tf=OPEN)
    assert main(["."]) == 1
    output = capsys.readouterr()
    assert "main.tf:12:7" in output.out
    assert "SG102 ssh-from-world" in output.out
    assert output.err == ""


def test_a_clean_run_is_short(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, main_tf=CLOSED)
    assert main(["main.tf"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.parametrize("command", [["."], ["check", "."], ["main.tf"], ["main.tf", ".", "main.tf"]])
def test_a_unit_is_judged_once_however_it_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    _write(here, main_tf=OPEN)
    assert main(command) == 1
    assert capsys.readouterr().out.count("SG102 ssh-from-world") == 1


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
@pytest.mark.parametrize(("text", "status"), [(OPEN, 1), (CLOSED, 0), (UNREADABLE, 3), (OPEN + UNREADABLE, 3)])
def test_the_status_does_not_depend_on_the_format(here: Path, form: str, text: str, status: int) -> None:
    _write(here, main_tf=text)
    assert main([".", "--format", form]) == status


def test_what_could_be_read_is_reported_beside_what_could_not(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, broken_tf=UNREADABLE, main_tf=OPEN.replace('"web"', '"other"', 1))
    assert main(["."]) == 3
    output = capsys.readouterr()
    assert "SG102" in output.out
    assert output.err.startswith("sglint: broken.tf:2:10: ")
    assert len(output.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("severity", "status"), [("note", 1), ("medium", 1), ("high", 1), ("critical", 0), ("never", 0)]
)
def test_fail_on(here: Path, severity: str, status: int) -> None:
    _write(here, main_tf=OPEN)
    assert main([".", "--fail-on", severity]) == status


def test_select_and_ignore(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, main_tf=OPEN)
    assert main([".", "--select", "unauthorized-port-from-world"]) == 1
    assert "SG105" in capsys.readouterr().out
    assert main([".", "--ignore", "SG102,sg301"]) == 0
    assert main([".", "--select", "ssh-from-wrld"]) == 2
    assert "did you mean SG102 (ssh-from-world)" in capsys.readouterr().err


def test_variables(here: Path) -> None:
    _write(here, main_tf=OPEN.replace('"0.0.0.0/0",', "var.office,") + 'variable "office" {}\n')
    _write(here, prod_tfvars='office = "0.0.0.0/0"\n')
    assert main(["."]) == 0
    assert main([".", "--var", "office=0.0.0.0/0"]) == 1
    assert main([".", "--var-file", "prod.tfvars"]) == 1
    assert main([".", "--var-file", "prod.tfvars", "--var", "office=192.0.2.0/24"]) == 0


def test_standard_input(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(OPEN.encode())))
    assert main(["-"]) == 1
    assert "<stdin>/main.tf:12:7" in capsys.readouterr().out
    template = "Resources:\n  SG:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: g}\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(template.encode())))
    assert main(["-"]) == 1
    assert "<stdin>:2:3" in capsys.readouterr().out


def test_output_is_whole_or_untouched(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, main_tf=OPEN)
    assert main([".", "--format", "json", "--output", "report.json"]) == 1
    assert json.loads((here / "report.json").read_text())["summary"]["findings"] == 1
    assert capsys.readouterr().out == ""
    assert main([".", "--output", "missing/report.json"]) == 2
    assert capsys.readouterr().err == "sglint: missing/report.json cannot be written: no such file or directory\n"
    assert sorted(path.name for path in here.iterdir()) == ["main.tf", "report.json"]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["missing/"], "sglint: missing/ does not exist"),
        ([".", "--var", "office"], 'sglint: --var takes NAME=VALUE, not "office"'),
        ([".", "--var-file", "none.tfvars"], "sglint: none.tfvars is not a file"),
        ([".", "--select", "XYZ"], 'sglint: there is no policy "XYZ"; sglint policies lists them'),
        (["explain", "nothing"], 'sglint: there is no policy "nothing"; sglint policies lists them'),
    ],
)
def test_wrong_usage_is_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    _write(here, main_tf=CLOSED)
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.err.startswith(line)
    assert len(output.err.splitlines()) == 1
    assert output.out == ""


def test_contradicting_options(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main([".", "--quiet", "--verbose"])
    assert exit_.value.code == 2
    assert "not allowed with argument" in capsys.readouterr().err


def test_nothing_to_judge_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, notes_md="# notes\n", package_json="{}")
    assert main(["."]) == 0
    assert capsys.readouterr().err == "sglint: no Terraform, CloudFormation or CDK code in .\n"


def test_a_named_file_that_is_nothing_gets_one_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, package_json='{"name": "x"}', service_yaml="apiVersion: v1\nkind: Service\n")
    assert main(["package.json", "service.yaml"]) == 3
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(";")[0] for line in lines] == [
        "sglint: package.json:1:1: is nothing that sglint reads",
        "sglint: service.yaml:1:1: is nothing that sglint reads",
    ]
    assert main(["package.json", "service.yaml", "--ignore-unrelated"]) == 0


def test_bad_files(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "binary.tf").write_bytes(b"\x00\x01\x02")
    (here / "latin.tf").write_bytes("# gr\xfcn\nlocals {}\n".encode("latin-1"))
    (here / "wide.tf").write_bytes("locals {}\n".encode("utf-16"))
    (here / "empty.tf").write_bytes(b"")
    _write(here, main_tf=OPEN)
    assert main(["."]) == 3
    output = capsys.readouterr()
    assert output.err.splitlines() == [
        "sglint: binary.tf:1:1: is a binary file, not text",
        "sglint: latin.tf:1:5: byte 0xfc is not UTF-8; save it as UTF-8",
        "sglint: wide.tf:1:1: is encoded in UTF-16; save it as UTF-8",
    ]
    assert "SG102" in output.out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, main_tf=OPEN, secret_tf="locals {}\n")
    (here / "secret.tf").chmod(0)
    try:
        assert main(["."]) == 3
    finally:
        (here / "secret.tf").chmod(stat.S_IRUSR | stat.S_IWUSR)
    output = capsys.readouterr()
    assert output.err == "sglint: secret.tf:1:1: cannot be read: permission denied\n"
    assert "SG102" in output.out


def test_dump(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(here, main_tf=OPEN)
    assert main(["dump", "main.tf"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        'group aws_security_group.web name "web-service" description "Web service"  # level 2, main.tf:1:1',
        'aws_security_group.web ingress tcp 22 from 10.1.2.0/24 "admin"  # level 4, main.tf:11:7',
        'aws_security_group.web ingress tcp 22 from 0.0.0.0/0 "admin"  # level 2, main.tf:12:7',
    ]
    assert main(["dump", "main.tf", "--format", "json"]) == 0
    dumped = json.loads(capsys.readouterr().out)
    assert [rule["level"] for rule in dumped["groups"][0]["rules"]] == [4, 2]


def test_a_plan_points_at_its_source(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = Path(__file__).parents[2] / "fixtures" / "plans" / "attribute-as-block"
    assert main(["dump", str(plan / "plan.json"), "--source", str(plan)]) == 0
    assert "main.tf:16:13" in capsys.readouterr().out
    assert main(["dump", str(plan / "plan.json")]) == 0
    assert "plan.json:1:2376" in capsys.readouterr().out
    assert main(["dump", str(plan / "plan.json"), "--source", "nowhere"]) == 2
    assert capsys.readouterr().err == "sglint: nowhere is not a directory\n"


def test_explain_and_policies(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "SG102", "all-traffic-from-world"]) == 0
    output = capsys.readouterr().out
    assert "# SG102 ssh-from-world" in output
    assert "# SG101 all-traffic-from-world" in output
    assert main(["policies"]) == 0
    assert "SG307  invalid-rule" in capsys.readouterr().out
    assert main(["policies", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_the_policies_of_a_framework(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policies", "--framework", "cis-5.0"]) == 0
    assert "5.5  SG401 default-group-with-rules    EC2.2\n" in capsys.readouterr().out
    assert main(["policies", "--framework", "cis-5.0", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("framework,requirement,policy,")
    assert main(["policies", "--framework", "cis-6.0"]) == 2
    assert capsys.readouterr().err == (
        'sglint: there is no framework "cis-6.0"; did you mean cis-5.0 or cis-3.0 or cis-1.4?\n'
    )


def test_the_help_names_every_framework() -> None:
    shown = "".join(_run("policies", "--help").stdout.split())
    assert ",".join(framework.id for framework in frameworks()[:-1]) in shown
    assert f"or{frameworks()[-1].id}" in shown


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "sglint", *arguments)
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}, encoding="utf-8"
    )


def test_help_fits_eighty_columns() -> None:
    for command in ((), ("check",), ("dump",), ("explain",), ("policies",)):
        shown = _run(*command, "--help", COLUMNS="80")
        assert shown.returncode == 0
        assert max(map(len, shown.stdout.splitlines())) <= 80


def test_the_version() -> None:
    from sglint import __version__

    assert _run("--version").stdout == f"sglint {__version__}\n"


def test_a_closed_pipe_is_no_fault(here: Path) -> None:
    _write(here, main_tf=OPEN)
    shell = subprocess.run(
        f"{sys.executable} -m sglint . | head -n 1", shell=True, capture_output=True, text=True, check=False
    )
    assert shell.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_a_full_disk_is_one_line(here: Path) -> None:
    _write(here, main_tf=OPEN)
    with open("/dev/full", "w") as full:
        done = subprocess.run((sys.executable, "-m", "sglint", "."), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"sglint: standard output cannot be written: no space left on device\n"


def test_color_only_where_it_is_asked_for(here: Path) -> None:
    _write(here, main_tf=OPEN)
    assert "\x1b[" not in _run(".").stdout
    assert "\x1b[" in _run(".", "--color", "always").stdout


_SLOW = {
    *("argparse", "ast", "asyncio", "concurrent.futures", "dataclasses", "datetime", "fractions", "gettext", "hashlib"),
    *("inspect", "ipaddress", "json", "locale", "multiprocessing", "pickle", "shutil", "subprocess", "tempfile"),
    *("textwrap", "tomllib"),
}
"""What a run over one file does without. Each takes from half a millisecond to ten, of fifty for everything."""


def test_a_run_loads_only_what_it_needs(here: Path) -> None:
    _write(here, main_tf=OPEN, template_yaml="")
    script = "import sys; from sglint.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    loaded = subprocess.run(
        (sys.executable, "-c", script, "main.tf"), capture_output=True, text=True, check=False
    ).stderr.split()
    assert "tree_sitter_hcl" in loaded
    assert not {"yaml", "hcl2", "lark", "sarif_om", "cfn_tools", "re2", "rich", "attr"} & set(loaded)
    assert _SLOW.isdisjoint(loaded), sorted(_SLOW & set(loaded))
    (here / "template.yaml").write_text(
        "Resources:\n  SG:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: g}\n"
    )
    loaded = subprocess.run(
        (sys.executable, "-c", script, "template.yaml"), capture_output=True, text=True, check=False
    ).stderr.split()
    assert "yaml" in loaded
    assert not {"tree_sitter", "tree_sitter_hcl", "hcl2", "lark", "sarif_om", "re2", "rich", "attr"} & set(loaded)
    assert not {name for name in loaded if name.startswith("sglint.terraform")}
