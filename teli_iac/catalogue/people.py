"""TELI-E160 to TELI-E162: what is wrong with people across campaigns, or while they are worked with."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS: dict[str, Entry] = {
    "TELI-E160": Entry(
        "the same number in two campaigns",
        "Both campaigns are still to call, so this person would be called by both.",
        "Remove the row from one of the two lists. To let both call, raise `duplicate_people` in the guards"
        " of the Project, or allow their exact count with `--allow duplicate_people=N`.",
    ),
    "TELI-E161": Entry(
        "more rows of these kinds",
        "Only the first ten rows that may not be called are listed; the others are counted by kind.",
        "Mend the kinds that are listed, and validate again.",
    ),
    "TELI-E162": Entry(
        "the leads changed meanwhile",
        "Long lists are read again whenever they are needed, and this one is another than it was when the"
        " command began. Whoever was to be called is no longer who was planned, so nothing more is sent.",
        "Let whatever writes the file finish, and run the command again.",
    ),
}
