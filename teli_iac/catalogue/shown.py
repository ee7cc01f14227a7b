"""What stands in a plan or a status while a reason or a question of ours holds, and what may be done then.

The first line is what is shown, to the letter: tests hold the reasons to plans of worlds where they hold.
"""

from __future__ import annotations

_REASONS = {
    "unknown_status": "Unchanged: 1 campaign (1 Teli shows a status we do not know).",
    "recovered": "Unchanged: 1 campaign (1 launched, now confirmed).",
    "orphan": "Unchanged: 1 campaign (1 unknown to the ledger).\nteli-iac adopt campaign/fall",
    "retained": "Unchanged: 2 campaigns (1 left on Teli, 1 running).",
    "gone": "Unchanged: 1 campaign (1 gone).",
    "imported": "Unchanged: 1 campaign (1 made elsewhere, left as it is).",
    "people_unknown": "! campaign/fall  blocked: whom it was given to is unknown",
    "paused_elsewhere": "Unchanged: 1 campaign (1 paused by somebody).\nteli-iac resume campaign/fall",
    "ended_elsewhere": "Unchanged: 1 campaign (1 ended by somebody).",
    "vanished": "Unchanged: 1 campaign (1 deleted by somebody).",
    "people_removed": "-/+ campaign/fall  replace: people were taken out while it is live",
    "details_changed": "-/+ campaign/fall  replace: details of its people were edited while it is live",
    "new": "+ campaign/fall  launch run 1",
    "running": "Unchanged: 1 campaign (1 running).",
    "fulfilled": "Unchanged: 1 campaign (1 fulfilled).",
    "unfinished": "Unchanged: 1 campaign (1 unfinished).",
    "nobody_to_call": "Unchanged: 1 campaign (1 nobody to call).\nteli-iac validate",
    "unknown_outcome_elsewhere": (
        "blocked: held back while the outcome of another launch is unknown\n"
        "teli-iac apply --target campaign/spring  # this one all the same"
    ),
    "list_incomplete": "! campaign/fall  blocked: the list of campaigns may be incomplete",
}

_QUESTIONS = {
    "unverified": "open      it was never held against what was sent: apply again\nteli-iac apply",
    "open_release": "open      its people are being handed on, and that is not done\nteli-iac apply",
    "not_in_ledger": "open      the ledger does not know it\nteli-iac adopt campaign/fall",
    "not_shown": "open      Teli does not show it now\nteli-iac plan  # proves whether it is gone",
    "not_counted": "open      its people could not be counted\nteli-iac status  # look again",
    "does_not_add_up": "open      its numbers do not add up\nteli-iac calls campaign/fall",
}

SHOWN: dict[str, str] = {**_REASONS, **_QUESTIONS}
