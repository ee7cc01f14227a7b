"""Load people from a ledger, leave them out of as many wanted ones, append the rest; print seconds."""  # noqa: INP001  a script that is run, never imported

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from teli_iac.identity import people_ref
from teli_iac.ledger import open_ledger
from teli_iac.model import Account, LedgerKey, Left, PeopleSet
from teli_iac.people import leave_out

RECORD, PERSON = 20, 16
count, folder = int(sys.argv[1]), Path(tempfile.mkdtemp(dir=Path.cwd()))
lots = random.Random(1)  # noqa: S311  keyed hashes look like chance, and the same chance every time
people = [lots.randbytes(RECORD) for _ in range(count + count // 10)]


def as_set(records: list[bytes]) -> PeopleSet:
    """As the ledger keeps them."""
    joined = b"".join(sorted(records))
    return PeopleSet(people_ref(joined), joined)


given, wanted = as_set(people[:count]), as_set(people[count // 10 :])
account, key, now = (
    Account("http://127.0.0.1", "o", "t", "benchmark"),
    LedgerKey(bytes(32)),
    datetime.now(UTC),
)
ledger = open_ledger("local", str(folder), "benchmark")
ledger.create(account, key, now)
lease = ledger.acquire("benchmark", now, timedelta(minutes=10))
version = ledger.append([Left("before")], (given,), now, lease, 0)

since = time.perf_counter()
new = leave_out(wanted, ledger.people([given.ref])[given.ref])
ledger.append([Left("after")], (new,), now, lease, version)
print(time.perf_counter() - since, len(given.records) / 1e6)
if len(new) != count // 10:
    sys.exit("the people left are not those who were not given")
