"""TELI-E170 to TELI-E179: what may be said when campaigns are imported or adopted."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS: dict[str, Entry] = {
    "TELI-E170": Entry(
        "Cannot be imported",
        "The campaign is not on Teli, is looked after already, or its manifest cannot be written there."
        " Nothing was written.",
        "`teli-iac import` without arguments lists what can be imported.",
    ),
    "TELI-E171": Entry(
        "Nothing to adopt",
        "Everything that Teli shows of this campaign is in the ledger already, as far as it can be proven.",
        "Look at `teli-iac plan`: ledger_lost and orphan name the campaigns that can be adopted.",
    ),
}
