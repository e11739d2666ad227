"""Reading on a cluster: the same bytes, whatever becomes of its workers."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from build.__main__ import main
from build.limits import Limits
from build.pipeline import Means
from build.reading import cluster
from build.reading.cluster import ClusterError, Far, cluster_engine, read_far
from build.reading.isolation import Ended
from build.reading.read import Content
from build.reading.reading import Packed, read_packed, unpacked_body
from build.reading.version import reader_version
from tests.build_histories import built, small_report, texts_of

AGENCY = "东明县人民政府"

if not os.environ.get("GONGKAI_REQUIRE_TOOLS"):
    pytest.importorskip("distributed")
import distributed  # noqa: E402 (optional)


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    """A cluster of two workers on this machine."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports, and a file that is none."""
    return texts_of(tmp_path / "reports", [*(small_report(AGENCY, 2020, f"第{at}份") for at in range(24)), "不是"])


def test_the_bytes_are_those_of_a_build_here_though_a_worker_is_killed_in_the_middle(
    workers: Any, folder: Path, tmp_path: Path
) -> None:
    with distributed.Client(workers) as client:
        process = next(iter(client.run(os.getpid).values()))
    steps = 0

    def progress(_stage: str, _count: int) -> Any:
        def step() -> None:
            nonlocal steps
            steps += 1
            if steps == 5:
                os.kill(process, signal.SIGKILL)

        return step

    from build.pipeline import build_database
    from build.reading.sources import find_sources

    means = Means(tmp_path / "readings", engine=cluster_engine(workers.scheduler_address))
    outcome = build_database(find_sources([folder]), tmp_path / "far.db", Limits(), progress, means=means)
    assert steps > 5
    assert (outcome.reports, [problem.source_file for problem in outcome.failed_files]) == (24, ["24.txt"])
    built(folder, tmp_path / "here.db", Means())
    assert (tmp_path / "far.db").read_bytes() == (tmp_path / "here.db").read_bytes()


def same(one: Packed | Ended, other: Packed) -> bool:
    """Whether two readings are one, however their bytes are laid out."""
    assert isinstance(one, Packed)
    return [unpacked_body(body, "") for body in one.bodies] == [unpacked_body(body, "") for body in other.bodies]


def test_a_worker_reads_in_a_process_apart_that_may_die(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "GRACE_SECONDS", 30.0)
    far = Far(Content(small_report(AGENCY, 2020).encode()), Limits(), reader_version())
    assert same(read_far(far), read_packed(far.limits, far.content))
    apart = cluster._HERE.apart
    assert apart is not None
    pid = apart.process.started.pid  # type: ignore[attr-defined]

    def kill() -> None:
        time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)

    os.kill(pid, signal.SIGSTOP)
    killer = threading.Thread(target=kill)
    killer.start()
    assert read_far(far) == Ended("SIGKILL")
    killer.join()
    assert same(read_far(far), read_packed(far.limits, far.content))
    assert cluster._HERE.apart is not None
    cluster._HERE.apart.end()
    cluster._HERE.apart = None


def test_a_worker_with_another_reader_is_refused() -> None:
    far = Far(Content(b""), Limits(), reader_version())
    with pytest.raises(ClusterError, match="same version"):
        read_far(replace(far, version="another"))


def test_a_scheduler_that_does_not_answer_ends_the_build(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import dask

    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        code = main([str(folder), "--output", str(tmp_path / "a.db"), "--scheduler", "tcp://127.0.0.1:9"])
    assert code == 2
    assert "no scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err
    assert not (tmp_path / "a.db").exists()
