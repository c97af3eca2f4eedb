"""Backups that only the holder of BACKUP_KEY can read: AES-256-GCM, piece by piece, so that size does not matter.

CSCPBAK1, 16 random bytes for the key of this file, 7 random bytes of the nonces; then pieces of 1 MiB and their tag. Each nonce
ends with the number of the piece and whether it is the last: pieces that are changed, moved, left out or cut off do not open.
"""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from .errors import BackupError

MAGIC = b"CSCPBAK1"
PIECE = 1024 * 1024
TAG = 16
SUFFIX = ".enc"
PURPOSE = b"backup of the site, version 1"


def is_wanted() -> bool:
    """Whether backups are encrypted here."""
    return bool(settings.BACKUP_KEY)


def seal(plain: Path, sealed: Path) -> None:
    """Write the encrypted form of a file."""
    salt, prefix = secrets.token_bytes(16), secrets.token_bytes(7)
    cipher = _cipher(salt)
    with plain.open("rb") as source, sealed.open("wb") as out:
        out.write(MAGIC + salt + prefix)
        number, piece = 0, source.read(PIECE)
        while True:
            following = source.read(PIECE)
            out.write(cipher.encrypt(_nonce(prefix, number, is_last=not following), piece, MAGIC))
            if not following:
                return
            number, piece = number + 1, following


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """The file itself, or, where it is encrypted, a plain copy beside it that is gone afterwards.

    Raises:
        BackupError: there is no key, another key, or the file was changed or breaks off.
    """
    if not _is_sealed(path):
        if settings.BACKUP_KEY and path.exists():
            raise BackupError(
                f"{path} is not encrypted, though BACKUP_KEY is set: somebody else may have put it there. If you know that it is "
                "from before the key, unset BACKUP_KEY for this one command."
            )
        yield path
        return
    with tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".unfinished-") as folder:
        plain = Path(folder) / path.name.removesuffix(SUFFIX)
        _open(path, plain)
        yield plain


def _open(sealed: Path, plain: Path) -> None:
    if not settings.BACKUP_KEY:
        raise BackupError(f"{sealed} is encrypted. Set BACKUP_KEY to the key that it was made with.")
    with sealed.open("rb") as source, plain.open("wb") as out:
        head = source.read(len(MAGIC) + 23)
        cipher, prefix = _cipher(head[len(MAGIC) : -7]), head[-7:]
        number, piece = 0, source.read(PIECE + TAG)
        while piece:
            following = source.read(PIECE + TAG)
            try:
                out.write(cipher.decrypt(_nonce(prefix, number, is_last=not following), piece, MAGIC))
            except InvalidTag:
                raise BackupError(
                    f"{sealed} does not open: BACKUP_KEY is not the key that it was made with, or the file is damaged."
                ) from None
            number, piece = number + 1, following
    if not number:
        raise BackupError(f"{sealed} is not a whole backup: nothing comes after its head. Use another copy.")


def _is_sealed(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False  # that there is no such file, or a folder, is said by whoever reads it


def _cipher(salt: bytes) -> AESGCM:
    """The key comes from random words (docs/deploy.md), so it needs no slow stretching."""
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=PURPOSE).derive(settings.BACKUP_KEY.encode()))


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if is_last else b"\x00")
