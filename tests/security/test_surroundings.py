"""A run comes to the same whatever system, terminal, locale and interpreter it finds itself in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
GROUP = """\
resource "aws_security_group" "web" {
  name        = "größe"
  description = "Web service"

  ingress {
    description = "admin"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = [ "10.1.2.0/24", "0.0.0.0/0" ]
  }
}
"""
TEMPLATE = """\
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: größe
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
"""
JSON_TEMPLATE = """\
{"Resources": {"Web": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "web",
 "SecurityGroupIngress": [{"CidrIp": "0.0.0.0/0", "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22}]}}}}
"""
INLINE = {
    "description": "web",
    "ingress": [{"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}],
}
BROKEN = 'locals {\n  a = = "größe"\n}\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text(GROUP, encoding="utf-8")
    (tmp_path / "größe").mkdir()
    (tmp_path / "größe" / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def _sglint(
    *arguments: str, environment: dict[str, str | None] | None = None, python: tuple[str, ...] = (), **terms: object
) -> subprocess.CompletedProcess[bytes]:
    changed = {**os.environ, **(environment or {})}
    kept = {name: value for name, value in changed.items() if value is not None}
    command = [sys.executable, *python, "-m", "sglint", *arguments]
    return subprocess.run(command, env=kept, check=False, **{"capture_output": True, **terms})  # type: ignore[call-overload, no-any-return]


SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "warnings": {"PYTHONWARNINGS": "error"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "no terminal": {"TERM": None, "COLUMNS": None},
    "dumb terminal": {"TERM": "dumb"},
    "no home": {"HOME": "/nonexistent/home", "XDG_CACHE_HOME": None},
    "unset home": {"HOME": None, "XDG_CACHE_HOME": None},
    "home is a file": {"HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null/x"},
    "C": {"LC_ALL": "C"},
    "ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ASCII streams": {"PYTHONIOENCODING": "ascii"},
    "Latin 1 streams": {"PYTHONIOENCODING": "latin-1"},
    "no locale": {"LC_ALL": "xx_XX.UTF-99", "LANG": None},
    "hash seed": {"PYTHONHASHSEED": "1"},
    "no writing of bytecode": {"PYTHONDONTWRITEBYTECODE": "1"},
    "development": {"PYTHONDEVMODE": "1"},
    "no temporary directory": {"TMPDIR": "/nonexistent"},
}


@pytest.mark.parametrize("format", ["text", "json", "markdown"])
@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_surroundings(surroundings: str, format: str, here: Path) -> None:
    expected = _sglint(".", "--format", format)
    done = _sglint(".", "--format", format, environment=SURROUNDINGS[surroundings])
    assert (done.returncode, done.stderr) == (1, b"")
    if surroundings == "ASCII":  # Python takes names of files for bytes then, and they are shown as such.
        assert done.stdout.count(b"SG102") == expected.stdout.count(b"SG102")
        assert done.stdout.decode("utf-8").count("10:36") == expected.stdout.decode("utf-8").count("10:36")
    else:
        assert done.stdout == expected.stdout


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
def test_problems_are_told_in_any_surroundings(surroundings: str, here: Path) -> None:
    (here / "broken.tf").write_text(BROKEN, encoding="utf-8")
    done = _sglint(".", environment=SURROUNDINGS[surroundings])
    assert done.returncode == 3
    assert done.stderr.startswith(b"sglint: broken.tf:2:7: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "command", [("explain", "SG102"), ("policies",), ("config",), ("--help",), ("check", "--help")]
)
@pytest.mark.parametrize("surroundings", ["ASCII", "ASCII streams", "warnings"])
def test_what_is_printed_in_any_encoding(surroundings: str, command: tuple[str, ...], here: Path) -> None:
    (here / ".sglint.toml").write_text('[networks]\n"größe" = ["10.0.0.0/8"]\n', encoding="utf-8")
    done = _sglint(*command, environment=SURROUNDINGS[surroundings])
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == _sglint(*command).stdout


@pytest.mark.parametrize("python", [("-O",), ("-OO",), ("-W", "error"), ("-X", "utf8=0"), ("-b", "-b"), ("-I",)])
def test_options_of_the_interpreter(python: tuple[str, ...], here: Path) -> None:
    assert _sglint(".", python=python).stdout == _sglint(".").stdout


@pytest.mark.parametrize(
    ("python", "environment"),
    [(("-O",), {}), (("-W", "error"), {}), ((), SURROUNDINGS["ASCII"]), ((), SURROUNDINGS["C"])],
    ids=["optimised", "warnings", "ASCII", "C"],
)
def test_all_fixtures(python: tuple[str, ...], environment: dict[str, str | None]) -> None:
    expected = _sglint(".", "--no-cache", "--format", "sarif", cwd=FIXTURES)
    found = _sglint(".", "--no-cache", "--format", "sarif", cwd=FIXTURES, python=python, environment=environment)
    assert expected.returncode == found.returncode == 3
    assert (found.stdout, found.stderr) == (expected.stdout, expected.stderr)


def test_a_terminal_that_goes_by_no_name(here: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    done = _sglint(".", environment={"TERM": None}, capture_output=False, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    os.close(ours)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("main.tf", GROUP, (10, 36, 10, 47)),
        ("t.yaml", TEMPLATE, (7, 63, 7, 72)),
        ("main.tf", "\t" + GROUP, (10, 36, 10, 47)),
    ],
)
def test_line_ends_and_byte_order_marks(
    end: str, mark: str, name: str, text: str, place: tuple[int, ...], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes((mark + text.replace("\n", end)).encode())
    report = json.loads(_sglint(name, "--format", "json", "--select", "SG102", cwd=tmp_path).stdout)
    (location,) = [each["location"] for each in report["findings"]]
    assert (location["line"], location["column"], location["end_line"], location["end_column"]) == place


CR_ONLY = {
    "t.yaml": (TEMPLATE, 7, 63),
    "t.json": (json.dumps(json.loads(JSON_TEMPLATE), indent=1) + "\n", 9, 17),
    "main.tf.json": (json.dumps({"resource": {"aws_security_group": {"web": INLINE}}}, indent=1) + "\n", 12, 8),
}


@pytest.mark.parametrize("name", CR_ONLY)
def test_carriage_returns_end_lines_of_yaml_and_json(name: str, tmp_path: Path) -> None:
    """As libyaml and JSON have it: in YAML a carriage return is a line break, in JSON it is white space."""
    text, line, column = CR_ONLY[name]
    (tmp_path / name).write_bytes(text.replace("\n", "\r").encode())
    done = _sglint(".", "--format", "json", "--select", "SG102", cwd=tmp_path)
    (location,) = [each["location"] for each in json.loads(done.stdout)["findings"]]
    assert (location["line"], location["column"]) == (line, column)
    shown = _sglint(".", "--select", "SG102", cwd=tmp_path).stdout.decode()
    assert f"{line} | {text.splitlines()[line - 1]}"[:60] in shown


def test_suppressions_in_lines_that_carriage_returns_end(tmp_path: Path) -> None:
    text = TEMPLATE.replace("0.0.0.0/0}", '0.0.0.0/0} # sglint: ignore[SG102] reason="reviewed"')
    (tmp_path / "t.yaml").write_bytes(text.replace("\n", "\r").encode())
    done = _sglint(".", "--select", "SG102", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"1 accepted finding" in done.stdout


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (GROUP.replace("\n", "\r"), "1:38"),
        (GROUP.replace('"tcp"\n', '"tcp"\r'), "7:24"),
        (GROUP.replace("Web service", "Web\rservice"), "3:21"),
        (GROUP + "# one\rtwo\n/* three\rfour */\nlocals {\r}\n", "15:9"),
    ],
)
def test_carriage_returns_end_no_lines_of_hcl(text: str, place: str, tmp_path: Path) -> None:
    """Terraform: `Invalid character: This character is not used within the language`, but in comments."""
    (tmp_path / "main.tf").write_bytes(text.encode())
    done = _sglint(".", cwd=tmp_path)
    assert done.returncode == 3
    (line,) = [line for line in done.stderr.decode().splitlines() if "carriage return" in line][:1]
    assert line.startswith(f"sglint: main.tf:{place}: a carriage return without a line feed is no line end; ")
    given = _sglint("-", cwd=tmp_path, input=text.encode())
    assert given.returncode == 3
    assert b"a carriage return without a line feed" in given.stderr


def test_carriage_returns_in_comments_of_hcl(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_bytes((GROUP + "# one\rtwo\n// a\rb\r\n/* three\rfour */\n").encode())
    assert _sglint(".", cwd=tmp_path).stderr == b""


def test_a_tab_is_one_column(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(GROUP.replace("    cidr", "\t\tcidr").replace(", ", ",\t"))
    report = json.loads(_sglint(".", "--format", "json", "--select", "SG102", cwd=tmp_path).stdout)
    assert report["findings"][0]["location"]["column"] == 34


@pytest.mark.parametrize("name", ["main.tf", "t.yaml", "t.json", "terraform.tfvars"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_is_named(name: str, encoding: str, tmp_path: Path) -> None:
    text = {"t.yaml": TEMPLATE, "t.json": '{"Resources": {"W": {"Type": "AWS::EC2::VPC"}}}'}.get(name, GROUP)
    (tmp_path / name).write_bytes(b"\xfe\xff" * (encoding == "utf-16-be") + text.encode(encoding))
    if name == "terraform.tfvars":
        (tmp_path / "main.tf").write_text(GROUP)
    done = _sglint(".", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.decode() == f"sglint: {name}:1:1: is encoded in UTF-16; save it as UTF-8\n"


def test_very_long_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer than the system takes in one piece (PATH_MAX)."""
    monkeypatch.chdir(tmp_path)
    for _ in range(25):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    Path("main.tf").write_text(GROUP)
    monkeypatch.chdir(tmp_path)
    done = _sglint(".")
    assert b"Traceback" not in done.stderr
    assert done.returncode in (1, 3)
    if done.returncode == 3:
        assert b"cannot be read: file name too long" in done.stderr
    assert _sglint("x" * 10_000).returncode == 2
    assert _sglint("x/" * 10_000).returncode == 2


def test_names_that_differ_in_case_alone(here: Path) -> None:
    """On a file system that tells them apart each is its own; names in capitals are none that Terraform reads."""
    (here / "OTHER.TF").write_text(GROUP.replace('"web"', '"other"'))
    (here / "Main.tf").write_text(GROUP.replace('"web"', '"second"'))
    out = _sglint(".").stdout
    assert b"aws_security_group.second" in out
    assert b"aws_security_group.other" not in out


def test_a_module_that_is_spelled_in_another_case_is_the_same_where_the_system_says_so(here: Path) -> None:
    (here / "modules" / "web").mkdir(parents=True)
    (here / "modules" / "web" / "main.tf").write_text(GROUP)
    (here / "main.tf").write_text('module "web" {\n  source = "./Modules/Web"\n}\n')
    is_same = (here / "Modules" / "Web").exists()
    done = _sglint(".", "--select", "SG102")
    assert done.stdout.count(b"main.tf:10:36: ") == 1
    assert (b"module.web" in done.stdout) == is_same


def test_names_that_are_no_text(here: Path) -> None:
    name = os.fsencode(here) + b"/\xff\xfe.tf"
    with open(name, "wb") as file:
        file.write(GROUP.replace('"web"', '"odd"').encode())
    for format in ("text", "json", "sarif", "github", "csv", "junit", "gitlab", "markdown", "concise"):
        done = _sglint(".", "--format", format)
        assert done.returncode == 1, done.stderr
        done.stdout.decode("utf-8")


def test_a_read_only_input(here: Path) -> None:
    for path in (here, here / "größe"):
        path.chmod(0o555)
    try:
        assert _sglint(".").returncode == 1
    finally:
        for path in (here, here / "größe"):
            path.chmod(0o755)


def test_the_working_directory_is_gone(here: Path) -> None:
    (here / "gone").mkdir()
    script = f"cd gone && rmdir ../gone && exec {sys.executable} -P -m sglint ."
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 2, 3)
    assert "Traceback" not in done.stderr
