"""Every function of the Terraform language, as `terraform metadata functions` of 1.11 lists them.

The parameters are Terraform's own: their names show in messages, their types say to what arguments are converted.
"""

from __future__ import annotations

from sglint.model.record import frozen
from sglint.terraform.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, SetOf, Type


@frozen
class Parameter:
    """`nullable` parameters take null; for `unknown` ones the implementation itself deals with an unknown argument."""

    name: str
    type: Type
    nullable: bool = False
    unknown: bool = False


@frozen
class Function:
    """How one function is called.

    `theme` names the module that implements it, "" where none does. `withheld` says why a plan, or sglint, does not
    know the result. `is_special` functions are part of the evaluator, for they see expressions and not values.
    `partial` ones work on collections with undecided items; the others only on what is decided at every depth.
    """

    theme: str
    parameters: tuple[Parameter, ...] = ()
    rest: Parameter | None = None
    partial: bool = False
    withheld: str = ""
    is_special: bool = False


def _in(theme: str, *parameters: Parameter, rest: Parameter | None = None, partial: bool = False) -> Function:
    return Function(theme, parameters, rest, partial)


def _withheld(reason: str, *parameters: Parameter, rest: Parameter | None = None) -> Function:
    return Function("", parameters, rest, withheld=reason)


def _special(*parameters: Parameter, rest: Parameter | None = None) -> Function:
    return Function("", parameters, rest, is_special=True)


FUNCTIONS: dict[str, Function] = {
    "abs": _in("numeric", Parameter("num", NUMBER)),
    "abspath": _in("filesystem", Parameter("path", STRING)),
    "alltrue": _in("collection", Parameter("list", ListOf(BOOL)), partial=True),
    "anytrue": _in("collection", Parameter("list", ListOf(BOOL)), partial=True),
    "base64decode": _in("encoding", Parameter("str", STRING)),
    "base64encode": _in("encoding", Parameter("str", STRING)),
    "base64gzip": _withheld("its bytes depend on the compressor's implementation", Parameter("str", STRING)),
    "base64sha256": _in("hashing", Parameter("str", STRING)),
    "base64sha512": _in("hashing", Parameter("str", STRING)),
    "basename": _in("filesystem", Parameter("path", STRING)),
    "bcrypt": _withheld("salted at random", Parameter("str", STRING), rest=Parameter("cost", NUMBER)),
    "can": _special(Parameter("expression", ANY)),
    "ceil": _in("numeric", Parameter("num", NUMBER)),
    "chomp": _in("text", Parameter("str", STRING)),
    "chunklist": _in("collection", Parameter("list", ListOf(ANY)), Parameter("size", NUMBER), partial=True),
    "cidrhost": _in("network", Parameter("prefix", STRING), Parameter("hostnum", NUMBER)),
    "cidrnetmask": _in("network", Parameter("prefix", STRING)),
    "cidrsubnet": _in(
        "network", Parameter("prefix", STRING), Parameter("newbits", NUMBER), Parameter("netnum", NUMBER)
    ),
    "cidrsubnets": _in("network", Parameter("prefix", STRING), rest=Parameter("newbits", NUMBER)),
    "coalesce": _in("collection", rest=Parameter("vals", ANY, nullable=True, unknown=True), partial=True),
    "coalescelist": _in("collection", rest=Parameter("vals", ANY, nullable=True, unknown=True), partial=True),
    "compact": _in("collection", Parameter("list", ListOf(STRING))),
    "concat": _in("collection", rest=Parameter("seqs", ANY), partial=True),
    "contains": _in("collection", Parameter("list", ANY), Parameter("value", ANY), partial=True),
    "csvdecode": _in("encoding", Parameter("str", STRING)),
    "dirname": _in("filesystem", Parameter("path", STRING)),
    "distinct": _in("collection", Parameter("list", ListOf(ANY))),
    "element": _in("collection", Parameter("list", ANY), Parameter("index", NUMBER), partial=True),
    "endswith": _in("text", Parameter("str", STRING), Parameter("suffix", STRING)),
    "ephemeralasnull": _in("conversion", Parameter("value", ANY, nullable=True, unknown=True), partial=True),
    "file": _in("filesystem", Parameter("path", STRING)),
    "filebase64": _in("filesystem", Parameter("path", STRING)),
    "filebase64sha256": _in("filesystem", Parameter("path", STRING)),
    "filebase64sha512": _in("filesystem", Parameter("path", STRING)),
    "fileexists": _in("filesystem", Parameter("path", STRING)),
    "filemd5": _in("filesystem", Parameter("path", STRING)),
    "fileset": _in("filesystem", Parameter("path", STRING), Parameter("pattern", STRING)),
    "filesha1": _in("filesystem", Parameter("path", STRING)),
    "filesha256": _in("filesystem", Parameter("path", STRING)),
    "filesha512": _in("filesystem", Parameter("path", STRING)),
    "flatten": _in("collection", Parameter("list", ANY), partial=True),
    "floor": _in("numeric", Parameter("num", NUMBER)),
    "format": _in(
        "formatting",
        Parameter("format", STRING),
        rest=Parameter("args", ANY, nullable=True, unknown=True),
    ),
    "formatdate": _in("dates", Parameter("format", STRING), Parameter("time", STRING)),
    "formatlist": _in(
        "formatting",
        Parameter("format", STRING),
        rest=Parameter("args", ANY, nullable=True, unknown=True),
        partial=True,
    ),
    "indent": _in("text", Parameter("spaces", NUMBER), Parameter("str", STRING)),
    "index": _in("collection", Parameter("list", ANY), Parameter("value", ANY), partial=True),
    "issensitive": _withheld("sensitivity is not tracked", Parameter("value", ANY, nullable=True)),
    "join": _in("text", Parameter("separator", STRING), rest=Parameter("lists", ListOf(STRING))),
    "jsondecode": _in("json_text", Parameter("str", STRING)),
    "jsonencode": _in("json_text", Parameter("val", ANY, nullable=True)),
    "keys": _in("mappings", Parameter("inputMap", ANY, unknown=True), partial=True),
    "length": _in("collection", Parameter("value", ANY, unknown=True), partial=True),
    "log": _in("numeric", Parameter("num", NUMBER), Parameter("base", NUMBER)),
    "lookup": _in(
        "mappings",
        Parameter("inputMap", ANY, unknown=True),
        Parameter("key", STRING, unknown=True),
        rest=Parameter("default", ANY, nullable=True, unknown=True),
        partial=True,
    ),
    "lower": _in("text", Parameter("str", STRING)),
    "matchkeys": _in(
        "collection",
        Parameter("values", ListOf(ANY)),
        Parameter("keys", ListOf(ANY)),
        Parameter("searchset", ListOf(ANY)),
        partial=True,
    ),
    "max": _in("numeric", rest=Parameter("numbers", NUMBER)),
    "md5": _in("hashing", Parameter("str", STRING)),
    "merge": _in("mappings", rest=Parameter("maps", ANY, nullable=True), partial=True),
    "min": _in("numeric", rest=Parameter("numbers", NUMBER)),
    "nonsensitive": _in("conversion", Parameter("value", ANY, nullable=True, unknown=True), partial=True),
    "one": _in("collection", Parameter("list", ANY, unknown=True), partial=True),
    "parseint": _in("numeric", Parameter("number", ANY), Parameter("base", NUMBER)),
    "pathexpand": _in("filesystem", Parameter("path", STRING)),
    "plantimestamp": _withheld("the time of the plan"),
    "pow": _in("numeric", Parameter("num", NUMBER), Parameter("power", NUMBER)),
    "range": _in("numeric", rest=Parameter("params", NUMBER)),
    "regex": _in("patterns", Parameter("pattern", STRING), Parameter("string", STRING)),
    "regexall": _in("patterns", Parameter("pattern", STRING), Parameter("string", STRING)),
    "replace": _in("text", Parameter("str", STRING), Parameter("substr", STRING), Parameter("replace", STRING)),
    "reverse": _in("collection", Parameter("list", ANY), partial=True),
    "rsadecrypt": _in("rsa", Parameter("ciphertext", STRING), Parameter("privatekey", STRING)),
    "sensitive": _in("conversion", Parameter("value", ANY, nullable=True, unknown=True), partial=True),
    "setintersection": _in("sets", Parameter("first_set", SetOf(ANY)), rest=Parameter("other_sets", SetOf(ANY))),
    "setproduct": _in("sets", rest=Parameter("sets", ANY, unknown=True), partial=True),
    "setsubtract": _in("sets", Parameter("a", SetOf(ANY)), Parameter("b", SetOf(ANY))),
    "setunion": _in("sets", Parameter("first_set", SetOf(ANY)), rest=Parameter("other_sets", SetOf(ANY)), partial=True),
    "sha1": _in("hashing", Parameter("str", STRING)),
    "sha256": _in("hashing", Parameter("str", STRING)),
    "sha512": _in("hashing", Parameter("str", STRING)),
    "signum": _in("numeric", Parameter("num", NUMBER)),
    "slice": _in(
        "collection",
        Parameter("list", ANY),
        Parameter("start_index", NUMBER),
        Parameter("end_index", NUMBER),
        partial=True,
    ),
    "sort": _in("text", Parameter("list", ListOf(STRING)), partial=True),
    "split": _in("text", Parameter("separator", STRING), Parameter("str", STRING)),
    "startswith": _in("text", Parameter("str", STRING), Parameter("prefix", STRING)),
    "strcontains": _in("text", Parameter("str", STRING), Parameter("substr", STRING)),
    "strrev": _in("text", Parameter("str", STRING)),
    "substr": _in("text", Parameter("str", STRING), Parameter("offset", NUMBER), Parameter("length", NUMBER)),
    "sum": _in("numeric", Parameter("list", ANY)),
    "templatefile": _in("templates", Parameter("path", STRING), Parameter("vars", ANY), partial=True),
    "templatestring": _in("templates", Parameter("template", STRING), Parameter("vars", ANY), partial=True),
    "textdecodebase64": _in("encoding", Parameter("source", STRING), Parameter("encoding", STRING)),
    "textencodebase64": _in("encoding", Parameter("string", STRING), Parameter("encoding", STRING)),
    "timeadd": _in("dates", Parameter("timestamp", STRING), Parameter("duration", STRING)),
    "timecmp": _in("dates", Parameter("timestamp_a", STRING), Parameter("timestamp_b", STRING)),
    "timestamp": _withheld("the time of the apply"),
    "title": _in("text", Parameter("str", STRING)),
    "tobool": _in("conversion", Parameter("v", ANY, nullable=True, unknown=True)),
    "tolist": _in("conversion", Parameter("v", ANY, nullable=True, unknown=True), partial=True),
    "tomap": _in("conversion", Parameter("v", ANY, nullable=True, unknown=True), partial=True),
    "tonumber": _in("conversion", Parameter("v", ANY, nullable=True, unknown=True)),
    "toset": _in("conversion", Parameter("v", ANY, nullable=True, unknown=True), partial=True),
    "tostring": _in("conversion", Parameter("v", ANY, nullable=True, unknown=True)),
    "transpose": _in("mappings", Parameter("values", MapOf(ListOf(STRING)))),
    "trim": _in("text", Parameter("str", STRING), Parameter("cutset", STRING)),
    "trimprefix": _in("text", Parameter("str", STRING), Parameter("prefix", STRING)),
    "trimspace": _in("text", Parameter("str", STRING)),
    "trimsuffix": _in("text", Parameter("str", STRING), Parameter("suffix", STRING)),
    "try": _special(rest=Parameter("expressions", ANY)),
    "upper": _in("text", Parameter("str", STRING)),
    "urlencode": _in("encoding", Parameter("str", STRING)),
    "uuid": _withheld("random"),
    "uuidv5": _in("hashing", Parameter("namespace", STRING), Parameter("name", STRING)),
    "values": _in("mappings", Parameter("mapping", ANY), partial=True),
    "yamldecode": _in("yaml_text", Parameter("src", STRING)),
    "yamlencode": _in("yaml_text", Parameter("value", ANY, nullable=True)),
    "zipmap": _in("mappings", Parameter("keys", ListOf(STRING)), Parameter("values", ANY), partial=True),
}
