from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from teli_iac.kinds import KINDS
from teli_iac.kinds.project import parse_project
from teli_iac.manifests import schema_text
from teli_iac.manifests.accepting import compile_schema
from teli_iac.manifests.complaints import SENTENCES
from teli_iac.manifests.schemas import judged_violations
from teli_iac.model import GuardName, Mark
from tests.effort import examples

FOLDER = Path(__file__).parent.parent.parent / "schemas"
SCHEMAS: dict[str, dict[str, Any]] = {kind: json.loads(schema_text(kind)) for kind in KINDS}
EXAMPLES = [(kind, example) for kind, schema in SCHEMAS.items() for example in schema["examples"]]
ANNOTATIONS = {"$schema", "title", "description", "examples", "default", "if", "then", "else"}
BROKEN_ELSEWHERE = {"properties", "items", "propertyNames", "const"}
"""Keywords that lead to other keywords, and the two constants that are judged with the envelope."""


def subschemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema and every schema inside it."""
    yield schema
    inside = [*schema.get("properties", {}).values()]
    inside += [schema[word] for word in ("items", "propertyNames", "if", "then", "else") if word in schema]
    if isinstance(schema.get("additionalProperties"), dict):
        inside.append(schema["additionalProperties"])
    for below in inside:
        yield from subschemas(below)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_schema_that_is_a_schema(kind: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_has_help_and_an_example(kind: str) -> None:
    for schema in subschemas(SCHEMAS[kind]):
        for name, below in schema.get("properties", {}).items():
            assert len(below["description"]) > len("A word."), name
            assert below["examples"], name


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_with_a_form_says_which_and_shows_one(kind: str) -> None:
    for schema in subschemas(SCHEMAS[kind]):
        if "pattern" in schema:
            assert schema["title"]
            assert schema["examples"]


@pytest.mark.parametrize("kind", KINDS)
def test_everything_of_a_type_shows_one_for_whoever_writes_another(kind: str) -> None:
    for schema in subschemas(SCHEMAS[kind]):
        if "description" in schema and "type" in schema:
            assert schema.get("examples"), schema.get("description")


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_of_a_schema_is_accepted_by_it(kind: str) -> None:
    for schema in subschemas(SCHEMAS[kind]):
        for example in (*schema.get("examples", ()), *([schema["default"]] if "default" in schema else [])):
            assert list(Draft7Validator(schema).iter_errors(example)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_keyword_that_a_document_can_break_has_a_sentence(kind: str) -> None:
    words = {word for schema in subschemas(SCHEMAS[kind]) for word in schema}
    assert words - ANNOTATIONS - BROKEN_ELSEWHERE <= SENTENCES.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_no_key_of_ours_is_ever_ignored(kind: str) -> None:
    for part in (SCHEMAS[kind], SCHEMAS[kind]["properties"]["spec"], SCHEMAS[kind]["properties"]["metadata"]):
        assert part["additionalProperties"] is False


def test_the_schema_for_editors_holds_exactly_the_kinds() -> None:
    combined = json.loads(schema_text())
    own = {kind: {k: v for k, v in schema.items() if k != "$schema"} for kind, schema in SCHEMAS.items()}
    assert combined["definitions"] == own
    assert combined["properties"]["kind"]["enum"] == list(KINDS)


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_the_schema_for_editors_judges_by_kind(kind: str, example: dict[str, Any]) -> None:
    combined = Draft7Validator(json.loads(schema_text()))
    assert combined.is_valid(example)
    assert not combined.is_valid({**example, "spec": {"surprise": kind}})


def test_the_schemas_are_those_of_the_folder_for_editors() -> None:
    names = {kind.SCHEMA for kind in KINDS.values()} | {"teli-iac"}
    assert names <= {path.stem for path in FOLDER.glob("*.json")}
    assert schema_text("Campaign") == (FOLDER / "campaign.json").read_text(encoding="utf-8")


def test_the_guards_of_the_schema_are_the_guards() -> None:
    guards = SCHEMAS["Project"]["properties"]["spec"]["properties"]["guards"]["properties"]
    assert set(guards) == set(GuardName)


def test_the_defaults_that_editors_show_are_those_that_hold() -> None:
    shown = SCHEMAS["Project"]["properties"]["spec"]["properties"]
    keys = ("ledger", "launch_grace", "drain", "settle_after", "allow_test_numbers")
    mark = Mark("teli.yaml", 1, 1)
    explicit = {key: shown[key]["default"] for key in keys}
    assert parse_project("acme", explicit, {}, folder="/", mark=mark) == parse_project(  # type: ignore[arg-type]
        "acme", {}, {}, folder="/", mark=mark
    )


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["", "a", "us-east", "+14155550101", "+14155550101\n", "10m", "never", "local", "active", "1"]
    ),
    st.lists(st.sampled_from(["+14155550101", 1, None, True]), max_size=3),
    st.dictionaries(st.sampled_from(["retry_limit", "call_interval_days", "file", "a b"]), st.integers(0, 3)),
)


@st.composite
def damaged_documents(draw: st.DrawFn) -> tuple[str, Any]:
    """An example of a schema in which up to three values were replaced, added or removed."""
    kind, example = draw(st.sampled_from(EXAMPLES))
    document = json.loads(json.dumps(example))
    for _ in range(draw(st.integers(0, 3))):
        at = document
        while isinstance(at, dict) and at:
            key = draw(st.sampled_from([*at, "surprise"]))
            if key not in at or not isinstance(at[key], dict) or draw(st.booleans()):
                break
            at = at[key]
        if isinstance(at, dict) and at and draw(st.booleans()):
            at.pop(key, None)
        elif isinstance(at, dict) and at:
            at[key] = draw(ODD)
    return kind, document


@settings(max_examples=examples(400))
@given(damaged_documents())
def test_the_fast_test_accepts_exactly_what_jsonschema_accepts(case: tuple[str, Any]) -> None:
    kind, document = case
    accepted = compile_schema(SCHEMAS[kind])(document)
    # 1.0 is an integer to jsonschema; the fast test leaves such doubts to it.
    assert accepted == (not list(judged_violations(kind, document))) or (
        not accepted and "1.0" in str(document)
    )


def test_a_keyword_that_the_fast_test_does_not_know_accepts_nothing() -> None:
    assert not compile_schema({"type": "string", "format": "uri"})("text")
