"""An S3 server in a process of its own, as `python -m tests.ledger.s3`: prints its port, serves until killed.

It is moto, which keeps buckets in memory. One request at a time is answered: moto looks at a condition first
and writes then, and between the two nobody may come.
"""

from __future__ import annotations

import logging
import sys
import warnings


def main() -> None:
    warnings.simplefilter("ignore")  # theirs
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # to wait is what one thread is for
    from moto.moto_server.werkzeug_app import (  # noqa: PLC0415  after the warnings are off
        DomainDispatcherApplication,
        create_backend_app,
    )
    from waitress.server import create_server  # type: ignore[import-untyped]  # noqa: PLC0415  the same

    application = DomainDispatcherApplication(create_backend_app)
    server = create_server(application, host="127.0.0.1", port=0, threads=1)
    sys.stdout.write(f"{server.effective_port}\n")
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main()
