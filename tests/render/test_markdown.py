"""A comment on a pull request: what is in it, that it fits, and that nobody can write into it."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from teli_iac.model import Plan, Reason
from teli_iac.render.markdown import DEFAULT_BYTES, LEAST_BYTES, marker, render_markdown
from teli_iac.render.markdown_text import code, prose
from tests.render import changes as a
from tests.render.plans import HOSTILE, PLANS, many, with_text
from tests.render.plans import plan as plan_of

OURS = re.compile(r"</?(?:details|summary)>|<!-- teli-iac plan [a-z0-9-]* -->|[\w ,:'-]+(?=</summary>)")
"""The only HTML that a comment holds: a marker, and folded details with a title of ours."""

HARMLESS = re.compile(r"[\w\s().,:;?!\"'\u2019\u2192\u00b7-]*")
"""What text beside code may hold: nothing that mentions, links, refers or draws."""

TRICKS = (
    "@everyone",
    "#1",
    "!1",
    "</details>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "https://evil.example",
    "www.evil.example",
    "`",
    "```",
    "|",
    "<!--",
    "-->",
    "&lt;",
    "\\",
    "*x*",
    "~~x~~",
    "\n# x",
    "5b0c6f2d9e7a41388c21",
    "GH-1",
    ":+1:",
    "$x$",
    "\u202e",
)
ANY_TEXT = st.text(st.characters(), max_size=40) | st.lists(st.sampled_from(TRICKS), max_size=5).map(" ".join)


def tokens(text: str) -> list[Token]:
    parsed = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(text)
    return [inner for token in parsed for inner in (token, *(token.children or ()))]


def told(plan: Plan, most_bytes: int = DEFAULT_BYTES) -> str:
    return render_markdown(plan, (), most_bytes=most_bytes)


@given(text=ANY_TEXT)
@example(text=HOSTILE)
@example(text=" ".join(TRICKS))
@example(text="`a` b")
def test_no_text_of_others_is_a_link_an_image_html_or_a_mention(text: str) -> None:
    found = tokens(told(with_text(text)))
    kinds = {token.type for token in found}
    assert not kinds & {"link_open", "image", "html_inline", "fence", "code_block", "blockquote_open", "hr"}
    html = "".join(token.content for token in found if token.type == "html_block")
    assert not OURS.sub("", html).strip()
    assert [t.content for t in found if t.type == "text" and not HARMLESS.fullmatch(t.content)] == []


@given(text=ANY_TEXT)
@example(text="x`y``z")
@example(text="`")
def test_a_code_span_shows_what_it_was_given(text: str) -> None:
    (inline,) = [t for t in tokens(f"x {code(text)} x") if t.type == "code_inline"]
    assert "".join(inline.content.split()) in "".join(code(text).split())


@given(text=ANY_TEXT, number=st.integers(1, 40))
def test_no_text_of_others_adds_or_takes_away_a_heading_or_a_fold(text: str, number: int) -> None:
    shown = told(with_text(text * number))
    plain = told(with_text("x"))
    for line in ("<details>", "</details>", "---"):
        assert shown.split("\n").count(line) == plain.split("\n").count(line)


@given(text=ANY_TEXT, budget=st.integers(LEAST_BYTES, 20_000), times=st.integers(1, 200))
@example(text=HOSTILE, budget=LEAST_BYTES, times=50)
@example(text="\ud800", budget=LEAST_BYTES, times=200)
def test_whatever_is_in_it_a_comment_fits_its_budget(text: str, budget: int, times: int) -> None:
    shown = render_markdown(with_text(text * times), (), most_bytes=budget)
    assert len(shown.encode()) <= budget


@pytest.mark.parametrize("budget", [LEAST_BYTES, 10_000, DEFAULT_BYTES])
def test_five_thousand_campaigns_keep_their_totals_their_leaving_and_the_digest(budget: int) -> None:
    shown = many()
    text = render_markdown(shown.plan, shown.refusals, most_bytes=budget)
    assert len(text.encode()) <= budget
    assert "| 2,500 | 0 | 0 | 0 | 625 | 1,250 | 625 | 50,000 | 0 | 200,000 |" in text
    assert "Refused by 1 guard: 1" not in text
    for said in (
        f"Digest: `{shown.plan.digest}`",
        "`--allow live_deletes=312`",
        "Launched: 2,500 campaigns, 50,000 people",
        "Blocked: 625 campaigns, 3,125 people",
        "Leaving while live, so that people who wait get no call: 313 campaigns, 3,130 people",
        "Leaving: 312 campaigns",
        "more, left out for want of room",
    ):
        assert said in text


def test_what_leaves_is_named_before_what_is_launched() -> None:
    shown = many()
    text = render_markdown(shown.plan, (), most_bytes=DEFAULT_BYTES)
    assert sum(f"`campaign/delete-{each:05}`" in text for each in range(625)) > 300
    assert text.index("delete-00000") < text.index("Launched:")
    assert "`campaign/launch-00000`" in text
    assert "`campaign/blocked-00000`" in text


def test_details_go_first_when_room_is_short() -> None:
    launches = [a.launch(f"c{number:03}", 1) for number in range(60)]
    whole = told(plan_of(*launches))
    short = told(plan_of(*launches), len(whole.encode()) // 2)
    assert [f"`campaign/c{number:03}`" in short for number in range(60)] == [True] * 60
    assert whole.count("  - calls: ") == 60
    assert 0 < short.count("  - calls: ") < 60


def test_the_verdict_and_the_impact_come_before_anything_else() -> None:
    shown = PLANS["mixed"]()
    lines = render_markdown(shown.plan, shown.refusals).splitlines()
    assert lines[0] == "<!-- teli-iac plan acme -->"
    assert lines[4] == (
        "**Refused by 2 guards: apply does nothing until each is lifted. 1 campaign waits for a person.**"
    )
    assert lines[7].startswith("Impact: 1,448 people are called for the first time, 0 again;")


def test_a_job_finds_its_own_comment_by_its_project() -> None:
    assert marker("acme") == "<!-- teli-iac plan acme -->"
    assert marker("x--><script>") == "<!-- teli-iac plan x--script -->"


def test_a_plan_without_changes_is_short() -> None:
    text = told(plan_of(a.keep("alpha"), a.keep("beta", Reason.LAPSED, 40)))
    assert "**Nothing to do.**" in text
    assert "`campaign/beta` lapsed, 40 people never called" in text
    assert "<details>" in text


def test_targets_are_told_as_a_part_of_the_whole() -> None:
    text = told(replace(plan_of(a.launch()), targets=("campaign/fall-renewals",)))
    assert "Only 1 campaign by `--target`; the rest is left out." in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("its settings were edited", "its settings were edited"),
        ("1,448 people at 14:00 UTC.", "1,448 people at 14:00 UTC."),
        ("a -> b", "a \u2192 b"),
        ("run `teli-iac plan` now", "run `teli-iac plan` now"),
        ("see campaign/x, then", "see `campaign/x`, then"),
        ("ask @team or #12", "ask `@team` or `#12`"),
    ],
)
def test_a_sentence_reads_as_it_was_written(text: str, shown: str) -> None:
    assert prose(text) == shown
