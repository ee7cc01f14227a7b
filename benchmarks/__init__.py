"""What teli-iac costs, each time beside a peer or a limit that was measured in the same run.

`make bench` prints the tables and writes them as JSON; `make bench-short` does the same with small sizes.
Absolute times move from machine to machine; the ratios say something. Nothing here judges.
"""
