"""The gate: attacks everything that was ever published for a wave, and says whether it may be released. In work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .shapes import Wave

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Problem:
    """One count that the release would give away."""

    question: str
    cube: str
    group: Mapping[str, str]
    answer: str
    attacker: str
    why: str


@dataclass(frozen=True)
class GateReport:
    """What the attack found; serialises to JSON with `to_dict`."""

    passed: bool
    small_counts: int
    recoverable: int
    naive_recoverable: int
    problems: tuple[Problem, ...] = ()
    truncated: bool = False

    @property
    def summary(self) -> str:
        """One sentence for the release's page."""
        return (
            f"{self.recoverable:,} of {self.small_counts:,} small counts recoverable; an unprotected release would have given "
            f"back {self.naive_recoverable:,}."
        )

    def to_dict(self) -> dict[str, Any]:
        """As plain dicts and lists, for JSON."""
        return {**asdict(self), "summary": self.summary}

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> "GateReport":
        """The inverse of `to_dict`."""
        fields = {key: value for key, value in found.items() if key != "summary"}
        return cls(**{**fields, "problems": tuple(Problem(**one) for one in found["problems"])})


def gate(
    wave: Wave,
    release: Wave,
    *,
    earlier: Sequence[tuple[Wave, Wave]] = (),
    workers: int = 1,
    progress: Progress | None = None,
) -> GateReport:
    """Attack `release` together with every (true, published) pair of `earlier`."""
    raise NotImplementedError
