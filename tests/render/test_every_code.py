"""The catalogue as a whole: each word explained once, completely, and on the page."""

import json
from collections import Counter

import pytest
import yaml
from jsonschema import Draft7Validator

from docs.write_codes import PAGE, page
from teli_iac.author import explanations
from teli_iac.catalogue import AREAS
from teli_iac.catalogue.examples import EXAMPLES
from teli_iac.catalogue.questions import QUESTIONS
from teli_iac.catalogue.shown import SHOWN
from teli_iac.leads.numbers import read_exactly
from teli_iac.leads.refusals import RowFault
from teli_iac.manifests import schema_text
from teli_iac.model import Reason
from teli_iac.render import render_text
from tests.decisions.worlds import every_case

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


@pytest.mark.parametrize("word", _WORDS)
def test_every_word_has_an_example(word: str) -> None:
    assert EXAMPLES.get(word), "write one into teli_iac/catalogue/examples.py"


_TYPED = (
    RowFault.SPREADSHEET, RowFault.EXTENSION, RowFault.LETTERS, RowFault.NOT_A_NUMBER, RowFault.UNASSIGNED,
    RowFault.SERVICE_CODE, RowFault.DIRECTORY, RowFault.TOLL_FREE, RowFault.PREMIUM, RowFault.PERSONAL,
)  # fmt: skip


@pytest.mark.parametrize("fault", _TYPED)
def test_the_number_of_an_example_has_the_fault_and_what_mends_it_has_none(fault: RowFault) -> None:
    off, *mended = (line.split("  #")[0] for line in EXAMPLES[fault.value].split("\n"))
    assert read_exactly(off, None, allow_test_numbers=True) is fault
    assert [read_exactly(line, None, allow_test_numbers=True) for line in mended] == mended


_PLANNED = [
    (change.reason.value, render_text(plan, (), colour=False, width=96))
    for plan in (case.worlds.plan() for case in every_case())
    for change in plan.changes
]
"""What is shown of every world of the decision table, by the reasons that are in it."""


@pytest.mark.parametrize("reason", [reason.value for reason in Reason if reason in SHOWN])
def test_the_example_of_a_reason_is_what_a_plan_shows_where_it_holds(reason: str) -> None:
    shown = SHOWN[reason].split("\n")[0]
    assert any(shown in text for held, text in _PLANNED if held == reason)


@pytest.mark.parametrize(
    "question", [word for word in SHOWN if word in QUESTIONS and word not in set(Reason)]
)
def test_the_example_of_a_question_is_what_a_status_shows(question: str) -> None:
    assert SHOWN[question].startswith(f"open      {QUESTIONS[question].title}")


_SPEC = {
    key: Draft7Validator(schema)
    for kind in ("NumberPool", "Campaign", "Project")
    for key, schema in json.loads(schema_text(kind))["properties"]["spec"]["properties"].items()
}
_MENDED = {
    word: line
    for word, example in EXAMPLES.items()
    for line in example.split("\n")[1:]
    if line.partition(":")[0] in _SPEC
}


@pytest.mark.parametrize("word", _MENDED)
def test_what_an_example_mends_in_a_manifest_is_taken(word: str) -> None:
    ((key, value),) = yaml.safe_load(_MENDED[word]).items()
    assert [fault.message for fault in _SPEC[key].iter_errors(value)] == []


def test_the_page_of_codes_is_what_explain_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"
