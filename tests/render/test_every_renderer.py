"""What every format promises, whoever wrote the text that it tells."""

import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from teli_iac.render import FORMATS, Format, for_terminal, render_text
from tests.render.changes import LEAD_NAME, LEAD_NUMBER
from tests.render.plans import HOSTILE, PLANS, with_text

SGR = re.compile(r"\x1b\[[0-9;]*m")
HEADLINE = re.compile(r"^(?:  [-+~!]|-/\+) ")
WIDTHS = st.sampled_from([40, 60, 80, 120, 200])
ANY_TEXT = st.text(st.characters(), max_size=60) | st.lists(
    st.sampled_from(
        ["::", "error", "##[", "\n", "\r", "\x1b]8;;", " ", "+ campaign/x  launch", "\u202e", ":"]
    ),
    max_size=8,
).map("".join)

COUNTS_ALONE = {"gitlab"}
COMMANDS = {"github": re.compile(r"^::(?:error|warning|notice) ")}
"""Formats that are read from a log, and the lines they may begin so: never more than ten."""

every_format = pytest.mark.parametrize("render", FORMATS.values(), ids=FORMATS)


@every_format
@given(text=ANY_TEXT, width=WIDTHS)
@example(text=HOSTILE, width=80)
@example(text="::error::boo", width=40)
@example(text="\ud800", width=80)
def test_no_text_of_others_brings_a_control_character_or_a_pipelines_command(
    render: Format, text: str, width: int
) -> None:
    told = render(with_text(text), (), colour=False, width=width)
    hidden = [c for c in told if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert hidden == []
    commands = [line for line in told.split("\n") if line.lstrip().startswith("::")]
    name = next(name for name, each in FORMATS.items() if each is render)
    assert [line for line in commands if name not in COMMANDS or not COMMANDS[name].match(line)] == []
    assert len(commands) <= 10
    assert "##" not in told


@given(text=ANY_TEXT, width=WIDTHS)
@example(text=HOSTILE, width=60)
@example(text="a-name-as-long-as-it-takes-to-break-the-line + campaign/x  launch", width=60)
def test_no_text_of_others_forges_the_line_of_a_change(text: str, width: int) -> None:
    told = render_text(with_text(text), (), colour=False, width=width)
    assert sum(bool(HEADLINE.match(line)) for line in told.split("\n")) == 3


@given(text=ANY_TEXT.filter(lambda text: len(for_terminal(text)) <= 12 and len(text.split()) == 1))
@example(text="a\nb")
def test_no_short_text_of_others_adds_a_line(text: str) -> None:
    shown = for_terminal(text)
    told = render_text(with_text(text), (), colour=False, width=120)
    assert told.count("\n") == render_text(with_text("x" * len(shown)), (), colour=False, width=120).count(
        "\n"
    )


@every_format
@pytest.mark.parametrize("name", PLANS)
def test_no_number_and_no_name_of_a_lead_is_told(render: Format, name: str) -> None:
    shown = PLANS[name]()
    told = render(shown.plan, shown.refusals, colour=True, width=80)
    assert LEAD_NUMBER[2:] not in told
    assert LEAD_NAME not in told


@every_format
@given(text=ANY_TEXT, width=WIDTHS)
def test_colour_adds_no_fact_and_takes_none_away(render: Format, text: str, width: int) -> None:
    plan = with_text(text)
    coloured = render(plan, (), colour=True, width=width)
    assert SGR.sub("", coloured) == render(plan, (), colour=False, width=width)


@every_format
@pytest.mark.parametrize("name", PLANS)
def test_a_plan_ends_with_one_newline_and_is_told_the_same_way_twice(render: Format, name: str) -> None:
    told = [render(PLANS[name]().plan, PLANS[name]().refusals, colour=False, width=80) for _ in range(2)]
    assert told[0] == told[1]
    assert told[0].endswith("\n")
    assert not told[0].endswith("\n\n")


@pytest.mark.parametrize(
    "render",
    [each for name, each in FORMATS.items() if name not in COUNTS_ALONE],
    ids=[name for name in FORMATS if name not in COUNTS_ALONE],
)
@pytest.mark.parametrize("name", sorted(PLANS.keys() - {"hostile_names"}))
def test_every_address_that_acts_and_every_consent_is_told(render: Format, name: str) -> None:
    shown = PLANS[name]()
    told = render(shown.plan, shown.refusals, colour=False, width=80)
    assert [change.address for change in shown.plan.acting if change.address not in told] == []
    assert [change.address for change in shown.plan.blocked if change.address not in told] == []
    assert [refusal.consent for refusal in shown.refusals if refusal.consent not in told] == []


@given(text=ANY_TEXT)
def test_json_tells_every_text_as_it_was(text: str) -> None:
    told = json.loads(FORMATS["json"](with_text(text), (), colour=False, width=80))
    assert told["gaps"] == [text]
    assert told["account"]["tenant_id"] == text
