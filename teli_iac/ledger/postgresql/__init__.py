"""The ledger in tables of a PostgreSQL database. This package is psycopg's home, imported only to connect."""

from teli_iac.ledger.postgresql.backend import PostgresqlLedger

__all__ = ["PostgresqlLedger"]
