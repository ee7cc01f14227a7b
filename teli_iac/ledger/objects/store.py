"""One store, by the three acts that the ledger needs: read, create, and replace what is still the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from teli_iac.ledger.objects import faults
from teli_iac.ledger.objects.address import Address
from teli_iac.ledger.rules import torn

if TYPE_CHECKING:
    from obstore import ObjectMeta, PutMode, PutResult, UpdateVersion
    from obstore.store import ClientConfig, ObjectStore, RetryConfig

_CLIENT: ClientConfig = {"connect_timeout": timedelta(seconds=10), "timeout": timedelta(seconds=60)}
_RETRY: RetryConfig = {
    "max_retries": 4,
    "backoff": {"init_backoff": timedelta(milliseconds=200), "max_backoff": timedelta(seconds=4)},
    "retry_timeout": timedelta(seconds=60),
}
_OPTIONS = {("gs", "endpoint"): "base_url", ("az", "account"): "account_name"}
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which state of an object was seen: its ETag, and in some stores the number of its generation."""

    version: UpdateVersion


@dataclass(frozen=True, slots=True)
class Found:
    """What an object held when it was read."""

    content: bytes
    stamp: Stamp


class Store:
    """The objects below the address's prefix. Safe to use from every thread."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._opened = _open(address)

    def read(self, name: str) -> Found | None:
        """What the object holds, or None when there is none. LedgerError when nobody can say."""
        import obstore  # noqa: PLC0415  imported before: the store is open

        try:
            with faults.explained(self.address):
                try:
                    answer = obstore.get(self._opened, name)
                except FileNotFoundError:
                    return None
                return Found(bytes(answer.bytes()), self._stamp(answer.meta))
        except faults.Unanswered as error:
            raise faults.unreachable(self.address, error.said) from error

    def create(self, name: str, content: bytes) -> Stamp | None:
        """Make the object; None when there is one. LedgerError, or Unanswered when it may have been made."""
        return self._put(name, content, "create")

    def replace(self, name: str, content: bytes, seen: Stamp) -> Stamp | None:
        """Replace what was seen; None when it is no longer that. Else as `create`."""
        return self._put(name, content, seen.version)

    def keep(self, name: str, content: bytes) -> None:
        """See to it that this object, which never changes, is there. Of several who do, all may."""
        said = ""
        for _ in range(_ATTEMPTS):
            try:
                if self.create(name, content) is None:
                    self._refuse_other(name, content)
            except faults.Unanswered as error:
                said = error.said
            else:
                return
        raise faults.unwritable(self.address, said)

    def _refuse_other(self, name: str, content: bytes) -> None:
        found = self.read(name)
        if found is not None and found.content != content:
            raise torn(f"its object {name} was changed")

    def _put(self, name: str, content: bytes, mode: PutMode) -> Stamp | None:
        import obstore  # noqa: PLC0415  imported before: the store is open
        from obstore.exceptions import AlreadyExistsError, PreconditionError  # noqa: PLC0415  the same

        with faults.explained(self.address):
            try:
                answer = obstore.put(self._opened, name, content, mode=mode, use_multipart=False)
            except (AlreadyExistsError, PreconditionError):
                return None
            except FileNotFoundError:
                raise faults.no_bucket(self.address) from None
        return self._stamp(answer)

    def _stamp(self, about: PutResult | ObjectMeta) -> Stamp:
        kept: UpdateVersion = {}
        if about["e_tag"] is not None:
            kept["e_tag"] = about["e_tag"]
        if about["version"] is not None:
            kept["version"] = about["version"]
        if not kept:
            raise faults.unfit(self.address, "it does not tell the states of an object apart")
        return Stamp(kept)


def _open(address: Address) -> ObjectStore:
    try:
        from obstore.exceptions import BaseError  # noqa: PLC0415  an extra: paid for only by who uses it
        from obstore.store import AzureStore, GCSStore, S3Store  # noqa: PLC0415  the same
    except ImportError as error:
        raise faults.not_installed() from error
    client: ClientConfig = {**_CLIENT, "allow_http": True} if address.is_local else _CLIENT
    given = {_OPTIONS.get((address.scheme, name), name): value for name, value in address.options.items()}
    if address.scheme == "s3":
        given["conditional_put"] = "etag"  # the environment may switch conditions off; not for us
    stores: Mapping[str, Callable[..., ObjectStore]] = {"s3": S3Store, "gs": GCSStore, "az": AzureStore}
    try:
        return stores[address.scheme](
            address.bucket,
            prefix=address.prefix,
            config=given,
            client_options=client,
            retry_config=_RETRY,
        )
    except (BaseError, ValueError, OSError) as error:
        raise faults.not_connectable(address, error) from None
