"""Saved plans' problem codes, TELI-E150 to TELI-E159."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS: dict[str, Entry] = {
    "TELI-E150": Entry(
        "Not a saved plan",
        "The file is not what `teli-iac plan --out FILE` wrote, or it was cut off on its way here.",
        "Copy it anew, or plan again with --out.",
    ),
    "TELI-E151": Entry(
        "The plan is out of date",
        "What was approved is not what would be done now: the saved plan was edited, has expired, was used,"
        " or was made for another account, other manifests, other people or another state of Teli; or its"
        " digest is not the expected one. Nothing was sent.",
        "Plan again, look at what is different, and have the new plan approved.",
    ),
    "TELI-E152": Entry(
        "The plan lacks the required signature",
        "--require-signature names whose approval is wanted, and the saved plan is not signed with that key"
        " or was changed after it was signed. Nothing was sent.",
        "Have it planned again with --sign-key by whoever may approve, or name the key of whoever did.",
    ),
}
