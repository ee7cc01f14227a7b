"""What an object store refuses, translated into what a person can do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from teli_iac.errors import LedgerError, NotConfigured, StoreUnfit
from teli_iac.ledger.objects.address import Address

_AGAIN = "Run the command again: it goes on from what the ledger and Teli show."
_RIGHTS: Mapping[str, str] = {
    "s3": "Give whoever runs this s3:GetObject and s3:PutObject below the prefix and s3:ListBucket on the"
    " bucket, with keys in the environment (AWS_ACCESS_KEY_ID and so on), and name the bucket's own region.",
    "gs": "Give whoever runs this the role Storage Object User on the bucket, with credentials in the"
    " environment (GOOGLE_APPLICATION_CREDENTIALS or GOOGLE_BEARER_TOKEN).",
    "az": "Give whoever runs this the role Storage Blob Data Contributor on the container, with credentials"
    " in the environment (AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY, or a client id).",
}


class Unanswered(Exception):
    """A request was carried out, or it was not: no answer says which. `said` is for people."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Raise our errors where the body meets the library's: LedgerError for a refusal, else Unanswered."""
    from obstore.exceptions import (  # noqa: PLC0415  an extra: paid for only by who uses it
        BaseError,
        PermissionDeniedError,
        UnauthenticatedError,
    )

    try:
        yield
    except (PermissionDeniedError, UnauthenticatedError) as error:
        raise forbidden(address, said_by(error)) from None  # the cause quotes addresses, which may be signed
    except (BaseError, OSError) as error:
        raise Unanswered(said_by(error)) from None


def said_by(error: Exception) -> str:
    """What went wrong, on one line: without an address, which may be signed, and without an answer's body."""
    first = str(error).partition("Debug source:")[0]
    status = re.search(r"status code: (\d{3}[A-Za-z ]*)", first)
    code = re.search(r"<Code>(\w+)</Code>", first)
    if status:
        return " ".join([status[1].strip(), *([code[1]] if code else [])])
    line = re.sub(r"\S+://\S+", "the store", " ".join(first.split()))
    return "".join(character for character in line if character.isprintable())[:300].rstrip(". ")


def not_installed() -> NotConfigured:
    """The library is an extra."""
    return NotConfigured(
        "A ledger in an object store needs obstore, which is not installed.",
        "Run: python -m pip install 'teli-iac[objects]'",
    )


def not_connectable(address: Address, error: Exception) -> NotConfigured:
    """The environment has words that the library cannot use, or lacks one."""
    return NotConfigured(
        f"The object store of the ledger at {address} cannot be reached: {said_by(error)}.",
        _RIGHTS[address.scheme],
    )


def forbidden(address: Address, said: str) -> LedgerError:
    """The store knows us not, or does not let us."""
    return LedgerError(f"The store refuses the ledger at {address}: {said}.", _RIGHTS[address.scheme])


def unreachable(address: Address, said: str) -> LedgerError:
    """The store could not be read. Nothing is known to have been written."""
    return LedgerError(
        f"The ledger at {address} could not be read: {said}.",
        "See that the network, the bucket's name and its region or endpoint are in order; then run the"
        " command again.",
    )


def unwritable(address: Address, said: str) -> LedgerError:
    """The store can be read and did not take a write; as far as can be seen nothing of it was kept."""
    return LedgerError(
        f"The store did not take a write of the ledger at {address}: {said}.",
        f"See that the store works and takes writes. {_AGAIN}",
    )


def unknown(address: Address, said: str) -> LedgerError:
    """Whether the last write arrived could not be found out."""
    return LedgerError(
        f"Whether a write reached the ledger at {address} could not be found out: {said}.", _AGAIN
    )


def busy(address: Address) -> LedgerError:
    """Others were faster each time."""
    return LedgerError(f"The ledger at {address} is being written by others all the time.", _AGAIN)


def no_bucket(address: Address) -> LedgerError:
    """There is nowhere to write."""
    what = "container" if address.scheme == "az" else "bucket"
    return LedgerError(
        f"There is no {what} {address.bucket!r} to make the ledger in.",
        f"Make the {what}, or correct its name in the Project's `ledger`.",
    )


def unfit(address: Address, how: str) -> StoreUnfit:
    """The store takes what it had to refuse."""
    return StoreUnfit(
        f"The store at {address} does not keep to the conditions of a write: {how}.",
        "Keep the ledger somewhere else: in a store whose writes take If-Match and If-None-Match (S3, Google"
        " Cloud Storage and Azure do), or in `git` or postgresql://. In this one two applies could write at"
        " once, and people be called twice.",
    )
