import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.model import Action, Ending, Outcome, OutcomeKind, Sentence
from teli_iac.render import render_ending, render_outcome


def outcome(sentence: Sentence = Sentence.LAUNCHED, **facts: object) -> Outcome:
    usual = {
        "address": "campaign/fall-renewals",
        "kind": OutcomeKind.DONE,
        "action": Action.LAUNCH,
        "campaign_id": "acme_fall-renewals_r1p1_k3vq7m2xw5ya",
        "people": 248,
        "detail": (),
        "done": 3,
        "total": 12,
    }
    return Outcome(sentence=sentence, **{**usual, **facts})  # type: ignore[arg-type]  # the names are Outcome's own


def ending(exit_code: int = 0, *, unknown: tuple[str, ...] = (), **counts: int) -> Ending:
    zero = dict.fromkeys(("launched", "removed", "failed", "skipped", "blocked", "people"), 0)
    return Ending(exit_code=exit_code, unknown=unknown, **{**zero, **counts})


def test_an_outcome_is_one_line_with_its_progress_people_and_id() -> None:
    assert render_outcome(outcome(), colour=False) == (
        "[ 3/12] + campaign/fall-renewals  launched · 248 people · id acme_fall-renewals_r1p1_k3vq7m2xw5ya\n"
    )


def test_an_outcome_without_people_or_id_leaves_them_out_and_tells_its_details() -> None:
    told = outcome(Sentence.REMOVED, action=Action.DELETE, people=0, campaign_id=None, detail=("was gone",))
    assert render_outcome(told, colour=False) == "[ 3/12] - campaign/fall-renewals  deleted · was gone\n"


@pytest.mark.parametrize("sentence", Sentence)
def test_every_sentence_has_words(sentence: Sentence) -> None:
    assert "campaign/fall-renewals  " in render_outcome(outcome(sentence), colour=False)


@given(st.text(st.characters()))
def test_an_outcome_stays_one_visible_line_whatever_the_api_said(text: str) -> None:
    told = render_outcome(outcome(address=text, campaign_id=text, detail=(text, text)), colour=False)
    assert told.endswith("\n")
    assert told[:-1].isprintable()


def test_a_good_ending_counts_what_was_done() -> None:
    told = render_ending(ending(launched=2, removed=1, people=248), colour=False)
    assert told == "Done: 2 launched, 1 removed. 248 people handed to Teli.\n"


def test_an_ending_with_nothing_done_says_so() -> None:
    assert render_ending(ending(), colour=False) == "Done: nothing to do.\n"


def test_an_unknown_outcome_comes_with_the_commands_that_settle_it() -> None:
    told = render_ending(ending(6, launched=1, unknown=("campaign/fall",)), colour=False)
    assert told.startswith("Outcome unknown: 1 launched, 1 unknown.\n")
    assert "teli-iac settle campaign/fall --adopt\n" in told
    assert "teli-iac settle campaign/fall --abandon\n" in told
    assert "it may lapse, unless `settle_after` is `never`." in told
