"""What can go wrong with a backup, in words for the person at the keyboard."""

import errno


class BackupError(Exception):
    """A backup or a restore that did not happen; its words say what to do."""


def explained(error: OSError) -> BackupError:
    """A fault of the disk, in words."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return BackupError(f"The disk is full{where}. Nothing was changed: make room, then run this again.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return BackupError(f"This account may not write there{where}. Run this as the account that the site runs as.")
    return BackupError(f"{error.strerror or type(error).__name__}{where}.")
