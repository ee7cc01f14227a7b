"""Whatever a file looks like: formatting keeps its meaning and its comments, and is done after one time."""

from hypothesis import assume, given, settings

from teli_iac.manifests import read_yaml
from teli_iac.manifests.formatting import format_reading, format_text
from tests.effort import examples
from tests.manifests.formatting.strategies import documents

ANY = settings(max_examples=examples(100))


def _values(text: str) -> list[object]:
    reading = read_yaml(text.encode())
    assert reading.faults == ()
    return [root.value for root in reading.roots if root.value is not None]


def _format(text: str) -> str:
    reading = read_yaml(text.encode())
    assume(not reading.faults)
    return format_reading(reading)


@ANY
@given(documents())
def test_every_value_of_every_document_stays(text: str) -> None:
    formatted = _format(text)
    assert repr(_sorted(_values(formatted))) == repr(_sorted(_values(text)))


@ANY
@given(documents())
def test_formatting_twice_changes_nothing_more(text: str) -> None:
    formatted = _format(text)
    assert _format(formatted) == formatted


@ANY
@given(documents())
def test_both_parsers_lead_to_the_same_text(text: str) -> None:
    spaced = text.replace("\t", " ")  # the one in Python knows no tab before a comment
    assert format_text(spaced, pure=True) == _format(spaced)


@ANY
@given(documents())
def test_line_ends_stay_what_they_are(text: str) -> None:
    assert _format(text.replace("\n", "\r\n")) == _format(text).replace("\n", "\r\n")


def _sorted(value: object) -> object:
    """Mappings by key, for their order means nothing."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value
