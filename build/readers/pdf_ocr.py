"""A PDF without text → one with text, through ocrmypdf or tesseract where installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pypdfium2 as pdfium

from ..errors import ReadError
from ..limits import Limits
from ..messages import told

LANGUAGE = "chi_sim"
DOTS = 300 / 72
"""Pages are drawn at 300 dots an inch, what tesseract is trained for."""
ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
"""Tesseract's threads cost more than they gain, and a build keeps every core busy with files of its own."""
MAX_DOTS = 6000
"""No side of a drawn page is longer than this: a page of a square kilometre would fill the memory."""


def with_text(data: bytes, limits: Limits) -> tuple[bytes, str]:
    """The PDF with a text layer on the pages that had none, and the name of the program that read it.

    Raises ReadError ``needs_ocr`` (no program installed), ``ocr_failed``, ``too_slow``.
    """
    for name, recognise in (("ocrmypdf", _by_ocrmypdf), ("tesseract", _by_tesseract)):
        program = shutil.which(name)
        if program is not None:
            with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
                return recognise(program, data, Path(folder), limits), name
    raise ReadError(
        "needs_ocr",
        told("readers.needs_ocr", language=LANGUAGE),
    )


def _by_ocrmypdf(program: str, data: bytes, folder: Path, limits: Limits) -> bytes:
    source, target = folder / "in.pdf", folder / "out.pdf"
    source.write_bytes(data)
    options = ["--skip-text", "--language", LANGUAGE, "--output-type", "pdf", "--jobs", "1", "--quiet"]
    _run([program, *options, str(source), str(target)], limits.max_seconds)
    return _made(target)


def _by_tesseract(program: str, data: bytes, folder: Path, limits: Limits) -> bytes:
    """Tesseract reads pictures only: the pages are drawn, and it writes them with their text into one PDF."""
    deadline = time.monotonic() + limits.max_seconds
    drawn = folder / "pages.txt"
    drawn.write_text("\n".join(map(str, _draw_pages(data, folder, deadline))), encoding="utf-8")
    command = [program, str(drawn), str(folder / "out"), "-l", LANGUAGE, "pdf"]
    _run(command, deadline - time.monotonic())
    return _made(folder / "out.pdf")


def _draw_pages(data: bytes, folder: Path, deadline: float) -> list[Path]:
    paths: list[Path] = []
    document = pdfium.PdfDocument(data)
    try:
        for number in range(len(document)):
            if time.monotonic() > deadline:
                raise _too_slow()
            page = document[number]
            scale = min(DOTS, MAX_DOTS / max(*page.get_size(), 1.0))
            path = folder / f"{number:05}.png"
            page.render(scale=scale, grayscale=True).to_pil().save(path)
            paths.append(path)
            page.close()
    finally:
        document.close()
    return paths


def _run(command: list[str], seconds: float) -> None:
    try:
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD},
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow() from error
    except (subprocess.CalledProcessError, OSError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        raise ReadError(
            "ocr_failed",
            told("readers.ocr_failed", program=Path(command[0]).name, language=LANGUAGE),
            said.decode("utf-8", "replace").strip()[-200:],
        ) from error


def _made(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("ocr_failed", told("readers.ocr_without_result")) from error


def _too_slow() -> ReadError:
    return ReadError("too_slow", told("readers.ocr_too_slow"))
