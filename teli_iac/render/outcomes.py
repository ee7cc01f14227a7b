"""What an apply does, told while it works: one line for each step, and how it ended."""

from __future__ import annotations

from teli_iac.errors import ExitCode
from teli_iac.model import Ending, Outcome, OutcomeKind, Sentence
from teli_iac.render.headlines import SIGNS
from teli_iac.render.ink import Ink, Line, Span, paint
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.words import people

SENTENCES: dict[Sentence, str] = {
    Sentence.LAUNCHING: "launching",
    Sentence.LAUNCHED: "launched",
    Sentence.FOUND_LAUNCHED: "launched: the answer was lost, a look-up found it",
    Sentence.REMOVING: "removing",
    Sentence.REMOVED: "deleted",
    Sentence.STOPPED: "stopped",
    Sentence.PAUSING: "pausing",
    Sentence.PAUSED: "paused",
    Sentence.RESUMING: "resuming",
    Sentence.RESUMED: "calling again",
    Sentence.REPLACING: "stopping and counting whom it has not called",
    Sentence.RELEASED: "stopped, nobody is left to be launched",
    Sentence.UNPROVEN: "stopped half-way: who was not called could not be proven",
    Sentence.RECORDED: "recorded, nothing sent",
    Sentence.REJECTED: "rejected by Teli, nobody is called",
    Sentence.NOT_SENT: "not sent: no connection was made, nobody is called",
    Sentence.ALREADY_THERE: "not sent: its id is on Teli already, so this plan is out of date",
    Sentence.VERIFICATION_FAILED: "launched, but Teli made something else of it",
    Sentence.OUTCOME_UNKNOWN: "outcome unknown: it may or may not have been launched",
    Sentence.API_FAILED: "failed: Teli did not answer as documented",
    Sentence.LEDGER_FAILED: "failed: the ledger could not be written",
    Sentence.NOT_STARTED: "not started",
    Sentence.NOBODY_LEFT: "not launched: everybody is on a do-not-call list by now",
    Sentence.LIST_FAILED: "not launched: a do-not-call list cannot be relied on",
}

_KIND_INK = {
    OutcomeKind.STARTED: Ink.QUIET,
    OutcomeKind.DONE: Ink.PLAIN,
    OutcomeKind.SKIPPED: Ink.CHANGES,
    OutcomeKind.FAILED: Ink.ALARM,
    OutcomeKind.UNKNOWN: Ink.ALARM,
}


def render_outcome(outcome: Outcome, *, colour: bool) -> str:
    """One line: `[ 3/12] + campaign/x  launched · 248 people · id …`."""
    return paint([_line(outcome)], colour=colour)


def _line(outcome: Outcome) -> Line:
    sign, ink = SIGNS[outcome.action]
    done = f"{outcome.done:>{len(str(outcome.total))}}"
    said = [SENTENCES[outcome.sentence]]
    if outcome.people:
        said.append(people(outcome.people))
    if outcome.suppressed:
        said.append(f"{people(outcome.suppressed)} listed since left out")
    if outcome.campaign_id:
        said.append(f"id {outcome.campaign_id}")
    words = " · ".join(for_terminal(each) for each in (*said, *outcome.detail))
    return (
        Span(f"[{done}/{outcome.total}] "),
        Span(sign, ink),
        Span(f" {for_terminal(outcome.address)}", Ink.STRONG),
        Span(f"  {words}", _KIND_INK[outcome.kind]),
    )


def render_ending(ending: Ending, *, colour: bool) -> str:
    """The sum of an apply, and for each outcome nobody knows the command that settles it."""
    counts = (
        (ending.launched, "launched"),
        (ending.removed, "removed"),
        (ending.failed, "failed"),
        (ending.skipped, "not started"),
        (ending.blocked, "blocked"),
        (len(ending.unknown), "unknown"),
    )
    said = ", ".join(f"{number:,} {word}" for number, word in counts if number) or "nothing to do"
    called = f" {people(ending.people)} handed to Teli." if ending.people else ""
    if ending.suppressed:
        called += f" {people(ending.suppressed)} listed since the plan left out."
    ink = Ink.STRONG if ending.exit_code == ExitCode.DONE else Ink.ALARM
    lines: list[Line] = [(Span(f"{_HOW_IT_ENDED.get(ending.exit_code, 'Ended')}: {said}.{called}", ink),)]
    for address in ending.unknown:
        lines += _settle(address)
    return paint(lines, colour=colour)


_HOW_IT_ENDED: dict[int, str] = {
    ExitCode.DONE: "Done",
    ExitCode.ERROR: "Stopped by an error",
    ExitCode.REFUSED: "Done but for what is blocked",
    ExitCode.PARTLY: "Partly done",
    ExitCode.UNKNOWN: "Outcome unknown",
    ExitCode.INTERRUPTED: "Interrupted cleanly",
}


def _settle(address: str) -> list[Line]:
    safe = for_terminal(address)
    return [
        (
            Span("  ! ", Ink.ALARM),
            Span(safe, Ink.STRONG),
            Span("  Plan again later: it may lapse, unless `settle_after` is `never`."),
        ),
        (Span(f"    If it is on Teli:  teli-iac settle {safe} --adopt"),),
        (Span(f"    To give it up:     teli-iac settle {safe} --abandon"),),
        (Span(f"    To call them anew: teli-iac settle {safe} --retry"),),
    ]
