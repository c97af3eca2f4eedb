"""Who takes part in a generated wave: schools, year groups, classes and how many pupils sit in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Lesson:
    """One class that answers."""

    school_id: int
    year_group: int
    pupils: int


@dataclass(frozen=True)
class Place:
    """A year group of a school."""

    school_id: int
    year_group: int


def lessons(places: Sequence[Place], *, pupils: int, seed: int) -> Iterator[Lesson]:
    """Spread so many pupils over the places, in classes of some 25.

    Schools differ in size by a factor of three. One place in eight is tiny (3 to 9 pupils), as real ones are: a small
    school, a unit for special needs; and there is always one, so that what happens to the few is seen.
    """
    random = Random(f"{seed}:plan")  # noqa: S311
    tiny = {place for number, place in enumerate(places) if number % 8 == 7} or set(
        places[-1:] if len(places) > 1 else []
    )
    sizes = {place: random.randint(3, 9) for place in places if place in tiny}
    left = max(0, pupils - sum(sizes.values()))
    shares = {place: random.uniform(1, 3) for place in places if place not in tiny}
    whole = sum(shares.values())
    given = 0
    for place, share in shares.items():
        sizes[place] = round(left * share / whole)
        given += sizes[place]
    for place in shares:  # rounding
        sizes[place] += left - given
        break
    for place in places:
        yield from _classes(place, sizes[place], random)


def _classes(place: Place, pupils: int, random: Random) -> Iterator[Lesson]:
    while pupils > 0:
        size = min(pupils, random.randint(20, 30))
        if 0 < pupils - size < 5:
            size = pupils
        yield Lesson(place.school_id, place.year_group, size)
        pupils -= size
