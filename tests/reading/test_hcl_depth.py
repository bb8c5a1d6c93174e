"""That an item nests too deeply is told from its text where that is enough, and always as its tree says."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from sglint.model.limits import limits
from sglint.reading.hcl_intact import items, too_deep
from sglint.reading.hcl_tree import TreeText, in_file, parse

WRAPPERS = (
    ("[", "]"),
    ("{ a = ", " }"),
    ("(", ")"),
    ("f(", ")"),
    ("1 + ", ""),
    ("!", ""),
    ("-", ""),
    ("true ? ", " : 1"),
    ("[for x in y : ", "]"),
    ("{ for k, v in y : k => ", "... }"),
    ('"${', '}"'),
    ('"}${', '}"'),
    ("1 == ", ""),
    ("[  # ) ] }\n", "]"),
)


def _levels(text: str) -> int:
    deepest, pending = 0, [(parse(text.encode()).root_node, 0)]
    while pending:
        node, level = pending.pop()
        deepest = max(deepest, level)
        pending.extend((child, level + 1) for child in node.named_children)
    return deepest


@given(
    st.lists(st.sampled_from(WRAPPERS), max_size=4), st.integers(1, 120), st.sampled_from(['"x.y"', '"${a.b}"', "1"])
)
def test_an_item_is_too_deep_as_its_tree_says(kinds: list[tuple[str, str]], times: int, inner: str) -> None:
    wrappers = kinds * times
    value = "".join(opening for opening, _ in wrappers) + inner + "".join(closing for _, closing in reversed(wrappers))
    source = f"a = {value}\n"
    root = parse(source.encode()).root_node
    assume(not root.has_error)
    (item,) = items(root)
    # The levels of an item are counted from the item itself.
    is_deep = _levels(source) - 2 >= limits().expression_depth
    assert too_deep(item, TreeText(source.encode(), in_file(""))) == is_deep
