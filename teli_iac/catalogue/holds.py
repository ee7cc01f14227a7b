"""TELI-E145: what a person holds back."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS: dict[str, Entry] = {
    "TELI-E145": Entry(
        "The project is on hold",
        "A person ran `teli-iac halt`: the campaigns were paused, and the ledger holds everything back. Until"
        " it is released, apply, destroy and resume refuse and nothing is sent.",
        "When what was wrong is mended: `teli-iac release`. What the halt paused stays paused; `teli-iac"
        " resume` lets it call again.",
    ),
}
