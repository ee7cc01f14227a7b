"""The plain style read line by line is what the exact way reads, or it is left to the exact way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teli_iac.manifests.plain import read_plain
from teli_iac.manifests.reading import read_exactly
from tests.effort import examples

EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/campaigns/**/*.y*ml"))

_INDENTS = st.sampled_from(["", "", "  ", "  ", "    ", " ", "      ", "   "])
_DASHES = st.sampled_from(["", "", "", "- ", "- ", "-", "-  ", "- - "])
_KEY = "a:¦b:¦leads:¦phone_number:¦spec:¦led:¦true:¦k 2:¦x1234567:¦c.d/e-f:¦a :¦1:¦'q':¦? a¦<<:¦~:¦¦a: b:"
_KEYS = st.sampled_from(_KEY.split("¦"))
_SPACES = st.sampled_from([" ", " ", " ", "", "  "])
_VALUE = r"""
¦word¦two words¦a:b¦a: b¦http://x/y¦true¦null¦~¦12¦-3¦0.5¦00501¦+15550100¦17:30¦2026-12-01¦1e3¦0x1F¦a	b
¦"quoted"¦'single'¦"a\nb"¦'it''s'¦""¦''¦"open¦"a" b¦'é'¦é¦|¦>¦&a b¦*a¦!!str a¦!a b¦%a¦@a¦a#b¦a #b¦- a¦a - b
¦{}¦[]¦{a: b}¦{a: b, c: d}¦{a: b, a: c}¦{a: b,c: d}¦{a: b, }¦{email: x}¦{a: 1}¦{a: [b]}¦{a}¦{¦[¦]¦---¦...
¦[a, b]¦["+1", 2]¦[a, [b]]¦[a,b]¦[ a ]¦[a: b]¦{leads: 'p q'}¦a,b¦(a)¦a (b)¦a]¦a ¦x?¦a & b"""
_VALUES = st.sampled_from(_VALUE.replace("\n", "").split("¦"))
_COMMENTS = st.sampled_from(["", "", "", "", " ", " # said", "# said", "  #", " #"])
_LINES = st.one_of(
    st.builds("".join, st.tuples(_INDENTS, _DASHES, _KEYS, _SPACES, _VALUES, _COMMENTS)),
    st.sampled_from(["---", "--- ", "---", "...", "", "  ", "# all", "  # all", "%YAML 1.1", "--- a: b"]),
    st.text("ab:-# '\"{}[],|>&*!%@?~\t", max_size=12),
)
_TEXTS = st.builds(
    lambda lines, end: "\n".join(lines) + end,
    st.lists(_LINES, max_size=9),
    st.sampled_from(["\n", "", "\n  "]),
)


@settings(max_examples=examples(1500))
@given(_TEXTS)
def test_whatever_is_read_line_by_line_is_read_as_the_exact_way_reads_it(text: str) -> None:
    plain = read_plain(text)
    assert plain is None or plain == read_exactly(text)


_NAMES = st.sampled_from(["name", "team", "leads", "phone_number", "first_name", "run", "numbers", "email"])
_SOUND = st.sampled_from(
    ["a", '"+15550100"', "'x y'", "Tuesday at 9", "true", "7", "{a: b}", '["c", d]', "x:y"]
)
_NESTED = st.recursive(
    _SOUND,
    lambda below: st.one_of(
        st.dictionaries(_NAMES, below, min_size=1, max_size=4), st.lists(below, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


def _written(value: Any, indent: str, step: str) -> str:
    """A value as it stands behind its key, from the line of the key on."""
    if isinstance(value, str):
        return f" {value}\n"
    if isinstance(value, dict):
        return "\n" + "".join(f"{indent}{key}:{_written(v, indent + '  ', step)}" for key, v in value.items())
    return "\n" + "".join(f"{indent}{step}- {_item(each, indent + step + '  ', step)}" for each in value)


def _item(value: Any, indent: str, step: str) -> str:
    if isinstance(value, dict):
        return _written(value, indent, step).removeprefix("\n").removeprefix(indent)
    return f"{value if isinstance(value, str) else 'nested'}\n"


@settings(max_examples=examples(300))
@given(
    st.lists(st.dictionaries(_NAMES, _NESTED, min_size=1, max_size=4), max_size=3),
    st.sampled_from(["", "  "]),
)
def test_what_is_written_in_the_plain_style_is_read_line_by_line(
    documents: list[dict[str, object]], step: str
) -> None:
    text = "".join(f"---\n{_written(each, '', step).removeprefix(chr(10))}" for each in documents)
    assert read_plain(text) == read_exactly(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "- a\n  - b\n",
        "a: 1\na: 2\n",
        "a:\nb: 1\n",
        "a: &x 1\nb: *x\n",
        "a: !!python/name:os.system ''\n",
        "a: +15550100\n",
        'a: "\\u202e"\n',
        "a: |\n  b\n",
        "---\n---\na: b\n",
        "%TAG ! tag:x,2000:\n---\na: b\n",
        "a: {b: c\n",
        "true: b\n",
        "a: b\n...\n",
        "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 60)) + " " * 60 + "a: b\n",
        "a: b\n" * 300_000,
    ],
    ids=lambda text: ascii(text[:30]),
)
def test_what_could_be_read_in_two_ways_is_left_to_the_exact_way(text: str) -> None:
    assert read_plain(text) is None


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_an_example_is_read_the_same_either_way(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert read_plain(text) in (None, read_exactly(text))
