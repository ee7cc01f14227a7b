import re
from dataclasses import replace

import pytest

from teli_iac.model import Action, Reason
from teli_iac.render import Detail, render_text
from tests.render import changes as a
from tests.render.goldens import FOLDER, Golden, every_golden
from tests.render.plans import PLANS, plan

WHOLE = re.compile(r"`[^`]*`\S*|\S+")
GOLDENS = list(every_golden())


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.file.stem)
def test_a_plan_reads_as_its_golden_file(golden: Golden) -> None:
    assert golden.render() == golden.file.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_plan() -> None:
    assert {golden.file for golden in GOLDENS} == set(FOLDER.iterdir())


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("name", [name for name in PLANS if name != "hostile_names"])
def test_a_line_is_wider_than_the_terminal_only_for_a_word_that_must_stay_whole(
    name: str, width: int
) -> None:
    shown = PLANS[name]()
    text = render_text(shown.plan, shown.refusals, colour=False, width=width)
    for line in text.splitlines():
        longest = max(map(len, WHOLE.findall(line)), default=0)
        assert len(line) <= width or longest + 30 > width, line


def test_lines_stay_readable_on_a_very_wide_terminal() -> None:
    shown = PLANS["mixed"]()
    wide = render_text(shown.plan, shown.refusals, colour=False, width=400)
    assert max(map(len, wide.splitlines())) <= 120


def test_no_line_ends_in_spaces() -> None:
    for made in PLANS.values():
        shown = made()
        text = render_text(shown.plan, shown.refusals, colour=False, width=80)
        assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_what_waits_for_a_person_comes_first_then_what_stops_then_what_calls() -> None:
    shown = PLANS["mixed"]()
    text = render_text(shown.plan, shown.refusals, colour=False, width=80)
    order = [
        "! campaign/winter-survey",
        "- campaign/spring-recall",
        "+ campaign/fall-renewals",
        "Plan:",
        "Refused",
    ]
    assert sorted(order, key=text.index) == order


def test_a_thousand_campaigns_are_all_named_and_the_sum_is_the_last_thing_on_the_screen() -> None:
    launched = [a.launch(f"wave-{number}", 10) for number in range(500)]
    kept = [a.keep(f"done-{number}", Reason.FULFILLED) for number in range(500)]
    lines = render_text(plan(*launched, *kept), (), colour=False, width=80).splitlines()
    assert sum(line.startswith("  + campaign/wave-") for line in lines) == 500
    assert "Unchanged: 500 campaigns (500 fulfilled)." in lines
    assert lines[-5:-2] == [
        "Plan: 500 to launch.",
        "Impact: 5,000 people are called for the first time, 0 again; at most 20,000",
        "    calls.",
    ]


def test_more_campaigns_than_a_person_reads_are_counted_and_the_first_of_each_kind_named() -> None:
    launched = [a.launch(f"wave-{number:04}", 10) for number in range(4_000)]
    blocked = [a.blocked(Reason.UNKNOWN_OUTCOME, Action.LAUNCH, 3, name=f"lost-{n:02}") for n in range(12)]
    kept = [replace(a.keep(f"left-{number:04}", Reason.UNFINISHED), uncalled=2) for number in range(3_000)]
    everything = plan(*launched, *blocked, *kept)
    lines = render_text(everything, (), colour=False, width=80).splitlines()
    assert len(lines) < 250
    assert sum(line.startswith("  + campaign/wave-") for line in lines) == 10
    assert "    … and 3,990 more to launch" in lines
    assert "    … and 2 more to blocked" not in lines
    assert "    … and 2 more are blocked" in lines
    assert "    … and 2,990 more like these" in lines
    assert "Plan: 4,000 to launch, 12 blocked." in lines
    full = render_text(everything, (), colour=False, width=80, detail=Detail.FULL)
    assert full.count("campaign/wave-") == 4_000


def test_a_detail_that_is_asked_for_is_given_whatever_the_size_of_the_plan() -> None:
    few = plan(a.launch("one"), a.launch("two"))
    in_short = render_text(few, (), colour=False, width=80, detail=Detail.CHANGES)
    assert "agent" in render_text(few, (), colour=False, width=80)
    assert "agent" not in in_short
    assert "Told in short; everything: --detail full" in in_short
    many = plan(*(a.launch(f"wave-{number}") for number in range(600)))
    assert (
        render_text(many, (), colour=False, width=80, detail=Detail.CHANGES).count("+ campaign/wave-") == 600
    )


def test_an_empty_plan_says_that_there_is_nothing_to_do() -> None:
    assert "\nNothing to do.\nImpact: nobody is called.\n" in render_text(plan(), (), colour=False, width=80)


def test_a_command_to_copy_stays_on_one_line_and_names_the_campaign() -> None:
    shown = PLANS["blocked_unknown"]()
    text = render_text(shown.plan, (), colour=False, width=60)
    assert any("`teli-iac settle campaign/winter-survey --abandon`" in line for line in text.splitlines())
