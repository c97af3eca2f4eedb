"""What can be wrong with a content file, said so that its author can mend it."""

from pathlib import Path


class ContentError(Exception):
    """A content file does not hold what it should. Says which file and which key."""

    def __init__(self, file: Path | str, key: str, message: str) -> None:
        self.file, self.key, self.message = file, key, message
        super().__init__(f"{file}: {key}: {message}" if key else f"{file}: {message}")
