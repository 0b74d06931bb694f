"""Work on a folder of results that may be broken off at any moment and gone on with.

Beside the folder NAME stands ``.NAME.unfinished``: a lock, ``made_from.json`` (what the work is made from), ``parts``
(its whole steps, by number), ``rows`` (whatever a step needs on the way) and at the end ``whole``, which takes the
place of NAME by one rename. Every file is on the disk before the name under which it counts.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from vbprules.diagnostics import InputError
from vbprules.tables.folders import is_free

_LOCK, _MADE_FROM, _PARTS, _ROWS, _WHOLE = "lock", "made_from.json", "parts", "rows", "whole"
_NEW: Final = ".new"  # ends the name of what is being written
_OURS: Final = frozenset({_LOCK, _MADE_FROM, _MADE_FROM + _NEW, _PARTS, _ROWS, _WHOLE})
_ATTEMPTS: Final = 100  # at a lock that another process takes away just then


def unfinished_folder(target: Path) -> Path:
    """Where work on ``target`` stands until it is whole."""
    target = target.absolute()
    return target.parent / f".{target.name}.unfinished"


def steps_left(target: Path) -> int:
    """How many whole steps of work on ``target`` wait to be gone on with."""
    return len(_steps(unfinished_folder(target) / _PARTS))


class Work:
    """The work on one folder of results. Made by `unfinished`."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.folder = folder
        self.target = target

    @property
    def rows(self) -> Path:
        """A folder for whatever is needed on the way."""
        return self.folder / _ROWS

    def steps(self) -> list[Path]:
        """The folders of the whole steps: of the first, the second, …, without a gap."""
        return _steps(self.folder / _PARTS)

    def keep(self, number: int, write: Callable[[Path], None]) -> None:
        """Write a step into a folder of its own, which counts when everything in it is on the disk."""
        step = self.folder / _PARTS / _named(number)
        draft = step.with_name(step.name + _NEW)
        for old in (draft, step):
            _take_away(old)
        draft.mkdir(parents=True)
        write(draft)
        _onto_disk(draft)
        os.rename(draft, step)
        _sync_folder(step.parent)

    def forget(self, number: int) -> None:
        """Take away a step and those after it."""
        for step in self.steps()[number - 1 :]:
            _take_away(step)

    def finish(self, write: Callable[[Path], None]) -> None:
        """Write the results and put them in their place. OSError where somebody else has put something there."""
        whole = self.folder / _WHOLE
        _take_away(whole)
        whole.mkdir()
        write(whole)
        _onto_disk(whole)
        if self.target.exists():
            self.target.rmdir()
        os.rename(whole, self.target)
        _sync_folder(self.target.parent)


@contextmanager
def unfinished(target: Path, made_from: str | None) -> Iterator[Work]:
    """Work on ``target``, a new or an empty folder, gone on with where it was left if it is made from the same.

    ``made_from``: a text that tells what the results are made from; None where nothing can tell, so that nothing is
    gone on with. Steps that are whole stay when the work is broken off, but not after an InputError.

    Raises FileExistsError where something is there already, OSError (EBUSY) where another process is at work on
    ``target``, and whatever the system refuses.
    """
    target = target.absolute()
    _refuse_unless_free(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder, lock = _taken(target) if made_from is not None else (_own_folder(target), None)
    work = Work(folder, target)
    kept = False
    try:
        _refuse_unless_free(target)  # another process may have finished since
        _begin(folder, made_from or "")
        yield work
    except BaseException as error:
        kept = lock is not None and not isinstance(error, InputError) and bool(work.steps())
        raise
    finally:
        if kept:
            shutil.rmtree(work.rows, ignore_errors=True)
        else:
            _remove(folder)
        if lock is not None:
            os.close(lock)


def _refuse_unless_free(target: Path) -> None:
    if not is_free(target):
        raise FileExistsError(errno.EEXIST, "这里已有文件，不覆盖 there are files already", str(target))


def _own_folder(target: Path) -> Path:
    """A folder that no other process uses."""
    return Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))


def _taken(target: Path) -> tuple[Path, int | None]:
    """The folder of unfinished work with its lock; a folder of one's own where this system has no locks."""
    folder = unfinished_folder(target)
    if sys.platform == "win32":
        return _own_folder(target), None
    import fcntl

    if folder.is_symlink() or (folder.exists() and not _is_ours(folder)):
        said = "不是这个命令留下的，没有动它 not left by this command, so it was left alone"
        raise FileExistsError(errno.EEXIST, said, str(folder))
    for _ in range(_ATTEMPTS):
        with suppress(FileNotFoundError):  # whoever had it has just taken it away
            folder.mkdir(exist_ok=True)
            path = folder / _LOCK
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(handle), os.stat(path)):
                    return folder, handle
                os.close(handle)
            except BlockingIOError:
                os.close(handle)
                break
            except FileNotFoundError:
                os.close(handle)
                continue
            except OSError:  # a file system without locks
                os.close(handle)
                return _own_folder(target), None
    said = "另一个进程正在写这里的结果 another process is writing these results"
    raise OSError(errno.EBUSY, said, str(target))


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and {item.name for item in folder.iterdir()} <= _OURS


def _begin(folder: Path, made_from: str) -> None:
    """Take away what was made from anything else, and say what is made now."""
    path = folder / _MADE_FROM
    _take_away(folder / _ROWS)
    if not (path.is_file() and path.read_bytes() == made_from.encode()):
        for name in _OURS - {_LOCK}:
            _take_away(folder / name)
        draft = folder / (_MADE_FROM + _NEW)
        draft.write_bytes(made_from.encode())
        _sync(draft)
        os.rename(draft, path)
    for name in (_PARTS, _ROWS):
        (folder / name).mkdir(exist_ok=True)
    _sync_folder(folder)


def _remove(folder: Path) -> None:
    """Take the folder away, the lock at last, so that nobody begins in a folder that is going."""
    with suppress(OSError):
        for name in _OURS - {_LOCK}:
            _take_away(folder / name)
        (folder / _LOCK).unlink(missing_ok=True)
        folder.rmdir()


def _take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _named(number: int) -> str:
    return f"{number:05d}"


def _steps(parts: Path) -> list[Path]:
    found: list[Path] = []
    while (step := parts / _named(len(found) + 1)).is_dir():
        found.append(step)
    return found


def _onto_disk(folder: Path) -> None:
    for item in folder.iterdir():
        _sync(item)
    _sync_folder(folder)


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system syncs folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
