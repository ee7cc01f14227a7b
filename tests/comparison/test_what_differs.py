"""What an edit means, told from two sets of manifests alone."""

from pathlib import Path

import pytest

from teli_iac.model.comparison import CampaignChange, Comparison, Consequence, Difference, PeopleChange
from tests.comparison.comparing import compare
from tests.comparison.repository import CAMPAIGN, LEADS, edit, git
from tests.manifests.folders import write


def _only(comparison: Comparison) -> CampaignChange:
    (change,) = comparison.campaigns
    return change


def _fields(change: CampaignChange) -> list[tuple[str, object, object]]:
    return [(each.path, each.before, each.after) for each in change.fields]


def test_nothing_differs_from_the_commit_that_is_checked_out(clone: Path) -> None:
    comparison = compare(clone)
    assert (comparison.differs, comparison.unchanged) == (False, 1)


def test_another_order_and_other_comments_are_no_difference(clone: Path) -> None:
    (clone / "fall.yaml").write_text("# later\n" + CAMPAIGN.replace("  run: 1\n", ""), encoding="utf-8")
    lines = LEADS.splitlines(keepends=True)
    (clone / "leads/fall.csv").write_text(lines[0] + "".join(reversed(lines[1:])), encoding="utf-8")
    assert not compare(clone).differs


def test_people_are_counted_as_added_removed_and_changed(clone: Path) -> None:
    edit(clone, "leads/fall.csv", "+14155550120,gold\n", "+14155550123,gold\n+14155550124,gold\n")
    edit(clone, "leads/fall.csv", "+14155550121,gold", "+14155550121,silver")
    change = _only(compare(clone))
    assert change.people == PeopleChange(3, 4, 2, 1, 1)
    assert change.consequences == (Consequence.STOPS_AND_RELAUNCHES, Consequence.EXTENDS)
    assert (change.new, change.again) == (2, 0)


def test_people_who_come_along_are_launched_alone(clone: Path) -> None:
    edit(clone, "leads/fall.csv", "+14155550122,gold\n", "+14155550122,gold\n+14155550123,gold\n")
    change = _only(compare(clone))
    assert (change.consequences, change.new) == ((Consequence.EXTENDS,), 1)


def test_a_higher_run_calls_those_again_who_stay_and_the_others_for_the_first_time(clone: Path) -> None:
    edit(clone, "fall.yaml", "run: 1", "run: 2")
    edit(clone, "leads/fall.csv", "+14155550120", "+14155550123")
    comparison = compare(clone)
    assert _only(comparison).consequences == (Consequence.CALLS_AGAIN,)
    assert (comparison.new_people, comparison.people_again) == (1, 2)


def test_a_lower_run_calls_nobody(clone: Path) -> None:
    edit(clone, "fall.yaml", "run: 1", "run: 2")
    git(clone, "commit", "--quiet", "--all", "--message=again")
    edit(clone, "fall.yaml", "run: 2", "run: 1")
    assert _only(compare(clone)).consequences == (Consequence.RUN_WENT_BACK,)


def test_a_changed_setting_names_the_line_that_says_so(clone: Path) -> None:
    edit(clone, "fall.yaml", "agent_1", "agent_2")
    change = _only(compare(clone))
    assert _fields(change) == [("voice_agent_id", "agent_1", "agent_2")]
    assert str(change.fields[0].origin) == "fall.yaml:5:19"
    assert change.consequences == (Consequence.STOPS_AND_RELAUNCHES,)


def test_a_changed_pool_or_policy_tells_every_campaign_it_reaches(clone: Path) -> None:
    write(clone, {"more.yaml": CAMPAIGN.replace("fall}", "more}")})
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message=more")
    edit(clone, "teli.yaml", "retry_limit: 3", "retry_limit: 5")
    comparison = compare(clone)
    (shared,) = comparison.shared
    assert (shared.address, shared.reaches) == ("redial_policy/gentle", ("campaign/fall", "campaign/more"))
    assert [change.address for change in comparison.campaigns] == ["campaign/fall", "campaign/more"]
    assert str(shared.fields[0].origin) == "teli.yaml:14:21"


@pytest.mark.parametrize(
    ("on_remove", "consequence"),
    [
        ("delete", Consequence.DELETES),
        ("end", Consequence.ENDS_ON_REMOVE),
        ("retain", Consequence.RETAINS),
    ],
)
def test_a_campaign_leaves_as_its_manifest_said_last(
    on_remove: str, consequence: Consequence, clone: Path
) -> None:
    edit(clone, "fall.yaml", "  run: 1\n", f"  run: 1\n  on_remove: {on_remove}\n")
    git(clone, "commit", "--quiet", "--all", "--message=leaving")
    (clone / "fall.yaml").unlink()
    change = _only(compare(clone))
    assert (change.difference, change.consequences) == (Difference.REMOVED, (consequence,))
    assert str(change.origin) == "HEAD:fall.yaml:1:1"


def test_a_new_campaign_is_launched(clone: Path) -> None:
    write(clone, {"new.yaml": CAMPAIGN.replace("fall}", "new}").replace("fall.csv", "new.csv")})
    write(clone, {"leads/new.csv": "phone_number,plan\n+14155550130,gold\n"})
    change = _only(compare(clone))
    assert (change.difference, change.consequences, change.new) == (
        Difference.ADDED,
        (Consequence.LAUNCHES,),
        1,
    )


def test_a_campaign_under_a_new_name_is_told_apart_from_a_new_one(clone: Path) -> None:
    edit(clone, "fall.yaml", "name: fall", "name: autumn")
    added = compare(clone).campaigns[0]
    assert (added.consequences, added.like, added.new) == ((Consequence.LOOKS_RENAMED,), "campaign/fall", 0)
    edit(clone, "fall.yaml", "name: autumn", "name: autumn, renamed_from: fall")
    added = compare(clone).campaigns[0]
    assert (added.consequences, added.like, added.new) == ((Consequence.KEEPS_MEMORY,), "campaign/fall", 0)


@pytest.mark.parametrize(
    ("status", "consequence"),
    [("paused", Consequence.PAUSES), ("ended", Consequence.ENDS)],
)
def test_a_status_that_is_wanted_is_told(status: str, consequence: Consequence, clone: Path) -> None:
    edit(clone, "fall.yaml", "run: 1", f"desired_status: {status}")
    assert _only(compare(clone)).consequences == (consequence,)
    git(clone, "commit", "--quiet", "--all", "--message=held")
    edit(clone, "fall.yaml", f"desired_status: {status}", "run: 1")
    assert _only(compare(clone)).consequences == (Consequence.RESUMES,)


def test_labels_change_nothing_on_teli(clone: Path) -> None:
    edit(clone, "fall.yaml", "{name: fall}", "{name: fall, labels: {team: growth}}")
    change = _only(compare(clone))
    assert (_fields(change), change.consequences) == (
        [("labels.team", None, "growth")],
        (Consequence.NOTHING,),
    )


def test_a_changed_guard_of_the_project_is_told(clone: Path) -> None:
    edit(clone, "teli.yaml", '"sandbox:"', '"sandbox:", guards: {max_new_people: 9}')
    comparison = compare(clone)
    assert [(each.path, each.after) for each in comparison.settings] == [("guards.max_new_people", 9)]


def test_the_password_of_a_ledger_is_not_told(clone: Path) -> None:
    edit(clone, "teli.yaml", '"sandbox:"', '"sandbox:", ledger: "postgresql://ada:secret@db.example/teli"')
    (changed,) = compare(clone).settings
    assert changed.after == "postgresql://…@db.example/teli"


def test_before_the_project_began_everything_is_new(clone: Path) -> None:
    git(clone, "checkout", "--quiet", "--orphan", "other")
    git(clone, "rm", "--quiet", "--cached", "-r", ".")
    git(clone, "commit", "--quiet", "--allow-empty", "--message=nothing")
    comparison = compare(clone)
    assert (_only(comparison).difference, comparison.settings) == (Difference.ADDED, ())


def test_what_was_taken_out_altogether_is_gone(clone: Path) -> None:
    for name in ("teli.yaml", "fall.yaml"):
        (clone / name).unlink()
    assert _only(compare(clone)).difference is Difference.REMOVED


def test_paths_narrow_the_comparison_and_may_be_of_one_side_alone(clone: Path) -> None:
    edit(clone, "fall.yaml", "name: fall", "name: autumn")
    git(clone, "mv", "fall.yaml", "autumn.yaml")
    assert [each.address for each in compare(clone, "fall.yaml").campaigns] == ["campaign/fall"]
    assert [each.address for each in compare(clone, "autumn.yaml").campaigns] == ["campaign/autumn"]


def test_from_a_folder_below_the_project_its_own_campaigns_are_compared(clone: Path) -> None:
    write(clone, {"sub/new.yaml": CAMPAIGN.replace("fall}", "new}")})
    edit(clone, "fall.yaml", "agent_1", "agent_2")
    assert [each.address for each in compare(clone / "sub").campaigns] == ["campaign/new"]


QUERY = """leads:
    connection: crm
    query: SELECT phone_number FROM people WHERE first_name = 'Grace'
"""
CONNECTIONS = ", connections: {crm: {kind: postgresql, url_from: CRM_URL}}"


def _by_query(clone: Path) -> None:
    """The people of the committed campaign are asked of a database that is nowhere."""
    edit(clone, "teli.yaml", '"sandbox:"', f'"sandbox:"{CONNECTIONS}')
    edit(clone, "fall.yaml", "leads: {file: leads/fall.csv, variables: [plan]}\n", QUERY)


def test_people_who_come_from_a_query_by_now_are_not_known_here(clone: Path) -> None:
    _by_query(clone)
    comparison = compare(clone)
    change = _only(comparison)
    assert change.consequences == (Consequence.ASKS_OTHERWISE,)
    assert not change.people.is_known
    assert [each.path for each in change.fields] == ["leads.connection", "leads.query"]
    assert [(each.path, each.after) for each in comparison.settings] == [
        ("connections.crm.kind", "postgresql"),
        ("connections.crm.timeout", "10m"),
        ("connections.crm.url_from", "CRM_URL"),
    ]


def test_a_query_is_compared_by_its_text_and_not_shown(clone: Path) -> None:
    _by_query(clone)
    git(clone, "commit", "--quiet", "--all", "--message=asked")
    assert not compare(clone).differs
    edit(clone, "fall.yaml", "'Grace'", "'Hedy'")
    change = _only(compare(clone))
    assert change.consequences == (Consequence.ASKS_OTHERWISE,)
    assert [each.path for each in change.fields] == ["leads.query"]
    assert "Hedy" not in repr(change)


def test_another_run_of_a_query_calls_whoever_it_gives(clone: Path) -> None:
    _by_query(clone)
    git(clone, "commit", "--quiet", "--all", "--message=asked")
    edit(clone, "fall.yaml", "run: 1", "run: 2")
    comparison = compare(clone)
    assert _only(comparison).consequences == (Consequence.CALLS_ANSWER,)
    edit(clone, "fall.yaml", "name: fall}", "name: spring}")
    added = next(each for each in compare(clone).campaigns if each.difference is Difference.ADDED)
    assert added.consequences == (Consequence.LAUNCHES_ANSWER,)
    assert added.new == 0


def test_a_do_not_call_list_that_is_not_in_git_leaves_the_same_people_out_of_both_sides(clone: Path) -> None:
    edit(clone, "fall.yaml", "  run: 1\n", "  run: 1\n  suppress: [{file: dnc.txt, max_age: 1d}]\n")
    git(clone, "commit", "--quiet", "--all", "--message=do not call")
    (clone / "dnc.txt").write_text("+14155550120\n", encoding="utf-8")
    assert not compare(clone).differs


def test_whoever_is_put_on_a_list_in_git_is_counted_as_removed(clone: Path) -> None:
    edit(clone, "fall.yaml", "  run: 1\n", "  run: 1\n  suppress: [{file: dnc.txt}]\n")
    (clone / "dnc.txt").write_text("+14155550129\n", encoding="utf-8")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message=do not call")
    (clone / "dnc.txt").write_text("+14155550120\n", encoding="utf-8")
    people = _only(compare(clone)).people
    assert (people.before, people.after, people.removed) == (3, 2, 1)


def test_another_limit_of_a_part_is_told_and_calls_nobody_anew(clone: Path) -> None:
    edit(clone, "fall.yaml", "variables: [plan]}", "variables: [plan], max_per_part: 2}")
    change = _only(compare(clone))
    assert _fields(change) == [("leads.max_per_part", None, 2)]
    assert change.consequences == (Consequence.NOTHING,)


def test_whatever_changes_about_a_list_of_the_project_is_told_by_its_name(clone: Path) -> None:
    (clone / "dnc.txt").write_text("+14155550199\n", encoding="utf-8")
    (clone / "opted-out.csv").write_text("phone_number,mobile\n+14155550198,+14155550198\n", encoding="utf-8")
    edit(
        clone,
        "teli.yaml",
        'base_url: "sandbox:"',
        'base_url: "sandbox:", suppress: [{file: dnc.txt, max_age: 30d}]',
    )
    assert _settings(compare(clone)) == [
        ("suppress.dnc.txt.column", None, "phone_number"),
        ("suppress.dnc.txt.max_age", None, "43200m"),
        ("suppress.dnc.txt.may_be_empty", None, False),
    ]
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "--message=a list")
    more = "max_age: 60d}, {file: opted-out.csv}, {file: opted-out.csv, column: mobile}"
    edit(clone, "teli.yaml", "max_age: 30d}", more)
    comparison = compare(clone)
    told = _settings(comparison)
    assert ("suppress.dnc.txt.max_age", "43200m", "86400m") in told
    assert ("suppress.opted-out.csv.column", None, "phone_number") in told
    assert ("suppress.opted-out.csv #2.column", None, "mobile") in told
    assert all(each.origin and each.origin.file == "teli.yaml" for each in comparison.settings)
    assert not comparison.campaigns, "nobody of its people is on them"


def _settings(comparison: Comparison) -> list[tuple[str, object, object]]:
    return [(each.path, each.before, each.after) for each in comparison.settings]
