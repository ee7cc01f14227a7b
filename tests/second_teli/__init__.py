"""A second Teli for tests: small, over HTTP on loopback, and written without a line of the product.

What the embedded Teli and this one have in common is only the description in tests/data/teli-openapi.yaml, so
a misunderstanding in one does not hide in the other. This one can also be late, shuffled and cut off.
"""

from __future__ import annotations

from tests.second_teli.asked import Received
from tests.second_teli.faults import Fault
from tests.second_teli.server import SecondTeli
from tests.second_teli.service import ECHOES

__all__ = ["ECHOES", "Fault", "Received", "SecondTeli"]
