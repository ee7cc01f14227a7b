"""What a ledger belongs to: an account and a key. Another one is refused, never mixed in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from teli_iac.errors import LedgerForeign
from teli_iac.model import Account, LedgerKey

_CHECKED = b"teli-iac ledger key check"


@dataclass(frozen=True, slots=True)
class Binding:
    """The account, and a keyed hash of a constant: it tells one key from another and gives neither away."""

    account: Account
    key_check: str

    @property
    def words(self) -> tuple[str, str, str, str]:
        """The account as the ledger stores it: origin, organization, tenant, project."""
        account = self.account
        return account.origin, account.organization_id, account.tenant_id, account.project


def bind(account: Account, key: LedgerKey) -> Binding:
    """The binding of a ledger of this account under this key."""
    check = hashlib.blake2b(_CHECKED, key=key.secret, person=b"ledger check", digest_size=16)
    return Binding(account, check.hexdigest())


def refuse_foreign(found: Binding, ours: Binding) -> None:
    """LedgerForeign naming what differs, unless the ledger found is ours."""
    labels = ("API origin", "organization", "tenant", "project")
    differing = [
        f"its {label} is {there!r}, ours {here!r}"
        for label, there, here in zip(labels, found.words, ours.words, strict=True)
        if there != here
    ]
    if differing:
        raise LedgerForeign(
            f"The ledger belongs to another account: {'; '.join(differing)}.",
            "Go to the folder of that account, or set the Project's ids and base_url back. Every account and"
            " project has a ledger of its own.",
        )
    if found.key_check != ours.key_check:
        raise LedgerForeign(
            "The ledger was written under another key.",
            "Set TELI_LEDGER_KEY to the key this ledger was made with. Under another key nobody in it can be"
            " recognised, and people would be called again.",
        )
