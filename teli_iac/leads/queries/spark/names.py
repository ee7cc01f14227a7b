"""The columns of the frames on the cluster, beside the values of the answer (`fields.key_of`)."""

from __future__ import annotations

from typing import Final

ROW: Final = "row"
"""Of a row, its partition and its place in it, as one number: partition * ROWS_OF_A_PARTITION + place."""

TYPED: Final = "typed"
NUMBER: Final = "number"
FAULT: Final = "fault"
CLEAN: Final = "is_clean"

ROWS_OF_A_PARTITION: Final = 2**33
"""As `monotonically_increasing_id` has it."""
