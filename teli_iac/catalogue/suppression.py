"""What the codes of do-not-call lists mean (TELI-E120 to TELI-E123)."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS = {
    "TELI-E120": Entry(
        "a number of a do-not-call list cannot be read",
        "A row of a list under `suppress` is no phone number. It may be all that is left of somebody's who"
        " asked not to be called, so nothing is planned or sent with such a list.",
        "Correct the row. Numbers without `+` need the list's `default_country`.",
    ),
    "TELI-E121": Entry(
        "a do-not-call list is too old",
        "The list is older than its `max_age`. Whoever was listed since would be called.",
        "Get the list anew, and where `as_of` is given, write the day of the new one.",
    ),
    "TELI-E122": Entry(
        "an empty do-not-call list",
        "The list has no number. It is probably a download that failed, and everybody would be called.",
        "Get the list anew. If it may be empty, say so: `may_be_empty: true`.",
    ),
    "TELI-E123": Entry(
        "a do-not-call list is of the future",
        "The day under `as_of`, or the time at which the file was last written, has not come yet, so nobody"
        " can say how old the list is.",
        "Correct `as_of`, or the clock of the machine that wrote the file.",
    ),
    "TELI-E124": Entry(
        "an age for a do-not-call list that is asked for",
        "What a query gives is as old as the moment at which it is asked, so `max_age` alone would never"
        " refuse it, however old the table is.",
        "Write the day that the data is of under `as_of`, or leave `max_age` out.",
    ),
}
