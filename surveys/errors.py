"""What can go wrong in the survey room, in words that a person can act on."""


class SurveyError(Exception):
    """Something that was asked cannot be done; the text may be shown to the person who asked."""


class Frozen(SurveyError):
    """A version that was opened cannot change; a correction makes a new version."""


class WrongState(SurveyError):
    """The thing is in a state in which this cannot be done."""


class AnswersRefused(SurveyError):
    """Answers that no page of ours could have sent; nothing was kept."""


class NotReady(SurveyError):
    """Something must be put right first. `problems` says what, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems
