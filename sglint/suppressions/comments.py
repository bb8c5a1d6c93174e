"""Suppressions in the comments of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sglint.model.acceptances import Acceptance
from sglint.model.location import Location
from sglint.model.record import replace
from sglint.reading.files import Source, Unreadable
from sglint.reading.syntax import Comment
from sglint.suppressions.suppression import Region, Suppression
from sglint.suppressions.wording import read_words, words_of

_HCL = (".tf", ".tofu", ".tfvars")
_JSON = (".tf.json", ".tofu.json")


def suppressions(source: Source) -> tuple[Suppression, ...]:
    """The suppressions in the comments of a Terraform file or a YAML template; none in any other file."""
    if source.path.endswith(_HCL):
        from sglint.reading.hcl import read_hcl
        from sglint.suppressions.hcl import Regions as HclRegions

        file = read_hcl(source)
        return tuple(_bound(source, file.comments, HclRegions(file.body).on))
    if source.path.endswith(_JSON):
        from sglint.reading.json_document import read_json
        from sglint.suppressions.hcl_json import comments as properties

        try:
            return tuple(_in_property(*each) for each in properties(read_json(source)) if words_of(each[0].text))
        except Unreadable:
            return ()
    from sglint.reading.templates import is_template, looks_like_template, read_document

    if source.path.endswith(".json") or not looks_like_template(source.data):
        return ()
    from sglint.suppressions.yaml import Regions, comments

    try:
        document = read_document(source)
    except Unreadable:
        return ()
    if not is_template(document):
        return ()
    return tuple(_bound(source, comments(source, document), Regions(document).on))


def _bound(
    source: Source, comments: Iterable[Comment], region_of: Callable[[int], Region | None]
) -> Iterator[Suppression]:
    lines = source.text.split("\n")
    listed = tuple(comments)
    alone = {line for comment in listed if _is_alone(comment.location, lines) for line in _lines(comment.location)}
    after: dict[int, int] = {}
    """By line of comments that stand alone, the first line after all of them."""
    for line in sorted(alone, reverse=True):
        after[line] = after.get(line + 1, line + 1)
    for comment in listed:
        words = words_of(comment.text)
        if words is None:
            continue
        line = comment.location.line
        if line in alone:
            line = after[line]
        region = region_of(line) if line <= len(lines) and lines[line - 1].strip() else None
        yield _on(region, read_words(words, comment.location))


def _in_property(comment: Comment, region: Region | None) -> Suppression:
    acceptance = read_words(words_of(comment.text) or "", comment.location)
    return _on(region, replace(acceptance, words=""))  # a property cannot be taken out as a comment can


def _on(region: Region | None, acceptance: Acceptance) -> Suppression:
    if region is None and not acceptance.fault:
        acceptance = replace(acceptance, fault="it stands on nothing that is judged")
    return Suppression(acceptance, region)


def _is_alone(location: Location, lines: list[str]) -> bool:
    """Whether nothing but the comment stands on its lines."""
    before = lines[location.line - 1][: location.column - 1]
    after = lines[location.end_line - 1][location.end_column - 1 :]
    return not before.strip() and not after.strip()


def _lines(location: Location) -> range:
    return range(location.line, location.end_line + 1)
