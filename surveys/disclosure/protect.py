"""Additive rounding to base 5 with a guard. In work."""

from collections.abc import Callable, Iterator

from .shapes import QuestionCubes, Wave

Progress = Callable[[int, int], None]


def protect(
    wave: Wave,
    *,
    seed: bytes | int,
    workers: int = 1,
    earlier: tuple[Wave, Wave] | None = None,
    progress: Progress | None = None,
) -> Wave:
    """Round every question's cubes. The same wave and seed give the same release, whatever the number of workers."""
    raise NotImplementedError


def protect_each(
    wave: Wave, *, seed: bytes | int, workers: int = 1, earlier: tuple[Wave, Wave] | None = None
) -> Iterator[tuple[QuestionCubes, ...]]:
    """The same, a family at a time, in the order of `families`."""
    raise NotImplementedError


def families(wave: Wave) -> tuple[tuple[str, ...], ...]:
    """Questions that must be protected and attacked together: keys of a question, its routed ones, choose-all options."""
    raise NotImplementedError
