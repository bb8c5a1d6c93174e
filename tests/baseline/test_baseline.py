"""`--baseline` and `--update-baseline` as a user runs them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sglint.analysis.analysis import Analysis
from sglint.cli import main
from sglint.model.record import replace
from sglint.policies.policy import Parameters, Violation
from sglint.policies.registry import find
from tests.baseline.estate import group, template

WORLD, OFFICE = '"0.0.0.0/0"', '"10.1.2.0/24"'
WEB = group("web", WORLD)
CHOICE = ["--select", "SG102,SG103,SG105"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def put(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def update(*paths: str, options: tuple[str, ...] = ()) -> str:
    """Writes the baseline of some paths, and gives what it holds."""
    assert main([*(paths or (".",)), *CHOICE, "--baseline", "known.json", "--update-baseline", *options]) == 0
    return Path("known.json").read_text(encoding="utf-8")


class Report:
    """What a run with the baseline says as JSON."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        capsys.readouterr()
        self.status = main([*(arguments or (".",)), *CHOICE, "--baseline", "known.json", "--format", "json"])
        printed = capsys.readouterr()
        self.notes = printed.err.splitlines()
        self.document = json.loads(printed.out)

    @property
    def found(self) -> list[tuple[str, str, bool | None]]:
        return [
            (each["policy"]["id"], each["location"]["path"], each["baselined"]) for each in self.document["findings"]
        ]

    @property
    def is_quiet(self) -> bool:
        """Whether all that is found is known, and all that is known is found."""
        return self.status == 0 and not self.notes and not self.document["left"] and all(each[2] for each in self.found)


def test_what_the_baseline_has_fails_nothing_and_is_counted(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", WEB)
    assert main([".", *CHOICE]) == 1
    update()
    capsys.readouterr()
    assert main([".", *CHOICE, "--baseline", "known.json"]) == 0
    output = capsys.readouterr().out
    assert output == (
        "No findings. Checked 1 rule of 1 group in 1 unit.\nPrivilege levels of 1 group: level 2: 1.\n"
        "1 finding in the baseline; --verbose lists them.\n"
    )
    assert main([".", *CHOICE, "--baseline", "known.json", "--verbose"]) == 0
    output = capsys.readouterr().out
    assert "high SG102 ssh-from-world" in output
    assert "      known: it is in the baseline\n" in output


def test_what_is_new_fails(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", WEB)
    update()
    put("main.tf", WEB + group("more", WORLD))
    report = Report(capsys)
    assert report.status == 1
    assert report.found == [("SG102", "main.tf", True), ("SG102", "main.tf", False)]


def test_the_file(here: Path) -> None:
    put("a/main.tf", WEB + group("db", '"10.0.0.0/8"'))
    assert update() == (
        "{\n"
        '  "version": 1,\n'
        '  "findings": [\n'
        '    {"path": "a/main.tf", "address": "aws_security_group.web", "policy": "SG102", "name": "ssh-from-world", '
        '"rule": "aws_security_group.web ingress tcp 22 from 0.0.0.0/0"}\n'
        "  ],\n"
        '  "groups": [\n'
        '    {"path": "a/main.tf", "address": "aws_security_group.db", "level": 4},\n'
        '    {"path": "a/main.tf", "address": "aws_security_group.web", "level": 2, '
        '"world": ["tcp 22 from 0.0.0.0/0"]}\n'
        "  ]\n"
        "}\n"
    )


def test_nothing_found_is_a_baseline_too(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", "")
    assert update() == '{\n  "version": 1,\n  "findings": [],\n  "groups": []\n}\n'
    assert Report(capsys).is_quiet


def test_updating_twice_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", WEB)
    first = update()
    capsys.readouterr()
    assert update() == first
    assert capsys.readouterr().err == "sglint: note: known.json: 1 finding, none changed\n"


@pytest.mark.parametrize(
    "after",
    [
        group("a", OFFICE) + WEB,
        "# a comment\n\n\n" + WEB,
        WEB.replace('["0.0.0.0/0"]', '[\n      "0.0.0.0/0",\n    ]'),
        WEB.replace("what it serves", "what it serves, said better"),
        WEB.replace("    from_port   = 22\n", "").replace("    to_port", "    from_port   = 22\n    to_port"),
    ],
    ids=["another-group-above", "lines-above", "list-over-lines", "description", "reordered-arguments"],
)
def test_it_survives_what_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str], after: str) -> None:
    put("main.tf", WEB)
    update()
    put("main.tf", after)
    assert Report(capsys).is_quiet


def test_it_survives_reordering(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", WEB + group("other", WORLD))
    update()
    put("main.tf", group("other", WORLD) + WEB)
    assert Report(capsys).is_quiet


def test_it_survives_a_template_that_is_renamed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("web.yaml", template("0.0.0.0/0"))
    update()
    Path("web.yaml").rename("moved.yaml")
    assert Report(capsys).is_quiet


@pytest.mark.parametrize(
    ("old", "new"),
    [("main.tf", "web.tf"), ("a/main.tf", "b/main.tf"), ("a/b/main.tf", "main.tf"), ("a/main.tf", "c/d/groups.tf")],
)
def test_a_moved_file_keeps_its_entries(here: Path, capsys: pytest.CaptureFixture[str], old: str, new: str) -> None:
    put(old, WEB)
    update()
    Path(old).unlink()
    put(new, WEB)
    assert Report(capsys).is_quiet
    text = update()
    assert new in text and f'"{old}"' not in text


def test_a_renamed_parent_keeps_all_entries_below(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        put(f"live/{name}/main.tf", WEB + group(name, WORLD))
    update()
    Path("live").rename("stacks")
    assert Report(capsys).is_quiet
    assert Report(capsys, "stacks").is_quiet


def test_a_moved_module_keeps_its_entries(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("modules/web/main.tf", WEB)
    put("live/main.tf", 'module "web" {\n  source = "../modules/web"\n}\n')
    update()
    Path("modules").rename("library")
    put("live/main.tf", 'module "web" {\n  source = "../library/web"\n}\n')
    assert Report(capsys).is_quiet


def test_a_resource_that_moves_within_its_module_keeps_its_entries(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("main.tf", WEB + group("other", OFFICE))
    update()
    put("main.tf", group("other", OFFICE))
    put("web.tf", WEB)
    assert Report(capsys).is_quiet


def test_the_same_mistake_elsewhere_is_no_move(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("dev/main.tf", WEB)
    put("prod/main.tf", group("web", OFFICE))
    update()
    put("dev/main.tf", group("web", OFFICE))
    put("prod/main.tf", WEB)
    report = Report(capsys)
    assert report.status == 1
    assert report.found == [("SG102", "prod/main.tf", False)]
    assert [each["path"] for each in report.document["left"]] == ["dev/main.tf"]


def test_a_copy_is_no_move(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("a/main.tf", WEB)
    update()
    put("b/main.tf", WEB)
    report = Report(capsys)
    assert report.found == [("SG102", "a/main.tf", True), ("SG102", "b/main.tf", False)]


def test_one_file_that_becomes_two_is_known_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("a/main.tf", WEB)
    update()
    Path("a/main.tf").unlink()
    put("b/main.tf", WEB)
    put("c/main.tf", WEB)
    assert [known for *_, known in Report(capsys).found] == [True, False]


def test_equal_findings_are_counted(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = WEB[WEB.index("  ingress") : -2]
    put("main.tf", WEB.replace(rule, rule * 2))
    assert '"count": 2' in update()
    put("main.tf", WEB.replace(rule, rule * 3))
    assert [known for *_, known in Report(capsys).found] == [True, True, False]
    put("main.tf", WEB)
    report = Report(capsys)
    assert len(report.document["left"]) == 1
    assert report.notes == ["sglint: note: known.json: 1 finding left; run --update-baseline"]


def test_another_caller_of_a_module_is_not_known(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("modules/web/main.tf", 'variable "cidr" {}\n' + group("web", "var.cidr"))
    call = 'module "web" {\n  source = "../../modules/web"\n  cidr   = "%s"\n}\n'
    put("live/dev/main.tf", call % "0.0.0.0/0")
    put("live/prod/main.tf", call % "10.1.2.0/24")
    assert '"unit": "live/dev"' in update()
    assert Report(capsys).is_quiet
    put("live/prod/main.tf", call % "0.0.0.0/0")
    report = Report(capsys)
    assert report.status == 1
    assert sorted(bool(known) for *_, known in report.found) == [False, True]


def test_another_environment_is_not_known(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(".sglint.toml", '[terraform]\nenvironments = { dev = ["dev.tfvars"], prod = ["prod.tfvars"] }\n')
    put("main.tf", 'variable "cidr" {}\n' + group("web", "var.cidr"))
    put("dev.tfvars", 'cidr = "0.0.0.0/0"\n')
    put("prod.tfvars", 'cidr = "10.1.2.0/24"\n')
    text = update()
    assert '"environments": ["dev"]' in text
    put("prod.tfvars", 'cidr = "0.0.0.0/0"\n')
    report = Report(capsys)
    assert sorted((each["environments"], each["baselined"]) for each in report.document["findings"]) == [
        (["dev"], True),
        (["prod"], False),
    ]
    assert '"environments": ["dev", "prod"]' in update()
    assert Report(capsys).is_quiet


def test_an_instance_of_a_module_is_known_by_its_address(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("web/main.tf", WEB)
    put("main.tf", 'module "web" {\n  source   = "./web"\n  for_each = toset(["b"])\n}\n')
    update()
    put("main.tf", 'module "web" {\n  source   = "./web"\n  for_each = toset(["a", "b"])\n}\n')
    report = Report(capsys)
    assert [(each["address"], each["baselined"]) for each in report.document["findings"]] == [
        ('module.web["a"].aws_security_group.web', False),
        ('module.web["b"].aws_security_group.web', True),
    ]


@pytest.mark.parametrize("spelling", [".", "./", "a", "a/main.tf", "./a/../a", "{here}", "{here}/a/main.tf"])
def test_the_way_a_path_is_typed_does_not_matter(here: Path, capsys: pytest.CaptureFixture[str], spelling: str) -> None:
    put("a/main.tf", WEB)
    update()
    assert Report(capsys, spelling.format(here=here)).is_quiet


def test_paths_count_from_the_baseline(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a/main.tf", WEB)
    Path("b").mkdir()
    assert main([".", *CHOICE, "--baseline", "b/known.json", "--update-baseline"]) == 0
    assert '"path": "../a/main.tf"' in Path("b/known.json").read_text()
    monkeypatch.chdir(here / "a")
    assert main(["main.tf", *CHOICE, "--baseline", str(here / "b/known.json")]) == 0


def test_standard_input(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    give(WEB)
    assert '"path": "<stdin>/main.tf"' in update("-")
    give(WEB)
    assert Report(capsys, "-").is_quiet
    give(group("other", WORLD))
    assert Report(capsys, "-").status == 1


def test_a_part_of_the_input_says_nothing_of_the_rest(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("a/main.tf", WEB)
    put("b/main.tf", WEB)
    whole = update()
    assert Report(capsys, "a").is_quiet
    put("a/main.tf", group("web", OFFICE))
    report = Report(capsys, "a/main.tf")
    assert [each["path"] for each in report.document["left"]] == ["a/main.tf"]
    text = update("a")
    assert "b/main.tf" in text and text != whole
    assert Report(capsys).is_quiet


def test_policies_that_are_not_asked_for_stay(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", WEB)
    before = update()
    assert main([".", "--select", "SG103", "--baseline", "known.json", "--update-baseline"]) == 0
    assert Path("known.json").read_text() == before
    assert "left" not in capsys.readouterr().err


def test_a_deleted_file_leaves(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("a/main.tf", WEB)
    put("b/main.tf", WEB + group("own", WORLD))
    update()
    Path("b/main.tf").unlink()
    report = Report(capsys)
    assert report.status == 0
    assert report.notes == ["sglint: note: known.json: 2 findings left; run --update-baseline"]
    assert "b/main.tf" not in update()


def test_nothing_is_dropped_while_something_cannot_be_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", WEB)
    update()
    before = Path("known.json").read_text()
    put("main.tf", 'resource "aws_security_group" "web" {\n  name = = 1\n}\n')
    assert main([".", *CHOICE, "--baseline", "known.json", "--update-baseline"]) == 3
    assert json.loads(Path("known.json").read_text())["findings"] == json.loads(before)["findings"]


def test_what_is_accepted_is_not_in_the_baseline(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    comment = '# sglint: ignore[ssh-from-world] reason="reviewed" until=2999-01-01\n    cidr_blocks'
    put("main.tf", WEB.replace("cidr_blocks", comment))
    assert json.loads(update())["findings"] == []
    put("main.tf", WEB.replace("cidr_blocks", comment.replace("2999", "2001")))
    report = Report(capsys)
    assert report.status == 1 and report.found == [("SG102", "main.tf", False)]


@pytest.mark.parametrize("comment", ["", ' reason="r" until=2001-01-01', ' reason="r" by=me'])
def test_a_suppression_that_does_not_hold_is_never_hidden(
    here: Path, capsys: pytest.CaptureFixture[str], comment: str
) -> None:
    put("main.tf", WEB.replace("cidr_blocks", f"# sglint: ignore[ssh-from-world]{comment}\n    cidr_blocks"))
    main([".", "--baseline", "known.json", "--update-baseline"])
    entries = json.loads(Path("known.json").read_text())["findings"]
    assert "SG102" in {each["policy"] for each in entries}
    assert not [each for each in entries if each["policy"].startswith("SG9")]
    capsys.readouterr()
    assert main([".", "--baseline", "known.json", "--fail-on", "low", "--format", "concise"]) == 1
    assert "SG90" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "known.json does not exist; --update-baseline writes it"),
        ("", "known.json:1:1: is not JSON: expecting value"),
        ("{\n<<<<<<< HEAD\n", "known.json:2:1: is not JSON: expecting property name enclosed in double quotes"),
        ("[]", "known.json: is no baseline of sglint: it has no version"),
        ('{"version": 2}', "known.json: is of version 2, and this sglint reads version 1"),
        ('{"version": true}', "known.json: is of version true, and this sglint reads version 1"),
        ('{"version": 1, "findings": {}}', "known.json: is no baseline of sglint: findings is no list"),
        ('{"version": 1, "findings": [1]}', "known.json: is no baseline of sglint: findings[0] is no object"),
        ('{"version": 1, "findings": [{}]}', "known.json: is no baseline of sglint: findings[0].path is missing"),
        (
            '{"version": 1, "findings": [{"path": "a", "policy": 1}]}',
            "known.json: is no baseline of sglint: findings[0].policy is no text",
        ),
        (
            '{"version": 1, "findings": [{"path": "a", "policy": "SG102", "count": 0}]}',
            "known.json: is no baseline of sglint: findings[0].count is no number of findings",
        ),
        (
            '{"version": 1, "groups": [{"path": "a", "address": "b", "level": 6}]}',
            "known.json: is no baseline of sglint: groups[0].level is no level from 1 to 5",
        ),
        (
            '{"version": 1, "groups": [{"path": "a", "address": "b", "world": ["tcp 22 from 10.0.0.0/8"]}]}',
            'known.json: is no baseline of sglint: groups[0].world: "tcp 22 from 10.0.0.0/8": '
            "it is not about ingress from 0.0.0.0/0 or ::/0",
        ),
    ],
)
def test_a_baseline_that_cannot_be_used_is_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], text: str | None, message: str
) -> None:
    put("main.tf", WEB)
    if text is not None:
        put("known.json", text)
    assert main([".", "--baseline", "known.json"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == f"sglint: {message}\n"
    if text is not None:
        assert main([".", "--baseline", "known.json", "--update-baseline"]) == 2
        assert Path("known.json").read_text() == text


def test_a_binary_baseline(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", WEB)
    Path("known.json").write_bytes(b"\x00\x01")
    assert main([".", "--baseline", "known.json"]) == 2
    assert capsys.readouterr().err.startswith("sglint: known.json:1:1: is a binary file")


@pytest.mark.parametrize("option", ["--update-baseline", "--ratchet"])
def test_options_that_take_a_baseline(here: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    put("main.tf", WEB)
    assert main([".", option]) == 2
    assert capsys.readouterr().err == f"sglint: {option} takes --baseline FILE, or a baseline in the configuration\n"


def test_a_baseline_that_cannot_be_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", WEB)
    assert main([".", "--baseline", "nowhere/known.json", "--update-baseline"]) == 2
    assert capsys.readouterr().err == "sglint: nowhere/known.json cannot be written: no such file or directory\n"
    assert sorted(os.listdir()) == [".git", "main.tf"]


def test_the_configuration_names_it(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("pyproject.toml", '[tool.sglint]\nbaseline = "ci/known.json"\n')
    put("ci/x", "")
    put("a/main.tf", WEB)
    assert main(["."]) == 2
    assert capsys.readouterr().err == "sglint: ci/known.json does not exist; --update-baseline writes it\n"
    assert main(["dump", "."]) == 0
    assert main([".", "--update-baseline"]) == 0
    assert main(["."]) == 0
    monkeypatch.chdir(here / "a")
    assert main(["main.tf"]) == 0
    capsys.readouterr()
    assert main(["config"]) == 0
    assert 'baseline = "ci/known.json"' in capsys.readouterr().out
    assert main(["main.tf", "--no-config"]) == 1


def test_two_projects_with_one_baseline(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        put(f"{name}/.sglint.toml", "")
        put(f"{name}/main.tf", WEB)
    text = update("a", "b")
    assert "a/main.tf" in text and "b/main.tf" in text
    assert Report(capsys, "a", "b").is_quiet
    put("b/main.tf", group("web", OFFICE))
    assert [each["path"] for each in Report(capsys, "a", "b").document["left"]] == ["b/main.tf"]
    assert "b/main.tf" not in [each["path"] for each in json.loads(update("a", "b"))["findings"]]


def test_sarif_says_what_is_new_unchanged_and_absent(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", WEB + group("gone", WORLD))
    update()
    put("main.tf", WEB + group("new", WORLD))
    capsys.readouterr()
    assert main([".", *CHOICE, "--baseline", "known.json", "--format", "sarif"]) == 1
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    address = ("locations", 0, "logicalLocations", 0, "fullyQualifiedName")
    assert [(_at(each, *address), each["baselineState"], each["level"]) for each in results] == [
        ("aws_security_group.web", "unchanged", "error"),
        ("aws_security_group.new", "new", "error"),
        ("aws_security_group.gone", "absent", "none"),
    ]
    assert _at(results[2], "locations", 0, "physicalLocation", "artifactLocation", "uri") == "main.tf"


def _at(value: object, *path: str | int) -> object:
    for part in path:
        value = value[part]  # type: ignore[index]
    return value


def test_the_other_formats(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("main.tf", WEB)
    update()
    options = [".", *CHOICE, "--baseline", "known.json"]
    said = {}
    for form in ("concise", "markdown", "github", "gitlab", "junit", "csv"):
        capsys.readouterr()
        assert main([*options, "--format", form]) == 0
        said[form] = capsys.readouterr().out
    assert said["concise"] == said["github"] == ""
    assert json.loads(said["gitlab"]) == []
    assert "**No findings.**" in said["markdown"] and "1 in the baseline." in said["markdown"]
    assert '<skipped message="in the baseline: ssh' in said["junit"]
    assert said["csv"].splitlines()[1].startswith("baselined,high,SG102")
    assert main([*options, "--format", "concise", "--verbose"]) == 0
    assert "(in the baseline)" in capsys.readouterr().out


def test_only_what_changed_beside_a_baseline(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.diff.test_revisions import commit, git

    Path(".git").rmdir()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("init", "--quiet")
    put("a/main.tf", WEB)
    put("b/main.tf", WEB)
    update()
    commit()
    put("b/main.tf", group("web", OFFICE))
    report = Report(capsys, ".", "--changed-since", "HEAD")
    assert report.found == []
    assert [each["path"] for each in report.document["left"]] == ["b/main.tf"]
    text = update(options=("--changed-since", "HEAD"))
    assert [each["path"] for each in json.loads(text)["findings"]] == ["a/main.tf"]


def test_in_sarif_every_result_says_whether_it_is_suppressed_or_none_does(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def suppressions() -> list[object]:
        capsys.readouterr()
        main([".", "--baseline", "known.json", *CHOICE, "--format", "sarif"])
        return [each.get("suppressions") for each in json.loads(capsys.readouterr().out)["runs"][0]["results"]]

    put("main.tf", WEB + group("other", WORLD))
    update()
    assert suppressions() == [None, None]
    comment = '# sglint: ignore[ssh-from-world] reason="reviewed"\n    cidr_blocks'
    put("main.tf", WEB.replace("cidr_blocks", comment) + group("other", WORLD))
    one, other, absent = suppressions()
    assert one and other == [] and absent == []


@pytest.mark.parametrize("accepted", ["", '  # sglint: ignore[SG105] reason="why not"\n'])
def test_what_sglint_fails_on_is_not_forgotten(here: Path, monkeypatch: pytest.MonkeyPatch, accepted: str) -> None:
    put("main.tf", WEB + accepted)
    known = update()
    assert "SG102" in known
    policy = find("SG102")

    def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
        yield from ()
        raise RuntimeError("on purpose")

    faulty = replace(policy, check=check)
    monkeypatch.setattr("sglint.triage.terms.Terms.checked", property(lambda self: (faulty, find("SG105"))))
    assert main([".", *CHOICE, "--baseline", "known.json", "--update-baseline"]) == 3
    assert Path("known.json").read_text(encoding="utf-8") == known
