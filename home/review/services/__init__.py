"""What Young Advisors and staff do."""

from .reviews import (
    accept_credit,
    add_remark,
    decide,
    drop_remark,
    keep_checklist,
    note_publication,
    resolve,
    take_back_remark,
    take_over,
)

__all__ = [
    "accept_credit",
    "add_remark",
    "decide",
    "drop_remark",
    "keep_checklist",
    "note_publication",
    "resolve",
    "take_back_remark",
    "take_over",
]
