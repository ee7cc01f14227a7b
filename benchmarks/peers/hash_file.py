"""Hash a file with BLAKE3, on every core."""  # noqa: INP001  a script that is run, never imported

import sys

from blake3 import blake3

print(blake3(max_threads=blake3.AUTO).update_mmap(sys.argv[1]).hexdigest())
