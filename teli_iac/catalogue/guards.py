"""What each guard counts (semantics §7), its title in words that follow its count."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry
from teli_iac.model import GuardName

_REVIEW = "Allow that very number, or raise the limit in the Project."

GUARDS: dict[GuardName, Entry] = {
    GuardName.MAX_NEW_PEOPLE: Entry(
        "people to be called for the first time",
        "A slip in a leads file can call thousands; above this limit somebody looks at the number first.",
        _REVIEW,
    ),
    GuardName.PEOPLE_AGAIN: Entry(
        "people to be called again",
        "They were called in an earlier run, or may have been.",
        "Check that they are meant to be called again, then allow that very number.",
    ),
    GuardName.MAX_DELETES: Entry(
        "campaigns to be deleted or ended",
        "A moved folder or a wrong branch looks like many campaigns that left their manifests.",
        _REVIEW,
    ),
    GuardName.LIVE_DELETES: Entry(
        "live campaigns to be deleted or ended",
        "People who wait for their call would not get it.",
        "Put the manifests back, or allow that very number.",
    ),
    GuardName.DUPLICATE_PEOPLE: Entry(
        "people whom two campaigns would call at once",
        "The same number is in two campaigns of this plan, or another campaign of the project calls it now.",
        "Take them out of one campaign, or allow that very number.",
    ),
    GuardName.INVALID_LEADS: Entry(
        "rows of leads that are not callable or repeat a number",
        "They are dropped and counted when allowed.",
        "Correct them (`teli-iac validate` lists them), or allow that very number.",
    ),
    GuardName.ALL_GONE: Entry(
        "campaigns leave and none is wanted any more",
        "Campaigns leave and no manifest wants any: a wrong folder looks just like this.",
        "If that is meant, use `teli-iac destroy`, or allow it.",
    ),
}
