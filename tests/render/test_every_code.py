"""The catalogue as a whole: each word explained once, completely, and on the page."""

from collections import Counter

import pytest

from docs.write_codes import PAGE, page
from teli_iac.author import explanations
from teli_iac.catalogue import AREAS
from teli_iac.catalogue.examples import EXAMPLES

_WORDS = {each.word: each for each in explanations()}


def test_no_code_has_two_meanings() -> None:
    codes = Counter(code for area in AREAS for code in area.PROBLEMS)
    assert [code for code, count in codes.items() if count > 1] == []


@pytest.mark.parametrize("word", _WORDS)
def test_every_word_says_what_it_means_and_what_to_do(word: str) -> None:
    entry = _WORDS[word].entry
    assert entry.title
    assert entry.meaning.endswith(".")
    assert entry.next_step


def test_every_example_is_of_a_word_there_is() -> None:
    assert [word for word in EXAMPLES if word not in _WORDS] == []


@pytest.mark.parametrize("word", EXAMPLES)
def test_an_example_fits_a_terminal_and_hides_nothing(word: str) -> None:
    lines = EXAMPLES[word].split("\n")
    assert [line for line in lines if len(line) > 96 or line != line.rstrip() or not line.isprintable()] == []


def test_every_guard_and_most_codes_have_an_example() -> None:
    without = [each.word for each in explanations() if not each.example and each.what == "guard"]
    assert without == []
    assert len(EXAMPLES) > len(_WORDS) // 2


def test_the_page_of_codes_is_what_explain_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"
