from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teli_iac.manifests.characters import LINE_BREAK
from teli_iac.manifests.document import Reading, Source
from teli_iac.manifests.envelopes import judge_source
from teli_iac.manifests.excerpts import excerpt_at, problems_at
from teli_iac.manifests.faults import MAX_DEPTH, MAX_FAULTS, MAX_NODES
from teli_iac.manifests.reading import read_yaml
from tests.effort import examples
from tests.manifests.folders import CAMPAIGN, PROJECT, SHARED

TYPED = [
    ("true", True),
    ("false", False),
    ("null", None),
    ("", None),
    ("0", 0),
    ("-7", -7),
    ("1.5", 1.5),
    ("1e3", 1000.0),
]
TEXT = [
    "True",
    "NULL",
    "~",
    "yes",
    "off",
    "NO",
    "17:30",
    "2026-11-23",
    "1.2.3",
    "+",
    "-x",
    ".",
    "=",
    "1 2",
    "10m",
]
UNCLEAR = [
    "+1",
    "00501",
    "0x1F",
    "0o17",
    "0b1",
    "1_000",
    ".5",
    "5.",
    ".inf",
    "-.Inf",
    ".nan",
    "1e999",
    "9" * 19,
]


def value_of(text: str, *, pure: bool = False) -> object:
    (root,) = read_yaml(text.encode(), pure=pure).roots
    return root.value


def codes(text: str | bytes) -> list[str]:
    reading = read_yaml(text.encode() if isinstance(text, str) else text)
    return [f"{fault.line}:{fault.column} {fault.code}" for fault in reading.faults]


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_only_json_words_and_plain_decimals_are_typed(text: str, value: object) -> None:
    assert value_of(f"key: {text}") == {"key": value}


@pytest.mark.parametrize("text", TEXT)
def test_whatever_cannot_be_taken_for_a_number_is_text(text: str) -> None:
    assert value_of(f"key: {text}") == {"key": text}


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_readers_disagree_about_must_be_quoted(text: str) -> None:
    assert codes(f"key: {text}") == ["1:6 TELI-E030"]
    assert codes(f'key: "{text}"') == []


def test_quotes_always_make_text() -> None:
    assert value_of('["1", \'true\', "null"]') == ["1", "true", "null"]


def test_a_byte_order_mark_is_not_part_of_the_first_key() -> None:
    assert value_of("\ufeffkey: 1") == {"key": 1}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str) -> None:
    assert codes(end.join(["one: 1", "two: 2", "one: 3"])) == ["3:1 TELI-E028"]


def test_columns_count_characters_not_bytes() -> None:
    assert codes("{'ÄÖ🎉': 1, a: &x 2}") == ["1:15 TELI-E025"]


def test_documents_before_a_fault_are_still_read() -> None:
    reading = read_yaml(b"one: 1\n---\ntwo: [\n")
    assert [root.value for root in reading.roots] == [{"one": 1}]
    assert reading.broken


def test_forty_levels_are_read_and_one_more_is_refused() -> None:
    assert codes("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert codes("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [f"1:{MAX_DEPTH + 1} TELI-E023"]


def test_too_many_values_are_refused_before_they_are_built() -> None:
    assert [code[-9:] for code in codes("[" + "a," * (MAX_NODES + 1) + "]")] == ["TELI-E024"]


def test_a_flood_of_faults_is_cut_off_and_says_so() -> None:
    found = codes("*a\n---\n" * (MAX_FAULTS + 5))
    assert len(found) == MAX_FAULTS + 1
    assert found[-1].endswith("TELI-E031")


@pytest.mark.parametrize(
    "text", [CAMPAIGN, SHARED, f"{PROJECT}---\n{CAMPAIGN}", "a: |\n  b\n  c\nd: >-\n  e\n"]
)
def test_the_parser_written_in_python_reads_the_same(text: str) -> None:
    fast, slow = read_yaml(text.encode()), read_yaml(text.encode(), pure=True)
    assert fast.roots == slow.roots
    assert fast.personal == slow.personal


def test_a_line_break_at_the_end_of_a_name_is_not_overlooked() -> None:
    text = CAMPAIGN.replace("fall-renewals", '"fall\\n"')
    _, problems = judge_source(Source("a.yaml", read_yaml(text.encode())))
    assert [problem.code for problem in problems] == ["TELI-E039"]


def test_a_long_line_is_shown_around_its_fault() -> None:
    text = f"[{'x, ' * 100}&here y, {'z, ' * 100}]"
    (problem,) = problems_at(Source("a.yaml", read_yaml(text.encode())), read_yaml(text.encode()).faults)
    line, caret = problem.excerpt
    assert len(line) <= 80
    assert line[caret.index("^") :].startswith("&here")


PEOPLE_BEFORE_A_FAULT = [
    'leads: [{phone_number: "+14155550199", first_name: Ada}]  # and\nrun: &x 1',
    "spec: {leads: [{first_name: Ada}], run: &x 1}",
    "leads:\n- first_name: Ada\n  plan: &x gold",
    'leads:\n- first_name: Ada\n  plan: "gold\nrun: 1',
    'leads: "Ada\nrun: 1',
    "leeds: [{phone: Ada}, &x 1]",
    "- {who: Ada}\n- {who: *x}",
    "first_name: Ada &x\nlast_name: *Ada",
    '"le\\x61ds": [{who: Ada}, "\nrun: 1',
    "leads: {Ada: 1, Ada: 2}",
    "phone_number: 1\nphone_number: Ada",
    "leads: 1\nleads: {who: Ada}",
    "? [leads]\n: Ada\n",
    "1: Ada",
    "*leads : Ada",
    "leads: Ada: 1",
    "leads: [Ada",
    "leads: [{first_name: Ada\u202e}]",
]


@pytest.mark.parametrize("text", PEOPLE_BEFORE_A_FAULT)
def test_no_excerpt_and_no_sentence_shows_lead_data(text: str) -> None:
    reading = read_yaml(text.encode())
    assert reading.faults
    told = problems_at(Source("a.yaml", reading), reading.faults)
    assert "Ada" not in "".join(f"{each.message}{each.next_step}{each.excerpt}" for each in told)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_read_or_refused_with_a_place(data: bytes) -> None:
    check_whatever(data)


MARKS = st.sampled_from(
    [*list("{}[]:,&*!|>'\"%@`#-? \n\tab01.+~_<="), "---\n", "...\n", "<<: ", "key: ", "\ufeff"]
)


@settings(max_examples=examples(300))
@given(st.lists(MARKS, max_size=60).map("".join))
def test_arbitrary_yaml_marks_are_read_or_refused_with_a_place(text: str) -> None:
    check_whatever(text.encode())


def check_whatever(data: bytes) -> None:
    for pure in (False, True):
        reading = read_yaml(data, pure=pure)
        judge_source(Source("a.yaml", reading))
        for fault in reading.faults:
            assert 1 <= fault.line <= len(LINE_BREAK.split(reading.text))
            assert fault.column >= 1
        assert_values_are_json(reading)


def assert_values_are_json(reading: Reading) -> None:
    ahead = [root.value for root in reading.roots]
    while ahead:
        value = ahead.pop()
        assert value is None or type(value) in {str, int, float, bool, list, dict}
        if isinstance(value, list):
            ahead += value
        elif isinstance(value, dict):
            assert all(type(key) is str for key in value)
            ahead += value.values()


@given(
    st.dictionaries(st.from_regex("[a-z]{1,8}", fullmatch=True), st.integers(0, 9), min_size=2), st.randoms()
)
def test_the_order_of_keys_is_not_part_of_a_value(values: dict[str, int], random: Random) -> None:
    lines = [f"{key}: {value}\n" for key, value in values.items()]
    random.shuffle(lines)
    assert value_of("".join(lines)) == values


FORGERIES = [
    'kind: "Campaign\\nfake.yaml:1:1: TELI-E000 forged"',
    'apiVersion: "v1\\nforged"\nkind: Campaign',
    'kind: Campaign\n"spec\\nforged": 1',
    'kind: Campaign\n"a\\nb": 1\n"a\\nb": 2',
    'kind: Campaign\nspec: {"x\\ny": {}, on_remove: "x\\nforged"}',
    'kind: Campaign\nmetadata: {labels: {"a\\nb": 1}}',
]


@pytest.mark.parametrize("text", FORGERIES)
def test_no_value_can_forge_a_second_line_of_a_complaint(text: str) -> None:
    _, problems = judge_source(Source("a.yaml", read_yaml(text.encode())))
    assert problems
    for problem in problems:
        assert "\n" not in f"{problem.message}{problem.next_step}{''.join(problem.excerpt)}"


def test_an_excerpt_beyond_the_end_of_the_file_is_empty() -> None:
    assert excerpt_at(Source("a.yaml", read_yaml(b"a: 1")), 9, 1) == ()
