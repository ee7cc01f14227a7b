"""The ledger in an object store. This package is obstore's home, imported only to connect."""

from teli_iac.ledger.objects.backend import ObjectsLedger

__all__ = ["ObjectsLedger"]
