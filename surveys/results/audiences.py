"""Who reads a figure, and from how many pupils on it is shown. A floor is for quality; safety is in the cells themselves.

Source: surveys reference, 4.3, rule 5: under 20 nothing; 20 to 29 words in a school's own report; 30 and more percentages;
in public the whole area only, groups of 100 and more from three schools or more.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Audience:
    """From which base (respondents, as published) words and percentages are shown, and from how many schools."""

    key: str
    words_from: int
    percent_from: int
    schools_from: int


PUBLIC = Audience("public", words_from=100, percent_from=100, schools_from=3)
SUBGROUP = Audience("subgroup", words_from=30, percent_from=30, schools_from=1)
SCHOOL = Audience("school", words_from=20, percent_from=30, schools_from=1)
