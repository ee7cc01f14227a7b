"""What review tools are given, checked by the schemas that those tools answer to."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema
from hypothesis import example, given
from hypothesis import strategies as st

from teli_iac.errors import Problem
from teli_iac.model import Finding as Found
from teli_iac.model import Mark, Reason, Severity
from teli_iac.render import PROBLEM_FORMATS, format_of
from teli_iac.render.github import render_github, render_problems_github
from teli_iac.render.junit import render_junit, render_problems_junit
from teli_iac.render.sarif import MOST_RESULTS, render_problems_sarif, render_sarif
from tests.render import changes as a
from tests.render.plans import HOSTILE, PLANS, many, plan, with_text

DATA = Path(__file__).parents[1] / "data"
SARIF: Any = jsonschema.Draft7Validator(json.loads((DATA / "sarif-2.1.0.json").read_text(encoding="utf-8")))
JUNIT = xmlschema.XMLSchema(DATA / "junit.xsd")
ANY_TEXT = st.text(st.characters(), max_size=60)


def problem(line: int = 3, file: str = "campaigns/fall.yaml", message: str = "no such key.") -> Problem:
    return Problem("TELI-E020", message, Mark(file, line, 5), "Mend it.", ("secret line", "^"))


def results(text: str) -> Any:
    return json.loads(text)["runs"][0]["results"]


@pytest.mark.parametrize("name", PLANS)
def test_every_plan_is_sarif_and_junit_by_their_schemas(name: str) -> None:
    shown = PLANS[name]()
    SARIF.validate(json.loads(render_sarif(shown.plan, shown.refusals)))
    JUNIT.validate(render_junit(shown.plan, shown.refusals))


@given(text=ANY_TEXT)
@example(text=HOSTILE)
@example(text="]]>&<\"'\x00")
@example(text="file:///etc/passwd?x#y")
def test_whatever_others_wrote_the_schemas_hold(text: str) -> None:
    made = with_text(text)
    SARIF.validate(json.loads(render_sarif(made, ())))
    JUNIT.validate(render_junit(made, ()))
    wrong = [problem(message=text, file=text)]
    SARIF.validate(json.loads(render_problems_sarif(wrong)))
    JUNIT.validate(render_problems_junit(wrong, a.NOW))


@given(text=ANY_TEXT)
@example(text="::error::x\n::stop-commands::y")
@example(text="a,b:c%0A::error::")
def test_a_problem_is_one_command_whatever_it_says(text: str) -> None:
    told = render_problems_github([problem(message=text, file=text)])
    first, *rest = told.splitlines()
    assert first.startswith("::error file=")
    assert rest == ["1 problem"]
    assert first.count("::") == 2


def test_a_problem_is_annotated_at_its_place_below_the_root() -> None:
    told = render_problems_github([problem()], folder="calls/acme")
    assert told.splitlines()[0] == (
        "::error file=calls/acme/campaigns/fall.yaml,line=3,col=5,title=TELI-E020::no such key. Mend it."
    )


def test_a_comma_in_a_file_name_ends_no_setting() -> None:
    told = render_problems_github([problem(file="a,title=b:c%.yaml")])
    assert told.startswith("::error file=a%2Ctitle=b%3Ac%25.yaml,line=3")


def test_of_eleven_problems_nine_are_annotated_and_the_tenth_counts_the_rest() -> None:
    lines = render_problems_github([problem(line) for line in range(1, 12)]).splitlines()
    assert sum(line.startswith("::") for line in lines) == 10
    assert (
        lines[9]
        == "::error title=and more::2 more findings not shown: GitHub shows ten. The log has the whole."
    )
    assert lines[10] == "11 problems"


def test_ten_problems_are_all_annotated() -> None:
    told = render_problems_github([problem(line) for line in range(1, 11)])
    assert told.count("::error file=") == 10


def test_a_plan_annotates_what_refuses_first_and_what_is_launched_last() -> None:
    shown = PLANS["mixed"]()
    lines = render_github(shown.plan, shown.refusals).splitlines()
    assert [line.partition(" ")[0] for line in lines[:6]] == [
        "::error",
        "::error",
        "::error",
        "::warning",
        "::notice",
        "::notice",
    ]
    assert lines[-1] == f"Digest: {shown.plan.digest}"


def test_sarif_points_at_the_line_that_changed() -> None:
    shown = PLANS["blocked_edit"]()
    (result,) = results(render_sarif(shown.plan, shown.refusals, folder="calls"))
    assert result["ruleId"] == Reason.SETTINGS_CHANGED
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "calls/campaigns/winter-survey.yaml"
    assert place["region"]["startLine"] == 6


def test_sarif_places_what_has_no_place_at_the_project() -> None:
    shown = PLANS["delete_live"]()
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in results(render_sarif(shown.plan, shown.refusals))
    }
    assert uris == {"teli.yaml"}


def test_sarif_has_no_more_results_than_code_scanning_takes() -> None:
    told = render_problems_sarif([problem(line) for line in range(1, MOST_RESULTS + 12)])
    found = results(told)
    assert len(found) == MOST_RESULTS
    assert found[-1]["message"]["text"] == "12 more findings left out: code scanning takes no more."
    assert '"More findings than a file may hold"' in told


def test_a_source_line_is_in_no_report_for_it_may_be_a_leads() -> None:
    for render in PROBLEM_FORMATS.values():
        assert "secret line" not in render([problem()], a.NOW, "")


def test_what_teli_lacks_is_told_as_gravely_as_it_is() -> None:
    found = [
        Found("TELI-E200", severity, "agents", f"{severity} of an agent.", "Look.", Mark("a.yaml", 3, 1))
        for severity in Severity
    ]
    assert [line.partition(" ")[0] for line in render_problems_github(found).splitlines()] == [
        "::error",
        "::warning",
        "2",
    ]
    assert [result["level"] for result in results(render_problems_sarif(found))] == ["error", "warning"]
    (suite,) = ET.fromstring(render_problems_junit(found, a.NOW))  # noqa: S314  our own text
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")


def test_nothing_wrong_is_one_test_that_passed_and_no_result() -> None:
    (suite,) = ET.fromstring(render_problems_junit([], a.NOW))  # noqa: S314  our own text
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")
    assert results(render_problems_sarif([])) == []
    assert render_problems_github([]) == "0 problems\n"


def test_a_blocked_campaign_and_a_refusing_guard_are_failed_tests() -> None:
    shown = PLANS["mixed"]()
    suites = {suite.get("name"): suite for suite in ET.fromstring(render_junit(shown.plan, shown.refusals))}  # noqa: S314  our own text
    assert (suites["campaigns"].get("tests"), suites["campaigns"].get("failures")) == ("8", "1")
    failed = [case.get("name") for case in suites["guards"] if case.find("failure") is not None]
    assert failed == ["live_deletes", "duplicate_people"]


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
def test_a_format_with_places_names_them_from_the_root(form: str) -> None:
    made = plan(a.blocked(Reason.SETTINGS_CHANGED, name="x", fields=a.EDITED))
    told = format_of(form, folder="calls/acme", most_bytes=60_000)(made, (), colour=False, width=80)
    assert "calls/acme/campaigns/winter-survey.yaml" in told


def test_five_thousand_campaigns_are_annotated_ten_times_and_listed_whole() -> None:
    shown = many()
    assert render_github(shown.plan, shown.refusals).count("\n") == 13
    assert render_junit(shown.plan, shown.refusals).count("<testcase ") == 5_007
    assert len(results(render_sarif(shown.plan, shown.refusals))) == 3_751
