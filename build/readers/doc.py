"""Old Word files (.doc), text of WPS (.wps) and OpenDocument (.odt), RTF → Document, through a converter.

LibreOffice (``soffice``) turns them into .docx, which keeps tables, merged cells and tracked changes, and they are read
as such. It runs without a screen, with a profile of its own that allows no macros and fetches no links, and is ended
after ``limits.max_seconds``. antiword, where only that is installed, keeps the cells of a row but not how cells are
merged: its tables become lines with pipes, read by their labels as any text is, and a notice says so. It reads .doc
only, and prints what is struck out or raised as any other text: a file that holds such text is left to LibreOffice.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..document import Document, DocumentBuilder, Notice
from ..errors import ReadError
from ..limits import Limits
from ..messages import told
from . import docx, ole
from .archive import is_zip
from .package import parts

RTF_SIGN = b"{\\rtf"
OFFICE_PROGRAMS = ("soffice", "libreoffice")
_KEPT = str(256 * 1024 * 1024)
OFFICE_MEMORY = {"MALLOC_MMAP_THRESHOLD_": _KEPT, "MALLOC_TRIM_THRESHOLD_": _KEPT}
"""Environment in which LibreOffice starts in three fifths of the time: it takes and frees the same large pieces of
memory over and over, and Linux's C library would give each back to the system and have it filled with zeros again."""

_FORMULA_OBJECT = b"application/vnd.oasis.opendocument.formula"
_LOOKS_LOST = (b"\x37\x08\x01", b"\x53\x2a\x01", b"\x48\x2a\x01", b"\x48\x2a\x02")
"""How a .doc says that text is struck out, struck out twice, superscript, subscript ([MS-DOC] 2.6.1: sprmCFStrike,
sprmCFDStrike, sprmCIss)."""
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def read(data: bytes, limits: Limits) -> tuple[Document, ...]:
    """The document in an old Word, WPS or RTF file.

    ReadError ``needs_converter`` (with what to install), ``encrypted``, ``damaged``, ``timeout``, or those of ``docx``.
    """
    suffix = _suffix(data)
    office = next(filter(None, map(shutil.which, OFFICE_PROGRAMS)), None)
    if office is not None:
        document = docx.read_as(_converted(office, data, suffix, limits), limits, "doc")
        return (replace(document, notices=(*document.notices, *_lost_formulas(data, limits))),)
    antiword = shutil.which("antiword")
    if antiword is not None and suffix == ".doc":
        if any(sign in data for sign in _LOOKS_LOST):
            raise ReadError("needs_converter", told("readers.struck_or_raised"))
        return (_read_lines(antiword, data, limits),)
    raise ReadError("needs_converter", told("readers.needs_converter"))


def _suffix(data: bytes) -> str:
    if data.lstrip().startswith(RTF_SIGN):
        return ".rtf"
    if is_zip(data):
        return ".odt"
    kind = ole.kind(data)
    if kind == "encrypted":
        raise ReadError("encrypted", told("readers.encrypted"))
    if kind in {"xls", "ppt"}:
        raise ReadError("damaged", told("readers.office_no_text"), kind)
    return ".doc" if kind == "doc" else ".wps"


def _lost_formulas(data: bytes, limits: Limits) -> Iterator[Notice]:
    """A warning where an OpenDocument text holds formulas as objects, which LibreOffice may leave out on its way."""
    if is_zip(data) and _FORMULA_OBJECT in (parts(data, limits).read("META-INF/manifest.xml") or b""):
        yield Notice("warning", "embedded_part", told("readers.formula_objects"))


def _converted(office: str, data: bytes, suffix: str, limits: Limits) -> bytes:
    """The file as .docx, by LibreOffice."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        home = Path(folder)
        source = home / f"source{suffix}"
        source.write_bytes(data)
        settings = home / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        command = [office, "--headless", "--norestore", "--nolockcheck", "--nodefault", profile]
        _output([*command, "--convert-to", "docx", "--outdir", folder, str(source)], home, limits)
        made = home / "source.docx"
        if not made.is_file():
            raise ReadError("damaged", told("readers.libreoffice_failed"))
        if made.stat().st_size > limits.max_bytes:
            raise ReadError("too_large", told("readers.converted_too_large", limit=limits.max_bytes))
        return made.read_bytes()


def _read_lines(antiword: str, data: bytes, limits: Limits) -> Document:
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        home = Path(folder)
        source = home / "source.doc"
        source.write_bytes(data)
        printed = _output([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], home, limits)
    if not printed.strip():
        raise ReadError("damaged", told("readers.antiword_failed"))
    builder = DocumentBuilder()
    builder.add_paragraph(printed.decode("utf-8", "replace").strip("\n"))
    return builder.build("doc", notices=[Notice("warning", "merged_cells_lost", told("readers.antiword"))])


def _output(command: Sequence[str], home: Path, limits: Limits) -> bytes:
    """What a converter prints. It sees no settings of the person who runs it, and is ended with all it has started."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "TMPDIR": str(home),
        **OFFICE_MEMORY,
    }
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=home,
        env=environment,
        start_new_session=True,
    ) as converter:
        try:
            return converter.communicate(timeout=limits.max_seconds)[0]
        except subprocess.TimeoutExpired as error:
            message = told("readers.converting_too_slow", seconds=limits.max_seconds)
            raise ReadError("timeout", message) from error
        finally:
            if converter.poll() is None:
                os.killpg(converter.pid, signal.SIGKILL)
