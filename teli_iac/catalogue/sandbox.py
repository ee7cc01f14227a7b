"""What the embedded Teli's codes mean (TELI-E180 to TELI-E199)."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS: dict[str, Entry] = {
    "TELI-E180": Entry(
        "the sandbox refused",
        "The embedded Teli cannot do what it was asked.",
        "Read the message; it says which setting to change.",
    ),
    "TELI-E181": Entry(
        "the sandbox's file cannot be used",
        "The embedded Teli keeps its campaigns in one file. That file, or its folder, cannot be read or"
        " written, is damaged, or was written by another release. No real campaign is concerned.",
        "Check the file's permissions, or start an empty sandbox with `teli-iac sandbox reset`.",
    ),
    "TELI-E182": Entry(
        "the sandbox's clock only runs forward",
        "Moving the clock lets time pass and dials what came due. Time that has passed cannot be taken back.",
        "Move it by a positive duration, or start again with `teli-iac sandbox reset`.",
    ),
    "TELI-E183": Entry(
        "the sandbox cannot be served there",
        "The embedded Teli accepts any key and is no service for others, so it listens on this machine's"
        " loopback addresses only, and on a port that nothing else uses.",
        "Serve it on 127.0.0.1; port 0 picks a free port.",
    ),
}
