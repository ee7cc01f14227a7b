"""The page: what it says, what it draws, and that nothing in it runs, loads or passes for something else."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from teli_iac.model import CallingWindow, Plan, Turn
from teli_iac.render.html import render_html
from teli_iac.render.html.pools import load, pools_of
from teli_iac.render.html.windows import axis_of, rows_of
from tests.render import changes as a
from tests.render.plans import HOSTILE, PLANS, Shown, many, with_text
from tests.render.plans import plan as plan_of
from tests.render.plans import windows as drawn

TRICKS = (
    "</script>",
    "<img src=x onerror=alert(1)>",
    "\"' onload=x",
    "</title>",
    "<!--",
    "&#60;",
    "javascript:x",
)
ANY_TEXT = st.text(st.characters(), max_size=40) | st.lists(st.sampled_from(TRICKS), max_size=4).map(" ".join)
HANDLER = re.compile("on[a-z]+|style|src|srcset|action|formaction|xlink:href")


class Skeleton(HTMLParser):
    """The elements and attributes of a page, and the text in it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def told(plan: Plan) -> str:
    return render_html(plan, ())


def words(page: str) -> str:
    return " ".join(" ".join(Skeleton(page).texts).split())


@given(text=ANY_TEXT.filter(bool))
@example(text=HOSTILE)
@example(text=" ".join(TRICKS))
def test_no_text_of_others_becomes_an_element_or_an_attribute(text: str) -> None:
    found, plain = Skeleton(told(with_text(text))), Skeleton(told(with_text("x")))
    assert found.elements == plain.elements
    assert [name for name, _ in found.attributes] == [name for name, _ in plain.attributes]
    assert [name for name, _ in found.attributes if HANDLER.fullmatch(name)] == []


@pytest.mark.parametrize("name", PLANS)
def test_a_page_loads_nothing_and_allows_nothing_but_its_own_style_and_script(name: str) -> None:
    shown = PLANS[name]()
    page = render_html(shown.plan, shown.refusals)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()}'"
        for inner in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", page, re.DOTALL)
    ]
    allowed = f"style-src {hashes[0]}; script-src {hashes[1]}"
    assert policy[1] == f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    links = [value for key, value in Skeleton(page).attributes if key == "href"]
    assert links == ["#decisions"]
    assert not {"img", "link", "iframe", "object", "embed", "form", "base"} & set(Skeleton(page).elements)
    assert "url(" not in page
    assert "@import" not in page


def test_a_page_says_who_is_called_how_many_when_from_which_numbers_and_why() -> None:
    shown = drawn()
    said = words(render_html(shown.plan, shown.refusals))
    for part in (
        "Refused by 1 guard: nothing is done until each is lifted.",
        "people called for the first time 960",
        "240 people for the first time; listed in leads/fall.csv; at most 960 calls",
        "Tue 1 Dec 2026 14:00 UTC to Wed 2 Dec 2026 01:00 UTC",
        "soon after it is applied to 7 days later",
        "caller id +14155550141",
        "pool us-east of 2 numbers: +14155550101, +14155550102",
        "campaigns/fall-renewals.yaml:1",
        "--allow live_deletes=1",
        f"Digest: {shown.plan.digest}",
    ):
        assert part in said, part


def test_the_numbers_come_before_the_decisions_and_the_eye_before_the_calls() -> None:
    page = render_html(drawn().plan, drawn().refusals)
    titles = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert titles == [
        "What applying this plan does",
        "What needs a person's eye",
        "Who will be called",
        "When campaigns call",
        "From which numbers, and how busy they are",
        "Every decision",
    ]


def test_each_window_has_a_bar_and_words() -> None:
    page = render_html(drawn().plan, ())
    assert page.count('<svg class="bar"') == 7
    said = words(page)
    assert "7 windows: 4 opening, 1 going on, 1 paused, 1 closing when applied." in said
    assert "campaign/spring-recall closing when applied, 120 people" in said


def test_a_field_stands_beside_the_line_of_the_manifest_that_says_so() -> None:
    shown = PLANS["blocked_edit"]()
    said = words(render_html(shown.plan, shown.refusals))
    assert "redial.retry_limit 3 5 redial.yaml:4" in said


def test_a_pool_tells_how_many_campaigns_use_it_at_once_and_since_when() -> None:
    said = words(told(drawn().plan))
    assert "Pool us-east: 2 numbers Serves 3 campaigns with 600 people." in said
    assert (
        "Overlap: up to 2 campaigns call from it at once, first from Tue 1 Dec 2026 19:00 UTC"
        " to Wed 2 Dec 2026 01:00 UTC." in said
    )
    assert "1 of its numbers is also among those of Pool us-west." in said


def window(begin: int, end: int, *, turn: Turn = Turn.OPENS, name: str | None = None) -> CallingWindow:
    at = a.NOW
    return CallingWindow(
        None, turn, at + timedelta(hours=begin), at + timedelta(hours=end), a.settings(), 10, name
    )


def with_windows(*windows: CallingWindow) -> Shown:
    return Shown(plan_of(*(replace(a.launch(f"c{i}"), windows=(w,)) for i, w in enumerate(windows))))


@pytest.mark.parametrize(
    ("windows", "counts"),
    [
        ((window(0, 4),), [1]),
        ((window(0, 4), window(2, 6)), [1, 2, 1]),
        ((window(0, 2), window(2, 4)), [1, 1]),
        ((window(0, 2), window(4, 6)), [1, 1]),
        ((window(0, 6), window(2, 4)), [1, 2, 1]),
        ((window(0, 4), window(1, 3, turn=Turn.PAUSED)), [1]),
        ((window(0, 4), window(1, 3, turn=Turn.CLOSES)), [1]),
        ((window(0, 0),), []),
    ],
    ids=["one", "overlapping", "one after another", "a gap", "within", "paused", "closing", "over at once"],
)
def test_the_load_counts_what_calls_at_once(windows: tuple[CallingWindow, ...], counts: list[int]) -> None:
    (pool,) = pools_of(rows_of(with_windows(*windows).plan))
    assert [step.count for step in load(pool.rows)] == counts


def test_the_same_numbers_are_one_pool_whichever_campaign_knows_its_name() -> None:
    rows = rows_of(with_windows(window(0, 4), window(5, 6, name="us-east")).plan)
    assert [(pool.name, len(pool.rows)) for pool in pools_of(rows)] == [("Pool us-east", 2)]


@given(
    spans=st.lists(st.tuples(st.integers(-2_000, 100_000), st.integers(0, 100_000)), min_size=1, max_size=6)
)
def test_every_moment_has_its_place_on_the_axis_and_few_ticks_stand_on_it(
    spans: list[tuple[int, int]],
) -> None:
    made = with_windows(*(window(begin, begin + length) for begin, length in spans))
    rows = rows_of(made.plan)
    axis = axis_of(rows, a.NOW)
    places = [(axis.at(row.begin), axis.at(row.end)) for row in rows]
    assert [place for place in places if not 0 <= place[0] <= place[1] <= 100] == []
    assert axis.begin < axis.end
    assert len([*axis.ticks()]) <= 8


def test_a_window_that_nobody_declared_begins_at_the_plans_own_time() -> None:
    soon = replace(window(0, 0), begin=None, end=None)
    (row,) = rows_of(with_windows(soon).plan)
    assert (row.begin, row.end - row.begin) == (a.NOW, timedelta(days=7))


def test_five_thousand_campaigns_make_a_page_that_a_browser_can_hold() -> None:
    shown = many()
    page = render_html(shown.plan, shown.refusals)
    assert page.count("<li data-act=") == 5_000
    assert page.count("<details><summary><span") == 1_000
    assert "2,750 further changes are told in a line each." in page
    assert len(page) < 4_000_000


def test_a_plan_without_calls_says_so() -> None:
    page = told(plan_of(a.keep("alpha")))
    assert "This plan begins no calls." in page
    assert "Nothing to do." in page
    assert '<h2 id="timeline"' not in page
