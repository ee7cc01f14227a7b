"""What waits for somebody in a campaign that is being called, in words, and what to do about it."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

QUESTIONS: dict[str, Entry] = {
    "unknown_outcome": Entry(
        "nobody knows whether it was launched",
        "Its create was sent and never answered, and Teli does not show it so far. It may still appear.",
        "plan again later; `teli-iac calls` shows what was dialled, and `teli-iac settle` decides",
    ),
    "unverified": Entry(
        "it was never held against what was sent",
        "It was launched, and no apply has compared it with what Teli made of it since.",
        "apply again, which compares it",
    ),
    "verification_failed": Entry(
        "Teli made something else of it than was sent",
        "Its counts or times are not those that were sent, so nothing goes on until a person decides.",
        "look at `teli-iac plan`, then `teli-iac settle`",
    ),
    "open_release": Entry(
        "its people are being handed on, and that is not done",
        "A release was begun: it is paused or ended, and who was not called is being counted out.",
        "apply again, which goes on with it",
    ),
    "late_arrival": Entry(
        "it was given up, and is on Teli after all",
        "Its people may have been handed on since, so it must not call.",
        "apply soon, which ends it; or halt it now",
    ),
    "not_in_ledger": Entry(
        "the ledger does not know it",
        "Its id is one of ours, and the ledger has no record of it: whom it calls is not known here.",
        "restore the ledger this project was applied with, or `teli-iac adopt`",
    ),
    "unknown_status": Entry(
        "its status is a word that Teli has not documented",
        "Whether it calls cannot be told from it.",
        "look in Teli; `teli-iac pause` pauses it all the same",
    ),
    "not_shown": Entry(
        "Teli does not show it now",
        "It was launched, and neither the list nor a look-up has it at this moment.",
        "look again; `teli-iac plan` proves whether it is gone",
    ),
    "not_counted": Entry(
        "its people could not be counted",
        "The analytics did not answer with readable counts.",
        "look again",
    ),
    "does_not_add_up": Entry(
        "its numbers do not add up",
        "Called and not called are not the people it was given to, so none of them is to be relied on.",
        "look again; if it stays so, see `teli-iac calls` and ask Teli",
    ),
}
"""By the word that JSON tells; `explain` knows them too."""
