"""The words around the questions, in every language that a class may use.

The page carries them for each of its languages, so that a pupil can change the language without asking the server.
Names in braces are filled in by the page's script and by the step pages alike.
"""

from functools import lru_cache

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "title": _("Questions"),
    "before_start": _("Before you start"),
    "no_name": _("We do not ask who you are. Do not type your name."),
    "leave_out": _("You can leave out any question, and stop at any time."),
    "no_way_back": _("When you have sent your answers, nobody can find them again. You cannot change them then."),
    "about_exit": _("“Exit this page” leaves at once and forgets your answers."),
    "what_teacher_sees": _("What can my teacher see?"),
    "start": _("Start"),
    "next": _("Next"),
    "back": _("Back"),
    "send": _("Send my answers"),
    "sending": _("Sending…"),
    "try_now": _("Try now"),
    "stop": _("Stop and clear"),
    "stop_title": _("Stop and clear your answers?"),
    "stop_text": _("Your answers will be forgotten. Nothing will be sent."),
    "stop_yes": _("Yes, clear them"),
    "stop_no": _("No, go on"),
    "exit": _("Exit this page"),
    "read_aloud": _("Read aloud"),
    "stop_reading": _("Stop reading"),
    "language": _("Language"),
    "part": _("Part {number} of {all}"),
    "part_sensitive": _("Some of these questions may be hard to answer. You can leave out this whole part."),
    "answer_part": _("Answer this part"),
    "skip_part": _("Leave out this part"),
    "help_title": _("If something here is on your mind"),
    "help_text": _("You can talk to somebody. You need not say your name."),
    "help_adult": _("Talk to an adult you trust."),
    "help_school": _("At school: {who}"),
    "help_danger": _("In danger now:"),
    "help_label": _("Somebody to talk to"),
    "prefer_not": _("I prefer not to say"),
    "choose_one": _("Choose one answer."),
    "choose_all": _("Choose all that fit."),
    "number_hint": _("Type a whole number from {min} to {max}."),
    "number_wrong": _("Type a whole number from {min} to {max}, or leave it empty."),
    "none_wrong": _("You chose “{none}” and something else. Choose one or the other."),
    "prefer_wrong": _("You gave an answer and also chose “{none}”. Choose one or the other."),
    "option_wrong": _("That answer is not one of those below. Please choose again."),
    "text_notice": _(
        "Nobody can tell who wrote this, so nobody can come and help because of it. Do not write names. "
        "If you need help, talk to an adult you trust or call Childline."
    ),
    "text_left": _("You can write {count} letters."),
    "text_long": _("That is too long. Write {count} letters at most."),
    "end_title": _("That was the last question"),
    "end_text": _("Send your answers now. You can still go back and look at them first."),
    "end_quiet": _("After that, stay on this page until everybody has finished. There is something quiet to do."),
    "sent_title": _("Sent. Thank you"),
    "sent_text": _("Your answers are with everybody else’s. They are gone from this device."),
    "already_title": _("Already sent"),
    "already_text": _("Your answers were sent before, and count once. They are gone from this device."),
    "stopped_title": _("Cleared"),
    "stopped_text": _("Your answers are gone from this device. Nothing was sent."),
    "again": _("If you want to begin again, type the class code again."),
    "type_code": _("Type the class code"),
    "waiting_title": _("Not sent yet"),
    "waiting_text": _("The connection is lost. Your answers are safe in this page. Keep it open: we go on trying."),
    "closed_title": _("This lesson is closed"),
    "closed_text": _("Your answers were not sent, because the lesson was closed. Tell your teacher if you want to."),
    "closed_maybe": _(
        "The lesson was closed before this page heard back. Your answers may have arrived, or may not. "
        "They are not sent again."
    ),
    "full_title": _("All places are taken"),
    "full_text": _(
        "As many answers have come in as there are pupils in the room, so yours were not sent. Tell your teacher."
    ),
    "spent_title": _("This slip was used"),
    "spent_text": _("Each slip opens the questions once. These answers were not sent. Ask for another slip."),
    "refused_title": _("These answers could not be taken"),
    "refused_text": _("They do not fit the questions, so nothing was sent. You can look through them and send again."),
    "expired_title": _("This page is too old"),
    "expired_text": _("Your answers were not sent, and they are gone. Type the class code to begin again."),
    "preview": _("This is a preview. Nothing can be sent."),
    "preview_end": _("A pupil would send the answers here. In a preview nothing is sent."),
    "unsent": _("Your answers have not been sent."),
    "stay": _("Stay on this page until your teacher says that everybody has finished."),
    "calm_title": _("Something quiet to do"),
    "calm_pattern": _("Colour a pattern"),
    "calm_pattern_how": _("Choose a colour, then choose a tile."),
    "calm_colour": _("Colour"),
    "calm_tile": _("Row {row}, tile {tile}"),
    "calm_plain": _("no colour"),
    "calm_purple": _("purple"),
    "calm_green": _("green"),
    "calm_orange": _("orange"),
    "calm_blue": _("blue"),
    "calm_clear": _("Clear the pattern"),
    "calm_breathe": _("Breathe slowly"),
    "calm_breathe_how": _("Breathe in while you count to four, and out while you count to six. Do it five times."),
    "calm_puzzle": _("A word puzzle"),
    "calm_puzzle_how": _("How many short words can you find in this long one? Keep the count in your head."),
    "calm_puzzle_words": _("IMAGINATION · NEIGHBOURHOOD · UNDERSTANDING"),
}


@lru_cache(maxsize=32)
def interface_words(language: str) -> dict[str, str]:
    """Every word around the questions in this language; English where the catalogue has none."""
    with translation.override(language):
        return {key: str(words) for key, words in WORDS.items()}
