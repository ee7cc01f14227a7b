"""The ledger on a ref of the repository's own remote. Only here another program is started: git."""

from teli_iac.ledger.git.backend import GitLedger

__all__ = ["GitLedger"]
