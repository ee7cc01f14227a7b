"""What git and a remote refuse, translated into what a person can do."""

from __future__ import annotations

from teli_iac.errors import LedgerError, NotConfigured
from teli_iac.git_program import Ran
from teli_iac.ledger.git.address import Address

_AGAIN = "Run the command again: it goes on from what the ledger and Teli show."


def no_repository(ran: Ran) -> NotConfigured:
    """The Project's folder belongs to no repository that git would use."""
    return NotConfigured(
        f"The Project's ledger lies in git, and its folder is in no git repository to use: {ran.said}.",
        "Run it in a clone of the repository.",
    )


def no_remote(address: Address) -> NotConfigured:
    """The remote has no address, or more than one to push to."""
    return NotConfigured(
        f"The repository has no remote {address.remote!r} with exactly one address to push to.",
        "Add it with `git remote add`, or name another one: `ledger: git?remote=NAME`.",
    )


def unreachable(address: Address, ran: Ran) -> LedgerError:
    """The remote could not be read. Nothing is known to have been written."""
    return LedgerError(
        f"The ledger at {address} could not be read: {ran.said}.",
        "See that the network, the remote's address and your access to it are in order, then run it again.",
    )


def unwritable(address: Address, ran: Ran) -> LedgerError:
    """The remote can be read and did not take a write; nothing of it was kept."""
    return LedgerError(
        f"The remote did not take a write of the ledger at {address}: {ran.said}.",
        "Give whoever runs this the right to push to it: on GitHub `permissions: contents: write`, on GitLab"
        " a token with write_repository. If a rule of the host is named, let it allow this ref, or write"
        " `ledger: git?branch=NAME` with a branch that it allows.",
    )


def unknown(address: Address, ran: Ran) -> LedgerError:
    """Whether the last write arrived could not be found out."""
    return LedgerError(
        f"Whether a write reached the ledger at {address} could not be found out: {ran.said}.", _AGAIN
    )


def busy(address: Address) -> LedgerError:
    """Others were faster each time."""
    return LedgerError(f"The ledger at {address} is being written by others all the time.", _AGAIN)


def unusable(ran: Ran) -> LedgerError:
    """Git failed in our own scratch repository."""
    return LedgerError(
        f"Git could not work in the folder for temporary files: {ran.said}.",
        "See that there is room in it, and that git is of version 2.31 or later; then run it again.",
    )
