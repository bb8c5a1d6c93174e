"""Configuration files: which one counts, and what is wrong with one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sglint.config.reading import ConfigurationError, find, read
from sglint.config.settings import Configuration
from sglint.config.table import PARAMETERS
from sglint.model.acceptances import Means
from sglint.policies.policy import Parameters, Severity
from sglint.reading.files import Files
from sglint.triage.terms import Terms


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(path: str, text: str = "") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def _read(text: str, path: str = ".sglint.toml") -> Configuration:
    _write(path, text)
    return read(path, Files())


def _faults(text: str, path: str = ".sglint.toml") -> list[str]:
    with pytest.raises(ConfigurationError) as error:
        _read(text, path)
    return str(error.value).split("\n")


# ---- which file counts


def test_the_nearest_file_above_the_input_counts(here: Path) -> None:
    _write(".sglint.toml")
    _write("a/b/main.tf")
    assert find("a/b/main.tf", Files()) == ".sglint.toml"
    _write("a/.sglint.toml")
    assert find("a/b", Files()) == "a/.sglint.toml"
    assert find("a", Files()) == "a/.sglint.toml"
    assert find(".", Files()) == ".sglint.toml"


def test_a_file_of_its_own_goes_before_pyproject(here: Path) -> None:
    _write("pyproject.toml", "[tool.sglint]\n")
    assert find(".", Files()) == "pyproject.toml"
    _write(".sglint.toml")
    assert find(".", Files()) == ".sglint.toml"


@pytest.mark.parametrize("text", ["", "[tool.other]\nname = 'sglint'\n", "[project]\ndependencies = ['sglint']\n"])
def test_a_pyproject_without_a_table_for_sglint_is_passed_over(here: Path, text: str) -> None:
    _write("a/pyproject.toml", text)
    _write("pyproject.toml", "[tool.sglint]\nselect = ['SG102']\n")
    assert find("a", Files()) == "pyproject.toml"


def test_the_search_ends_with_the_repository(here: Path) -> None:
    _write(".sglint.toml")
    Path("repo/.git").mkdir(parents=True)
    Path("repo/infra").mkdir()
    assert find("repo/infra", Files()) is None
    _write("repo/pyproject.toml", '[tool]\n"sglint" = {}\n')
    assert find("repo/infra", Files()) == "repo/pyproject.toml"


# ---- what it says


def test_settings_become_values(here: Path) -> None:
    found = _read(
        """
profile = "strict"
select = ["ssh-from-world", "sg105"]
severities = { SG102 = "low" }
fail-on = "never"
[parameters]
authorized-ingress = ["tcp/8443", "UDP/500"]
widest-admin-networks = [16, 48]
[[exceptions]]
policy = "ssh-from-world"
address = "aws_security_group.bastion[0]"
port = 22
peer = "offices"
reason = " reviewed "
until = 2027-03-31
[networks]
offices = ["198.51.100.0/24", "2001:db8::/48"]
"""
    )
    terms = found.change.of(Terms())
    assert (terms.profile, terms.select, terms.severities) == ("strict", ("SG102", "SG105"), {"SG102": Severity.LOW})
    assert terms.parameters.authorized_ingress == ((6, 8443), (17, 500))
    assert terms.parameters.widest_admin_networks == (16, 48)
    assert terms.parameters.max_rules == Parameters().max_rules
    (exempted,) = found.exempted
    acceptance = exempted.acceptance
    assert (acceptance.means, acceptance.policies) == (Means.EXCEPTION, ("ssh-from-world",))
    assert (acceptance.reason, acceptance.until) == ("reviewed", date(2027, 3, 31))
    assert acceptance.location.line == 9
    assert found.networks["offices"].cidrs() is not None


def test_every_parameter_of_policies_has_a_setting() -> None:
    assert {setting.key.replace("-", "_") for setting in PARAMETERS} == set(Parameters.__match_args__)


def test_the_defaults_that_are_told_are_the_parameters_own(here: Path) -> None:
    text = "\n".join(f"{setting.key} = {setting.default}" for setting in PARAMETERS if setting.default)
    assert _read(f"[parameters]\n{text}\n").change.of(Terms()).parameters == Parameters()


# ---- what is wrong with it


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("selct = []", '1:1: selct: there is no such setting; did you mean "select"?'),
        ("\n  fail-on = 'hihg'", '2:13: fail-on: "hihg" is no severity; did you mean "high"?'),
        ("fail-on = 3", "1:11: fail-on: 3 is no severity; it is one of note, low, medium, high, critical, never"),
        ("profile = 'sci'", '1:11: profile: "sci" is no profile; did you mean "cis"?'),
        (
            'select = ["SG102", "ssh-from-wrld"]',
            '1:20: select[1]: there is no policy "ssh-from-wrld"; did you mean SG102 (ssh-from-world)'
            " or SG103 (rdp-from-world) or SG112 (icmp-from-world)?",
        ),
        ("select = 'SG102'", '1:10: select: expected a list, not "SG102"'),
        ("exclude = ['a', '[z-a]']", '1:17: exclude[1]: "[z-a]" is no pattern of gitignore'),
        ("exclude = [1]", "1:12: exclude[0]: expected text in quotes, not 1"),
        ("respect-gitignore = 'yes'", '1:21: respect-gitignore: expected true or false, not "yes"'),
        ("[parameters]\nmax-ports = 0", "2:13: parameters.max-ports: expected a whole number from 1 to 65536, not 0"),
        (
            "[parameters]\nmax-ports = true",
            "2:13: parameters.max-ports: expected a whole number from 1 to 65536, not true",
        ),
        ("[parameters]\nmax-port = 1", '2:1: parameters.max-port: there is no such setting; did you mean "max-ports"?'),
        (
            "[parameters]\nwidest-admin-networks = [24]",
            "2:25: parameters.widest-admin-networks: expected 2 values, not 1",
        ),
        (
            "[parameters]\nauthorized-ingress = ['443']",
            '2:23: parameters.authorized-ingress[0]: "443" is no port of a protocol; write "tcp/443" or "udp/500"',
        ),
        ("[parameters]\ngeneric-names = '('", "2:17: parameters.generic-names: is no regular expression: "),
        ("severities = {SG102 = 'bad'}", '1:23: severities.SG102: "bad" is no severity; it is one of note'),
        ("severities = {SG1022 = 'low'}", '1:15: severities.SG1022: there is no policy "SG1022"; did you mean'),
        ("[[overrides]]\nignore = []", "1:3: overrides[0]: paths is missing"),
        ("overrides = {}", "1:13: overrides: expected a list, not a table"),
        ("[[exceptions]]\nreason = 'x'\naddress = 'a'", "1:3: exceptions[0]: policy is missing"),
        (
            "[[exceptions]]\npolicy = 'SG102'\nreason = 'x'",
            "1:3: exceptions[0]: says nothing of where; give an address",
        ),
        (
            "[[exceptions]]\npolicy = 'SG102'\naddress = 'a'\nuntil = '31.3.2027'",
            '4:9: exceptions[0].until: "31.3.2027" is no day of the form YYYY-MM-DD',
        ),
        ("[[exceptions]]\npolicy = 'SG102'\nport = 'ssh'", '3:8: exceptions[0].port: "ssh" is no port; write 22'),
        ("[[exceptions]]\npolicy = 'SG102'\nrule = 'tcp 22'", "3:8: exceptions[0].rule: ingress or egress is expected"),
        (
            "[[allow]]\nport = 443\npeer = 'world'\nattached-to = 'public-load-balancr'",
            '4:15: allow[0].attached-to: "public-load-balancr" is no kind of resource; did you mean "public-load-ba',
        ),
        ("networks = {offices = ['10.0.0.0/33']}", "1:24: networks.offices[0]: "),
        (
            "forbid = ['supressions']",
            '1:11: forbid[0]: "supressions" is no thing to forbid; did you mean "suppressions"?',
        ),
        ("[terraform]\nenvironments = {prod = 'x.tfvars'}", "2:24: terraform.environments.prod: expected a list"),
        ("select = [", "1:11: is not TOML: "),
    ],
)
def test_a_fault_is_one_line_with_place_key_and_cause(here: Path, text: str, fault: str) -> None:
    (line,) = _faults(text)
    assert line.startswith(f".sglint.toml:{fault}")


def test_there_is_no_more_of_anything_than_a_run_can_afford(here: Path) -> None:
    override = '[[overrides]]\npaths = ["a/**"]\n'
    assert _faults(override * 1001) == [".sglint.toml:1:3: overrides: expected at most 1000 values, not 1001"]
    environments = "".join(f'e{number} = ["a.tfvars"]\n' for number in range(201))
    assert _faults(f"[terraform.environments]\n{environments}") == [
        ".sglint.toml:1:12: terraform.environments: expected at most 200 values, not 201"
    ]


def test_every_fault_is_told_in_the_order_of_their_places(here: Path) -> None:
    faults = _faults("[tool.sglint]\nfail-on = 1\nselct = []\nexclude = [2]\n", "pyproject.toml")
    assert [fault.split(" ")[0] for fault in faults] == [f"pyproject.toml:{n}:" for n in ("2:11", "3:1", "4:12")]


def test_other_tables_of_a_pyproject_are_not_looked_at(here: Path) -> None:
    assert _read("[tool.other]\nfail-on = 1\n[tool.sglint]\nfail-on = 'low'\n", "pyproject.toml").fail_on == "low"


def test_a_file_that_nests_without_end_is_a_fault(here: Path) -> None:
    assert _faults(f"select = {'[' * 5000}{']' * 5000}") == [".sglint.toml:1:1: nests too deeply"]


def test_a_fault_is_one_line_whatever_the_value(here: Path) -> None:
    (line,) = _faults("profile = '''a\nb'''")
    assert 'profile: "a\\nb" is no profile' in line


def test_a_file_that_is_no_text_is_a_fault(here: Path) -> None:
    Path(".sglint.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match="UTF-16"):
        read(".sglint.toml", Files())
