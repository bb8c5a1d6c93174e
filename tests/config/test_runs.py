"""Configuration in a run: what it changes, and what the command line changes of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sglint.cli import main

GROUP = """\
resource "aws_security_group" "web" {
  name        = "web-service"
  description = "Web service"

  ingress {
    description = "what it is for"
    protocol    = "tcp"
    from_port   = PORT
    to_port     = PORT
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
SSH = GROUP.replace("PORT", "22")
ALTERNATE = GROUP.replace("PORT", "9443")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def _write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def _report(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    main([*arguments, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    # What groups are attached to is another matter.
    report["findings"] = [each for each in report["findings"] if not each["policy"]["id"].startswith("SG4")]
    return report


def _found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str]]:
    report = _report(capsys, *arguments)
    return [(finding["location"]["path"], finding["policy"]["id"]) for finding in report["findings"]]


def test_select_ignore_and_severities(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("main.tf", SSH)
    _write(".sglint.toml", 'ignore = ["SG102"]\n')
    assert _found(capsys, ".") == []
    _write(".sglint.toml", 'select = ["SG105"]\n')
    assert _found(capsys, ".") == [("main.tf", "SG105")]
    _write(".sglint.toml", 'severities = { ssh-from-world = "low" }\n')
    assert _report(capsys, ".")["findings"][0]["severity"] == "low"
    assert main([".", "--select", "SG102"]) == 0
    assert main([".", "--select", "SG102", "--fail-on", "low"]) == 1


def test_the_command_line_goes_over_configuration(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("main.tf", SSH)
    _write(".sglint.toml", 'ignore = ["SG102"]\nselect = ["SG301"]\nfail-on = "never"\n')
    assert _found(capsys, ".", "--select", "SG102") == [("main.tf", "SG102")]
    assert main([".", "--select", "SG102"]) == 0
    assert main([".", "--select", "SG102", "--fail-on", "high"]) == 1
    _write(".sglint.toml", 'select = ["SG301"]\n')
    assert _found(capsys, ".", "--profile", "cis") == [("main.tf", "SG102")]
    assert _found(capsys, ".", "--no-config") == [("main.tf", "SG102")]
    _write("other.toml", 'select = ["SG105"]\n')
    assert _found(capsys, ".", "--config", "other.toml") == [("main.tf", "SG105")]


def test_ignoring_on_the_command_line_adds(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("main.tf", SSH.replace('  description = "Web service"\n', ""))
    _write(".sglint.toml", 'ignore = ["SG301"]\n')
    assert _found(capsys, ".") == [("main.tf", "SG102")]
    assert _found(capsys, ".", "--ignore", "SG102") == []


def test_parameters_of_policies(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("main.tf", ALTERNATE)
    assert ("main.tf", "SG105") in _found(capsys, ".")
    _write(".sglint.toml", '[parameters]\nauthorized-ingress = ["tcp/443", "tcp/9443"]\n')
    assert ("main.tf", "SG105") not in _found(capsys, ".")


def test_overrides_change_terms_for_some_files(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("dev", "prod", "lab"):
        _write(f"{name}/main.tf", ALTERNATE)
    _write(
        ".sglint.toml",
        """
[[overrides]]
paths = ["/dev/", "/lab/"]
parameters = { authorized-ingress = ["tcp/9443"] }
[[overrides]]
paths = ["/lab/"]
ignore = ["SG107"]
parameters = { authorized-ingress = [] }
[[overrides]]
paths = ["prod/*.tf"]
severities = { SG105 = "critical" }
""",
    )
    report = _report(capsys, ".")
    found = {(each["location"]["path"], each["policy"]["id"], each["severity"]) for each in report["findings"]}
    assert found == {("lab/main.tf", "SG105", "medium"), ("prod/main.tf", "SG105", "critical")}


def test_each_input_has_the_configuration_that_is_nearest(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("a/main.tf", SSH)
    _write("b/main.tf", SSH)
    _write("a/.sglint.toml", 'ignore = ["SG102", "SG403"]\nfail-on = "low"\n')
    _write("pyproject.toml", '[tool.sglint]\nfail-on = "critical"\n')
    assert _found(capsys, "a", "b") == [("b/main.tf", "SG102")]
    assert main(["a", "b"]) == 0
    _write("a/.sglint.toml", 'fail-on = "low"\n')
    assert main(["a", "b"]) == 1


def test_a_faulty_configuration_is_an_error_of_usage(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("main.tf", SSH)
    _write(".sglint.toml", "selct = []\n")
    for command in (["."], ["dump", "."], ["exceptions", "."], ["config"]):
        assert main(command) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert output.err == 'sglint: .sglint.toml:1:1: selct: there is no such setting; did you mean "select"?\n'


# ---- what is input


def test_excluded_paths_are_no_input_even_when_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("main.tf", "legacy/main.tf", "a/gen/x/main.tf", "a/keep/main.tf"):
        _write(path, SSH)
    _write(".sglint.toml", 'exclude = ["/legacy", "gen/"]\n')
    assert {path for path, _ in _found(capsys, ".")} == {"main.tf", "a/keep/main.tf"}
    assert _found(capsys, "legacy/main.tf", "a/gen/x") == []


def test_what_git_ignores_is_passed_over_but_not_when_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("main.tf", "build/main.tf", "a/out/main.tf", "a/b/out/main.tf"):
        _write(path, SSH)
    _write(".gitignore", "/build\n!\n[z-a]\n\\\n# main.tf\n")
    _write("a/.gitignore", "out/\n")
    _write("a/b/.gitignore", "!out/\n")
    assert {path for path, _ in _found(capsys, ".")} == {"main.tf", "a/b/out/main.tf"}
    assert {path for path, _ in _found(capsys, "a")} == {"a/b/out/main.tf"}
    assert {path for path, _ in _found(capsys, "build", "a/out/main.tf")} == {"build/main.tf", "a/out/main.tf"}
    _write(".sglint.toml", "respect-gitignore = false\n")
    assert {"build/main.tf", "a/out/main.tf"} <= {path for path, _ in _found(capsys, ".")}


def test_an_assembly_is_input_although_git_ignores_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("cdk.out/manifest.json", '{"version": "38.0.0", "artifacts": {}}')
    _write(".gitignore", "cdk.out/\n")
    assert _report(capsys, ".")["summary"]["units"] == 1
    _write(".sglint.toml", 'exclude = ["cdk.out/"]\n')
    assert _report(capsys, ".")["summary"]["units"] == 0


# ---- Terraform's environments

PORTS = SSH.replace("22", "var.port") + 'variable "port" { type = number }\nvariable "spare" { default = 1 }\n'


def _environments(capsys: pytest.CaptureFixture[str], *paths: str) -> dict[tuple[str, str], list[str]]:
    report = _report(capsys, *paths)
    return {
        (finding["location"]["path"], finding["message"].split(" is ")[0]): finding["environments"]
        for finding in report["findings"]
    }


def test_a_module_is_judged_under_each_environment(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("main.tf", PORTS)
    _write("env/dev.tfvars", "port = 22\n")
    _write("env/stage.tfvars", "port = 22\n")
    _write("env/prod.tfvars", "port = 3389\n")
    _write(
        "pyproject.toml",
        """
[tool.sglint.terraform]
environments = { dev = ["env/dev.tfvars"], stage = ["env/stage.tfvars"], prod = ["env/prod.tfvars"] }
""",
    )
    assert _environments(capsys, ".") == {
        ("main.tf", "ssh (tcp 22)"): ["dev", "stage"],
        ("main.tf", "rdp (tcp 3389)"): ["prod"],
    }
    summary = _report(capsys, ".")["summary"]
    assert (summary["units"], summary["groups"], summary["rules"]) == (1, 1, 1)
    main(["."])
    assert "      in dev, stage\n" in capsys.readouterr().out


def test_environments_may_differ_by_directory(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        _write(f"{name}/main.tf", PORTS)
        _write(f"{name}/prod.tfvars", "port = 22\n")
    _write("b/special.tfvars", "port = 23\n")
    _write("shared.tfvars", "spare = 2\n")
    _write(
        ".sglint.toml",
        """
[terraform]
variable-files = ["shared.tfvars"]
environments = { prod = ["prod.tfvars"] }
[[terraform.directories]]
paths = ["/b/"]
environments = { special = ["special.tfvars"] }
""",
    )
    found = _environments(capsys, ".")
    assert {(path, tuple(names)) for (path, _), names in found.items()} == {
        ("a/main.tf", ("prod",)),
        ("b/main.tf", ("special",)),
    }


def test_variable_files_on_the_command_line_stand_for_those_of_configuration(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write("main.tf", PORTS)
    _write("dev.tfvars", "port = 22\n")
    _write("prod.tfvars", "port = 3389\n")
    _write(".sglint.toml", '[terraform]\nenvironments = { prod = ["prod.tfvars"] }\n')
    assert _found(capsys, ".", "--var-file", "dev.tfvars") == [("main.tf", "SG102")]
    assert _found(capsys, ".", "--var", "port=22") == [("main.tf", "SG102")]
    assert _environments(capsys, ".", "--var-file", "dev.tfvars") == {("main.tf", "ssh (tcp 22)"): []}


def test_a_variable_file_that_is_nowhere_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("main.tf", SSH)
    _write(".sglint.toml", '[terraform]\nenvironments = { prod = ["prd.tfvars"] }\n')
    main(["."])
    note = "sglint: note: .sglint.toml names the variable file prd.tfvars, which no module judged here has\n"
    assert capsys.readouterr().err == note


# ---- CloudFormation's parameters

TEMPLATE = """\
Parameters:
  Peer: {Type: String}
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Web service
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref Peer, Description: admin}
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/28, Description: api}
"""


def test_parameters_of_templates(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("infra/t.yaml", TEMPLATE)
    _write("infra/open.json", '{"Parameters": {"Peer": "0.0.0.0/0"}}')
    _write("infra/.sglint.toml", '[cloudformation]\nparameter-files = ["open.json"]\n')
    assert _found(capsys, "infra") == [("infra/t.yaml", "SG102")]
    assert _found(capsys, "infra", "--parameter", "Peer=10.0.0.0/30") == []
    _write("infra/.sglint.toml", '[cloudformation]\nparameters = { Peer = "0.0.0.0/0" }\n')
    assert _found(capsys, "infra") == [("infra/t.yaml", "SG102")]
    _write("closed.json", '{"Parameters": {"Peer": "10.0.0.0/30"}}')
    assert _found(capsys, "infra", "--parameters", "closed.json") == []


# ---- names of networks, sglint config, startup


def test_messages_use_the_names_of_networks(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("main.tf", SSH.replace("0.0.0.0/0", "10.1.0.0/16"))
    _write(".sglint.toml", '[networks]\noffices = ["10.1.0.0/16"]\ncompany = ["10.0.0.0/8"]\n')
    (finding,) = _report(capsys, ".")["findings"]
    assert "open to offices (10.1.0.0/16)" in finding["message"]
    _write(".sglint.toml", '[networks]\ncompany = ["10.0.0.0/8"]\n')
    (finding,) = _report(capsys, ".")["findings"]
    assert "open to 10.1.0.0/16 (in company)" in finding["message"]


def test_what_is_in_force_is_shown_with_its_source(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write("a/b/main.tf", SSH)
    _write("a/pyproject.toml", '[tool.sglint]\nprofile = "cis"\n\n[tool.sglint.parameters]\nmax-ports = 5\n')
    assert main(["config", "a/b", "--fail-on", "high"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[:4] == [
        "# settings for a/b, a/pyproject.toml",
        'fail-on = "high" # command line',
        'profile = "cis" # a/pyproject.toml:2',
        "parameters.max-ports = 5 # a/pyproject.toml:5",
    ]
    assert "parameters.max-rules = 60 # default" in lines
    assert not any(line.startswith("profile") and line.endswith("default") for line in lines)


def test_what_the_command_line_puts_aside_is_not_shown(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(".sglint.toml", 'profile = "cis"\nselect = ["SG101"]\nignore = ["SG102"]\n')

    def keys(*arguments: str) -> list[str]:
        main(["config", *arguments])
        lines = [line for line in capsys.readouterr().out.splitlines() if not line.endswith("# default")]
        return [line.split(" = ")[0] for line in lines[1:]]

    assert keys() == ["profile", "select", "ignore"]
    assert keys("--select", "SG103") == ["select"]
    assert keys("--strict") == ["profile", "ignore"]
    assert keys("--ignore", "SG103") == ["ignore", "profile", "select", "ignore"]


def test_the_schema_accepts_what_is_accepted_and_nothing_else() -> None:
    from jsonschema import Draft202012Validator

    from sglint.config.schema import schema

    validator = Draft202012Validator(json.loads(schema()))
    Draft202012Validator.check_schema(json.loads(schema()))
    good = {
        "fail-on": "low",
        "severities": {"SG102": "low"},
        "parameters": {"authorized-ingress": ["tcp/443"]},
        "exceptions": [{"policy": "SG102", "port": 22, "reason": "x", "until": "2027-01-01"}],
        "terraform": {"environments": {"prod": ["a.tfvars"]}},
    }
    assert validator.is_valid(good)
    wrong: list[dict[str, object]] = [
        {"selct": []},
        {"fail-on": "hihg"},
        {"exceptions": [{"reason": "x"}]},
        {"parameters": {"max-ports": 0}},
    ]
    for bad in wrong:
        assert not validator.is_valid(bad)


def test_a_run_without_configuration_loads_nothing_for_it(here: Path) -> None:
    _write("main.tf", SSH)
    program = (
        "import sys; from sglint.cli import main; main(['main.tf', '--output', 'out']); "
        "print([m for m in sys.modules if m in ('tomllib', 'pathspec', 'difflib', 'datetime', 'jsonschema') "
        "or m.startswith(('sglint.config.table', 'sglint.config.kinds', 'sglint.suppressions', "
        "'sglint.triage.exceptions',))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
