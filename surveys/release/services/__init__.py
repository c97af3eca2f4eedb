"""Planning, computing and publishing a release."""

from .computing import compute_release
from .planning import change_plan, plan_release
from .publishing import publish_release

__all__ = ["change_plan", "compute_release", "plan_release", "publish_release"]
