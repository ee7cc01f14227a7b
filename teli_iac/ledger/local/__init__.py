"""The ledger as one SQLite file, `.teli/ledger.db`. This package is sqlite3's home in the ledger."""

from teli_iac.ledger.local.backend import LocalLedger

__all__ = ["LocalLedger"]
