"""Tables of the programme."""

from .bookings import Booking, Credit
from .courses import Course, Level
from .dates import CourseDate
from .evaluation import Remark, Round, Tally

__all__ = ["Booking", "Course", "CourseDate", "Credit", "Level", "Remark", "Round", "Tally"]
