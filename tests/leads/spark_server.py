"""A real Spark Connect server on loopback, one for all processes of a test run; the last one ends it.

Every process holds a shared lock for as long as it lives. `python -m tests.leads.spark_server` runs the
server and waits for that lock to be its own, which it is when nobody is left.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
_JARS = ROOT / ".venv/spark/lib"
_MISSING = "needs Spark and Java: make spark; apt-get install default-jre-headless"
_STARTED = "Spark Connect server started at: "
_MODULES = ("lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "util", "util.concurrent")
_MODULES_OF_SUN = ("sun.nio.ch", "sun.nio.cs", "sun.security.action", "sun.util.calendar")
_SETTINGS = {
    "spark.master": "local[2]",
    "spark.app.name": "tests",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.connect.grpc.binding.port": "0",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.shuffle.partitions": "2",
    # Lists of tests are short: to compile a query takes longer than to run it.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def address() -> str:
    """Of the running server. Skips the test where Spark or Java is missing."""
    if _jars() is None or shutil.which("java") is None:
        pytest.skip(_MISSING)
    _import_the_client()
    return f"sc://127.0.0.1:{_started()}"


def _import_the_client() -> None:
    """It takes a process whose program is no file, as the workers of xdist are, for a test of its own."""
    program = sys.modules["__main__"]
    is_a_file = hasattr(program, "__file__")
    if not is_a_file:
        program.__file__ = __file__
    import pyspark.sql.connect.session  # noqa: F401, PLC0415  an extra

    if not is_a_file:
        del program.__file__


def run(statement: str) -> None:
    """As the owner of what is asked."""
    session().sql(statement).collect()


def schema_of(folder: Path) -> str:
    """A name that no other test has."""
    return "".join(sign if sign.isalnum() else "_" for sign in str(folder))


def write(table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A new table of texts."""
    import pyarrow as pa  # noqa: PLC0415  an extra

    values = {column: pa.array([row[at] for row in rows], pa.string()) for at, column in enumerate(columns)}
    session().createDataFrame(pa.table(values)).coalesce(1).write.saveAsTable(table)


@cache
def session() -> Any:
    place = address()
    from pyspark.sql.connect.session import SparkSession  # noqa: PLC0415  an extra

    return SparkSession.builder.remote(place).create()


def _jars() -> Path | None:
    return next(_JARS.glob("python*/site-packages/pyspark/jars"), None)


@cache
def _started() -> str:
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"spark-{run}"
    folder.mkdir(exist_ok=True)
    _hold(folder / "users", fcntl.LOCK_SH)
    with _held(folder / "starting"):
        port = folder / "port"
        if not port.exists():
            port.write_text(_start(folder), encoding="utf-8")
        return port.read_text(encoding="utf-8")


def _start(folder: Path) -> str:
    command = [sys.executable, "-m", "tests.leads.spark_server", str(folder)]
    process = subprocess.Popen(  # noqa: S603  ourselves
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    port = process.stdout.readline().strip()
    process.stdout.close()
    process.returncode = 0  # it outlives us, and nobody is to warn of that
    if not port:
        pytest.fail((folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])
    return port


def _hold(file: Path, kind: int) -> int:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT)
    fcntl.flock(descriptor, kind)
    return descriptor


@contextmanager
def _held(file: Path) -> Iterator[None]:
    descriptor = _hold(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def serve(folder: Path) -> None:
    """Print the port, and end the server when nobody uses it any more."""
    with subprocess.Popen(_command(folder), cwd=folder, stderr=subprocess.PIPE, text=True) as java:  # noqa: S603  Java
        try:
            assert java.stderr is not None
            with (folder / "log").open("w", encoding="utf-8") as log:
                sys.stdout.write(_port(java.stderr, log) + "\n")
                sys.stdout.flush()
                sys.stdout.close()
                Thread(target=log.writelines, args=(java.stderr,), daemon=True).start()
                _hold(folder / "users", fcntl.LOCK_EX)
        finally:
            java.kill()
    shutil.rmtree(folder, ignore_errors=True)


def _port(told: IO[str], log: IO[str]) -> str:
    for line in told:
        log.write(line)
        if _STARTED in line:
            return line.rpartition(":")[2].strip()
    log.flush()
    return ""


def _command(folder: Path) -> list[str]:
    opened = [f"java.base/java.{each}=ALL-UNNAMED" for each in _MODULES]
    opened += [f"java.base/{each}=ALL-UNNAMED" for each in _MODULES_OF_SUN]
    folders = {"spark.local.dir": str(folder), "spark.sql.warehouse.dir": str(folder / "tables")}
    settings = {**_SETTINGS, **folders}
    return [
        shutil.which("java") or "java",
        "-Xmx1g",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--add-modules=jdk.incubator.vector",
        *(f"--add-opens={each}" for each in opened),
        "-Dio.netty.tryReflectionSetAccessible=true",
        *(f"-D{name}={value}" for name, value in settings.items()),
        "-cp",
        f"{_jars()}/*",
        "org.apache.spark.sql.connect.service.SparkConnectServer",
    ]


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
