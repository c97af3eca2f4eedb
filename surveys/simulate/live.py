"""A practice wave answered through a running site: sessions are opened and closed as teachers do, pupils POST as pages do."""

from collections import Counter
from collections.abc import Iterable

from foundation.partnership.models import School

from ..errors import WrongState
from ..fieldwork.models import Wave
from ..fieldwork.selectors import document_for
from ..fieldwork.services import close_session, open_session, prepare_session
from .plan import Lesson
from .posting import body_for, send_all
from .pupils import Pupils


def answer_over_http(*, wave: Wave, lessons: Iterable[Lesson], seed: int, base_url: str) -> Counter[str]:
    """Play the lessons one after the other; how many POSTs ended in each state.

    The lessons are left closing: five minutes later the chores seal them, as any other.

    Raises:
        WrongState: the wave is a real one, or not open.
    """
    if not wave.is_demo:
        raise WrongState("Only a practice wave can be answered by generated pupils.")
    states: Counter[str] = Counter()
    for number, lesson in enumerate(lessons):
        school = School.objects.get(pk=lesson.school_id)
        session = prepare_session(
            wave=wave, school=school, year_group=lesson.year_group, label=f"Practice {number + 1}"
        )
        session = open_session(session=session, year_group=lesson.year_group, present=lesson.pupils)
        document = document_for(session)
        pupils = Pupils(document, year_group=lesson.year_group, school=f"{lesson.school_id}:{number}", seed=seed)
        bodies = [
            body_for(code=str(session.code), version=document["version"], answers=answers)
            for answers in pupils.draw(lesson.pupils)
        ]
        states.update(sent.state for sent in send_all(base_url=base_url, bodies=bodies))
        close_session(session=session)
    return states
