"""People whom two campaigns would call: whether a change brings them there, and how it is told."""

import json
from pathlib import Path

import pytest

from teli_iac.model.comparison import InTwo, PeopleInTwo
from teli_iac.render.comparison import render_comparison
from teli_iac.render.comparison_json import render_comparison_json
from teli_iac.render.comparison_markdown import render_comparison_markdown
from tests.comparison.comparing import compare
from tests.comparison.repository import CAMPAIGN, edit, git
from tests.manifests.folders import write

OTHERS = "phone_number,plan\n+14155550130,gold\n+14155550131,gold\n"


@pytest.fixture
def clone(clone: Path) -> Path:
    """A second campaign, of two people of its own, is committed as well."""
    more = CAMPAIGN.replace("fall}", "more}").replace("fall.csv", "more.csv")
    write(clone, {"more.yaml": more, "leads/more.csv": OTHERS})
    return _committed(clone)


def _committed(clone: Path) -> Path:
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message=as it was")
    return clone


def _share(clone: Path, number: str = "+14155550120") -> None:
    edit(clone, "leads/more.csv", "+14155550130", number)


def _text(clone: Path) -> str:
    return " ".join(render_comparison(compare(clone), colour=False, width=80).split())


def test_where_nobody_is_in_two_campaigns_nothing_is_said(clone: Path) -> None:
    assert compare(clone).in_two == PeopleInTwo(0, 0, 0, (), 0, 0)
    edit(clone, "fall.yaml", "agent_1", "agent_2")
    assert "two campaigns" not in _text(clone)
    assert "two campaigns" not in render_comparison_markdown(compare(clone))


def test_people_whom_a_change_brings_into_two_campaigns_are_counted(clone: Path) -> None:
    _share(clone)
    both = (InTwo("campaign/fall", 0, 1), InTwo("campaign/more", 0, 1))
    assert compare(clone).in_two == PeopleInTwo(0, 1, 1, both, 0, 0)
    assert (
        "! people in two campaigns people 0 -> 1: 1 by this change"
        " in campaign/fall (0 -> 1) and campaign/more (0 -> 1)"
        " apply the guard `duplicate_people` refuses a plan that calls them in both: it lets 0 pass"
    ) in _text(clone)


def test_a_new_campaign_with_the_people_of_another_is_told(clone: Path) -> None:
    write(clone, {"new.yaml": CAMPAIGN.replace("fall}", "new}")})
    both = (InTwo("campaign/fall", 0, 3), InTwo("campaign/new", 0, 3))
    assert compare(clone).in_two == PeopleInTwo(0, 3, 3, both, 0, 0)


def test_people_whom_a_change_takes_out_of_one_of_two_campaigns_are_counted(clone: Path) -> None:
    _share(clone)
    _committed(clone)
    edit(clone, "leads/fall.csv", "+14155550120,gold\n", "")
    shared = compare(clone).in_two
    assert (shared.before, shared.after, shared.introduced, shared.resolved) == (1, 0, 0, 1)
    assert "people 1 -> 0: 1 no longer in campaign/fall (1 -> 0) and campaign/more (1 -> 0)" in _text(clone)
    assert "refuses" not in _text(clone)


def test_people_who_were_in_two_campaigns_before_are_not_of_this_change(clone: Path) -> None:
    _share(clone)
    _committed(clone)
    edit(clone, "fall.yaml", "agent_1", "agent_2")
    assert "people 1, all as before in campaign/fall (1) and campaign/more (1)" in _text(clone)
    assert "warning" not in render_comparison_markdown(compare(clone))


def test_others_in_their_stead_are_of_this_change_though_the_count_stays(clone: Path) -> None:
    _share(clone)
    _committed(clone)
    edit(clone, "leads/more.csv", "+14155550120", "+14155550121")
    shared = compare(clone).in_two
    assert (shared.before, shared.after, shared.introduced, shared.resolved) == (1, 1, 1, 1)
    assert "people 1 -> 1: 1 by this change, 1 no longer" in _text(clone)


def test_whoever_is_on_a_do_not_call_list_is_called_by_nobody(clone: Path) -> None:
    _share(clone)
    edit(clone, "more.yaml", "  run: 1\n", "  run: 1\n  suppress: [{file: dnc.txt}]\n")
    (clone / "dnc.txt").write_text("+14155550120\n", encoding="utf-8")
    assert compare(clone).in_two.after == 0


@pytest.mark.parametrize(
    "line", ["desired_status: ended", 'campaign_end_time: "2020-12-02T09:00:00-05:00"'], ids=["ended", "over"]
)
def test_a_campaign_that_calls_nobody_any_more_shares_nobody(line: str, clone: Path) -> None:
    _share(clone)
    text = (clone / "more.yaml").read_text(encoding="utf-8").replace("2030-12-01", "2020-12-01")
    (clone / "more.yaml").write_text(f"{text}  {line}\n", encoding="utf-8")
    assert compare(clone).in_two.after == 0


def test_a_query_is_not_run_and_said_to_be_unread(clone: Path) -> None:
    edit(clone, "teli.yaml", '"sandbox:"', '"sandbox:", connections: {crm: {kind: sqlite, file: crm.db}}')
    query = "leads: {connection: crm, query: SELECT phone_number FROM people}\n"
    edit(clone, "more.yaml", "leads: {file: leads/more.csv, variables: [plan]}\n", query)
    assert compare(clone).in_two == PeopleInTwo(0, 0, 0, (), 1, 0)
    assert "unread 1 campaign with a query, which was not run" in _text(clone)


def test_as_many_as_the_guard_lets_pass_are_no_alarm(clone: Path) -> None:
    edit(clone, "teli.yaml", '"sandbox:"', '"sandbox:", guards: {duplicate_people: 1}')
    _share(clone)
    told = render_comparison_markdown(compare(clone))
    assert "\n- people in two campaigns: " in told
    assert "the guard `duplicate_people` lets 1 pass" in told


def test_a_comment_begins_with_a_warning_of_people_whom_two_campaigns_would_call(clone: Path) -> None:
    _share(clone)
    told = render_comparison_markdown(compare(clone))
    assert "\n- :warning: people in two campaigns: " in told
    assert told.index(":warning:") < told.index("| campaign |")


def test_json_has_the_counts_and_the_campaigns(clone: Path) -> None:
    _share(clone)
    assert json.loads(render_comparison_json(compare(clone)))["people_in_two"] == {
        "before": 0,
        "after": 1,
        "introduced": 1,
        "resolved": 0,
        "limit": 0,
        "unread_campaigns": 0,
        "campaigns": [
            {"address": "campaign/fall", "before": 0, "after": 1},
            {"address": "campaign/more", "before": 0, "after": 1},
        ],
    }


def test_no_format_shows_whose_number_it_is(clone: Path) -> None:
    _share(clone)
    comparison = compare(clone)
    told = (
        render_comparison(comparison, colour=False, width=80),
        render_comparison_json(comparison),
        render_comparison_markdown(comparison),
        repr(comparison),
    )
    assert [each for each in told if "5550120" in each] == []


def test_of_many_campaigns_with_the_longest_names_the_first_are_named(clone: Path) -> None:
    many = [CAMPAIGN.replace("fall}", f"{'x' * 36}-{number:03}}}") for number in range(500)]
    (clone / "many.yaml").write_text("---\n".join(many), encoding="utf-8")
    comparison = compare(clone)
    assert (comparison.in_two.after, len(comparison.in_two.campaigns)) == (3, 501)
    told = render_comparison_markdown(comparison)
    assert "493 more campaigns" in told
    assert len(told.encode()) <= 60_000
