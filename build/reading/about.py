"""What is known of a file besides its bytes: the sidecars beside it, its rows in manifests, the folders it lies in.

The nearest wins: a sidecar of the file's whole name, one of its stem, the manifest of its folder, those of the folders
around it; within an archive before without. What two of them state differently is said.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from ..document import Notice, Part
from ..identity.names import full_name
from ..identity.resolution import may_be_one
from ..messages import told
from ..readers.aside import described_by, is_aside, is_ignored, is_manifest, sidecars_among, sidecars_of, written
from ..report import Problem
from .folders import naming_places
from .listing import MAX_BYTES as LONGEST_LIST
from .manifest import Manifest, Row, missing, read_manifest, unnamed
from .sidecar import MAX_BYTES, Beside, Sidecar, sidecar_of

ARCHIVE = ".zip"
"""How the name of an archive in an archive ends."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a file besides its bytes, the nearest first; all of it is part of the key of its reading.

    ``folders``: those around it, the outermost first, whose names are those of divisions.
    """

    sidecars: tuple[Beside, ...] = ()
    rows: tuple[Row, ...] = ()
    folders: tuple[str, ...] = ()

    def stated(self, member: str = "") -> Iterator[Sidecar]:
        """What each of these places states of the file, or of a member of it."""
        yield from map(sidecar_of, self.sidecars)
        for row in self.rows:
            if row.member in ("", member):
                values = dict(row.values)
                yield Sidecar(values, origins=dict.fromkeys(values, row.manifest))


NOTHING = About()
"""Of a file by itself."""


def joined(stated: Iterable[Sidecar]) -> Sidecar | None:
    """What is stated in several places as one, the nearest first; None where nothing is."""
    places = list(stated)
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    notices = [notice for place in places for notice in place.notices]
    for place in places:
        for key, value in place.values.items():
            if key in values and not _are_alike(key, values[key], value):
                notices.append(_contradiction(key, (origins[key], values[key]), (place.origins[key], value)))
            values.setdefault(key, value)
            origins.setdefault(key, place.origins[key])
    return Sidecar(values, tuple(notices), origins) if places else None


def _are_alike(key: str, one: object, other: object) -> bool:
    return one == other or (key == "agency" and may_be_one(full_name(str(one)), full_name(str(other))))


def _contradiction(key: str, near: tuple[str, object], far: tuple[str, object]) -> Notice:
    message = told("inputs.statement_contradiction", column=key, near=near[0], one=near[1], far=far[0], other=far[1])
    return Notice("warning", "statement_contradiction", message)


# On a disk -----------------------------------------------------------------------------------------------------------


Place = tuple[Path, str]
"""A folder, and its name relative to the PATH given."""


FOLDERS_HELD = 256
"""Of so many folders is kept what holds for their files; sources come folder by folder."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """What holds for every file of a folder. ``manifests``: of it and those around it, the nearest first."""

    path: Path
    sidecars: Mapping[str, Sequence[str]]
    manifests: tuple[tuple[Place, tuple[Manifest, ...]], ...]
    naming_places: tuple[str, ...]
    alone: About
    """What is known of a file of which nobody states anything."""


class Surroundings:
    """What stands around the files of a build; each manifest is read once, and what stands in it is held."""

    def __init__(self) -> None:
        self._folder = lru_cache(FOLDERS_HELD)(self._folder_of)
        self._asides = lru_cache(FOLDERS_HELD)(self._asides_in)
        self._manifests: dict[Place, tuple[Manifest, ...]] = {}
        self._seen: dict[Place, set[str]] = defaultdict(set)
        self._without: dict[Place, list[str]] = defaultdict(list)

    def about(self, path: str | Path, name: str) -> About:
        """What is known of the file at ``path``; ``name``: as published, relative to the PATH given."""
        around, own = os.path.split(path)
        folder = self._folder(around, name.rpartition("/")[0])
        return self._stated(folder, own, name) if folder.sidecars or folder.manifests else folder.alone

    def _stated(self, folder: _Folder, own: str, name: str) -> About:
        beside = (folder.path / each for each in sidecars_of(own, folder.sidecars))
        sidecars = tuple(found for each in beside if (found := _found(each, each.name, MAX_BYTES)) is not None)
        rows: list[Row] = []
        nearest, is_named = None, bool(sidecars)
        for place, manifests in folder.manifests:
            file = _below(place[1], name)
            if any(file in manifest.numbers or file in manifest.members for manifest in manifests):
                self._seen[place].add(file)
            nearest = nearest or (place, file)
            for manifest in manifests:
                rows.extend(manifest.rows_of(file))
                is_named = is_named or file in manifest.values
        if nearest is not None and not is_named and not rows:
            self._without[nearest[0]].append(nearest[1])
        return About(sidecars, tuple(rows), folder.naming_places)

    def problems(self) -> Mapping[str, Sequence[Problem]]:
        """Name of a manifest → what in it could not be used, what it lacks; to be asked when every file was."""
        found: dict[str, list[Problem]] = {}
        for place, manifests in sorted(self._manifests.items(), key=lambda item: (item[0][1], item[0][0])):
            for manifest in manifests:
                problems = found.setdefault(manifest.name, [])
                problems.extend(manifest.problems)
                problems.extend(missing(manifest, partial(self._is_there, place)))
            if manifests:
                found[manifests[0].name].extend(unnamed(manifests[0], self._without[place]))
        return found

    def _folder_of(self, folder: str, name: str) -> _Folder:
        path = Path(folder)
        around = [(each, self._manifests_in(each)) for each in _places_around(path, name)]
        manifests = tuple((each, found) for each, found in around if found)
        naming = naming_places(f"{name}/")
        return _Folder(path, self._asides(path)[0], manifests, naming, About(folders=naming))

    def _asides_in(self, folder: Path) -> tuple[Mapping[str, Sequence[str]], Sequence[str]]:
        """The sidecars in a folder, and the names of its manifests; none where it cannot be listed."""
        try:
            with os.scandir(folder) as entries:
                names = [entry.name for entry in entries if is_aside(entry.name)]
        except OSError:
            names = []
        return sidecars_among(names), sorted(filter(is_manifest, names))

    def _manifests_in(self, place: Place) -> tuple[Manifest, ...]:
        if place in self._manifests:
            return self._manifests[place]
        folder, name = place
        files = ((folder / each, str(PurePosixPath(name, each))) for each in self._asides(folder)[1])
        found = [_found(path, published, LONGEST_LIST) for path, published in files]
        manifests = tuple(read_manifest(each) for each in found if each is not None)
        if manifests:
            self._manifests[place] = manifests
        return manifests

    def _is_there(self, place: Place, file: str) -> bool:
        try:
            return file in self._seen[place] or (place[0] / file).is_file()
        except OSError:  # a name that is too long for one
            return False


def _places_around(folder: Path, name: str) -> Iterator[Place]:
    """A folder and those around it, up to the PATH given, the nearest first."""
    yield folder, name
    for up, outer in zip(PurePosixPath(name).parents, folder.parents, strict=False):
        yield outer, _plain(up)


def _found(path: Path, name: str, most: int) -> Beside | None:
    """A file that states something, a little more than ``most`` bytes of it at most; None where it is no file."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return Beside(name, file.read(most + 1))
    except OSError as error:
        return Beside(name, trouble=error.strerror or type(error).__name__)


def lonely(paths: Iterable[Path], documents: Iterable[Path]) -> Iterator[Path]:
    """Sidecars and manifests below ``paths`` that state nothing of any of ``documents``: names are easily misspelt."""
    listed = ((place, sorted(filter(is_aside, files))) for path in paths for place, files in _files_by_folder(path))
    stating = [(place, asides) for place, asides in listed if asides]
    beside: dict[Path, list[str]] = {place: [] for place, _ in stating}
    around: set[Path] = set()
    for document in documents if stating else ():
        if document.parent in beside:
            beside[document.parent].append(document.name)
        if document.parent not in around:
            around.update((document.parent, *document.parent.parents))
    for place, asides in stating:
        sidecars = sidecars_among(asides)
        used = {each for name in beside[place] for each in sidecars_of(name, sidecars)} if sidecars else set()
        yield from (place / name for name in asides if _is_lonely(name, used, place in around))


def _files_by_folder(path: Path) -> Iterator[tuple[Path, Sequence[str]]]:
    """A file by itself; the folders in a folder, those that are ignored left out, with the names of their files."""
    if not path.is_dir():
        yield path.parent, [path.name]
    for place, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        yield Path(place), files


def _is_lonely(name: str, used: set[str], has_documents: bool) -> bool:
    if is_ignored(name):
        return False
    return not has_documents if is_manifest(name) else described_by(name) is not None and name not in used


# In an archive -------------------------------------------------------------------------------------------------------


class Within:
    """What an archive states of its own members: sidecars and manifests in it, the folders of its members."""

    def __init__(self) -> None:
        self._sidecars: dict[str, dict[str, list[Beside]]] = defaultdict(lambda: defaultdict(list))
        self._used: set[str] = set()
        self._manifests: dict[str, list[Manifest]] = defaultdict(list)
        self.members: list[str] = []
        self._without: dict[str, list[str]] = defaultdict(list)

    def add(self, part: Part) -> None:
        """Take in a file that states something; it comes before those of which it does."""
        folder, name = _split(part.member)
        if is_manifest(name):
            self._manifests[folder].append(read_manifest(Beside(f"#{part.member}", part.data)))
        else:
            self._sidecars[folder][written(described_by(name) or "")].append(Beside(part.member, part.data))

    def about(self, member: str) -> About:
        """What is known of a member besides its bytes."""
        self.members.append(member)
        sidecars: list[Beside] = []
        rows: list[Row] = []
        for each in _archives_around(member):
            folder, name = _split(each)
            sidecars += sidecars_of(name, self._sidecars[folder])
            rows += [row for place, manifest in self._around(each) for row in manifest.rows_of(_below(place, each))]
        self._used.update(sidecar.name for sidecar in sidecars)
        around = [(folder, _below(folder, member), manifest) for folder, manifest in self._around(member)]
        if around and not sidecars and not rows and not any(file in manifest.values for _, file, manifest in around):
            self._without[around[0][0]].append(around[0][1])
        return About(tuple(sidecars), tuple(rows), naming_places(member))

    def problems(self) -> Iterator[Problem]:
        """What of it could not be used, what it lacks; to be asked when every member was."""
        found = {each.name for folder in self._sidecars.values() for same in folder.values() for each in same}
        for label in sorted(found - self._used):
            message = told("inputs.sidecar_lonely", file=label)
            yield Problem(f"#{label}", "read", "warning", "sidecar_lonely", message)
        for folder, manifests in sorted(self._manifests.items()):
            here = {_below(folder, each) for member in self.members for each in _archives_around(member)}
            for manifest in manifests:
                yield from manifest.problems
                yield from missing(manifest, here.__contains__)
            yield from unnamed(manifests[0], self._without[folder])

    def _around(self, member: str) -> Iterator[tuple[str, Manifest]]:
        """The manifests of the folders in which a member lies, the nearest first, each with its folder."""
        for folder in map(_plain, PurePosixPath(member).parents):
            yield from ((folder, manifest) for manifest in self._manifests.get(folder, ()))


def _split(label: str) -> tuple[str, str]:
    path = PurePosixPath(label)
    return _plain(path.parent), path.name


def _plain(folder: PurePosixPath) -> str:
    return "" if folder == PurePosixPath() else str(folder)


def _below(folder: str, label: str) -> str:
    """The path of a member from one of the folders around it."""
    return written(label[len(folder) + 1 :] if folder else label)


def _archives_around(member: str) -> Iterator[str]:
    """A member, and the archives in the archive in which it lies, the nearest first."""
    yield member
    yield from (str(folder) for folder in PurePosixPath(member).parents if folder.name.lower().endswith(ARCHIVE))
