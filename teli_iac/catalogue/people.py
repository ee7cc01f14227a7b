"""TELI-E160 and TELI-E161: what is wrong with people across the campaigns of a project."""

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
}
