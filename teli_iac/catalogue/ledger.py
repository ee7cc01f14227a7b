"""The ledger's problem codes, TELI-E130 to TELI-E149."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS: dict[str, Entry] = {
    "TELI-E130": Entry(
        "The ledger cannot be used",
        "The ledger is busy, changed while this command was writing it, or was to be made where there is one"
        " already. Nothing of the refused write was kept.",
        "Run the command again; it goes on from what the ledger and Teli show.",
    ),
    "TELI-E131": Entry(
        "There is no ledger",
        "The ledger remembers who was called. Without it this command could call people a second time, so it"
        " does not make a new one by itself.",
        "If this project has been applied before, restore its ledger. For a project that never was, run"
        " `teli-iac init`.",
    ),
    "TELI-E132": Entry(
        "The ledger belongs to another account, project or key",
        "A ledger is bound to an API origin, an organization, a tenant, a project and a key. Under another"
        " one it cannot tell who was called.",
        "Set what the message names back to what the ledger was made with, or go to that project's folder.",
    ),
    "TELI-E133": Entry(
        "The ledger does not read back as written, or cannot be written",
        "The ledger was torn, edited, or written by a later release; or the disk is full; or its folder"
        " cannot be written. Every event names all before it, so a change anywhere is noticed.",
        "Do what the message says: upgrade, free the disk, open the folder, or restore the last good copy."
        " Never start an empty ledger instead: people would be called again.",
    ),
    "TELI-E134": Entry(
        "Another apply is writing the ledger",
        "One command at a time may write. It holds a lease that it renews while it works; a dead one's lease"
        " ends by itself within a minute.",
        "Wait until the holder that the message names is done, then run the command again. If it has died,"
        " `teli-iac ledger unlock` saves the wait.",
    ),
    "TELI-E135": Entry(
        "The right to write the ledger was lost",
        "The lease ran out, as after a machine slept, or another command took it. Nothing more is written or"
        " created under it.",
        "Run the command again: it looks up what happened and goes on from there.",
    ),
    "TELI-E136": Entry(
        "The ledger was moved",
        "`ledger export --retire-to` closed it here, so that no two copies of it are written. It can still be"
        " shown, told, verified and exported.",
        "Set the Project's `ledger` to the place that the message names, and bring the file there once with"
        " `teli-iac ledger import`.",
    ),
    "TELI-E137": Entry(
        "This file cannot be imported as a ledger",
        "It was not written by `ledger export`, is cut off or changed, goes to another place than this, or is"
        " a copy of a ledger that may still be in use. Two copies that are both written would call people"
        " twice, each not knowing of the other.",
        "Do what the message says. To move a ledger: `teli-iac ledger export FILE --retire-to PLACE` where it"
        " lies, then `teli-iac ledger import FILE` in a checkout whose Project names PLACE.",
    ),
    "TELI-E138": Entry(
        "The object store does not keep to the conditions of a write",
        "A ledger in an object store is safe because the store refuses to replace what somebody else has"
        " replaced since. This one was asked to refuse a write, and took it: it ignores If-Match or"
        " If-None-Match, or looks first and writes later. In it two applies could write at once.",
        "Keep the ledger in S3, Google Cloud Storage, Azure Blob Storage or another store that supports"
        " conditional writes; or in `git` or postgresql://. A gateway or cache in front of the store may be"
        " what drops the conditions: name the store itself.",
    ),
}
