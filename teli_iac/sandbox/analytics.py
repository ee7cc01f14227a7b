"""What a campaign's contacts come to: counts, rates and the numbers that were not reached. Pure.

A number that was given twice counts once here, by the best of its calls, since `total_calls` is
documented as distinct numbers; `total_contacts` counts every contact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from teli_iac.model import JsonValue
from teli_iac.sandbox.outcomes import Outcome, Sentiment, call_id, sentiment_of

_REACH = {None: 0, Outcome.BUSY: 1, Outcome.NO_ANSWER: 1, Outcome.VOICEMAIL: 2, Outcome.CONNECTED: 3}
_FAILED = frozenset({Outcome.NO_ANSWER, Outcome.BUSY})


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """A contact as the dialler left it: how often it was called, and how and when the last call went.

    `outcome` and `called_at` (as sent on the wire) are None before the first call. The repr hides the number.
    """

    phone_number: str
    attempts: int
    outcome: Outcome | None
    called_at: str | None

    def __repr__(self) -> str:
        return f"Contact(…{self.phone_number[-2:]}, {self.attempts} calls)"


@dataclass(frozen=True, slots=True)
class FailedNumbersQuery:
    """What failed-numbers was asked: `detailed` is its format, the others widen what counts as failed."""

    detailed: bool
    include_voicemail: bool
    include_not_called: bool


def best_by_number(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """One contact per number, the one that got furthest, in the order in which the numbers first came."""
    best: dict[str, Contact] = {}
    for contact in contacts:
        known = best.setdefault(contact.phone_number, contact)
        if _REACH[contact.outcome] > _REACH[known.outcome]:
            best[contact.phone_number] = contact
    return tuple(best.values())


def analyse(contacts: Sequence[Contact]) -> dict[str, JsonValue]:
    """The counts and percentages of the analytics endpoint.

    `success_rate` and `completion_rate` are documented. `connection_rate` has no definition on its page:
    here it is the share of calls that anybody or anything picked up.
    """
    numbers = best_by_number(contacts)
    outcomes = Counter(contact.outcome for contact in numbers)
    called = len(numbers) - outcomes[None]
    connected, voicemail = outcomes[Outcome.CONNECTED], outcomes[Outcome.VOICEMAIL]
    return {
        "total_contacts": len(contacts),
        "total_calls": called,
        "connected_calls": connected,
        "failed_calls": sum(outcomes[outcome] for outcome in _FAILED),
        "voicemail_calls": voicemail,
        "not_called": outcomes[None],
        "success_rate": _percent(connected, called),
        "connection_rate": _percent(connected + voicemail, called),
        "voicemail_rate": _percent(voicemail, called),
        "completion_rate": _percent(called, len(contacts)),
        "sentiment_breakdown": _sentiments(numbers),
    }


def failed_numbers(
    campaign_id: str, contacts: Iterable[Contact], query: FailedNumbersQuery
) -> list[JsonValue]:
    """The numbers that were not reached, each once: as texts, or as objects with the reason."""
    failed = (contact for contact in best_by_number(contacts) if _counts_as_failed(contact, query))
    if query.detailed:
        return [_detail(campaign_id, contact) for contact in failed]
    return [contact.phone_number for contact in failed]


def _counts_as_failed(contact: Contact, query: FailedNumbersQuery) -> bool:
    if contact.outcome is None:
        return query.include_not_called
    if contact.outcome is Outcome.VOICEMAIL:
        return query.include_voicemail
    return contact.outcome in _FAILED


def _detail(campaign_id: str, contact: Contact) -> dict[str, JsonValue]:
    called = contact.outcome is not None
    return {
        "phone_number": contact.phone_number,
        "failure_reason": contact.outcome or "not_called",
        "call_timestamp": contact.called_at,
        "call_id": call_id(campaign_id, contact.phone_number, contact.attempts) if called else None,
    }


def _sentiments(numbers: Iterable[Contact]) -> dict[str, JsonValue]:
    heard = Counter(sentiment_of(n.phone_number, n.outcome) for n in numbers if n.outcome is not None)
    return {sentiment.value: heard[sentiment] for sentiment in Sentiment}


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
