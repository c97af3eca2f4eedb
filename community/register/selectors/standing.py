"""Where a setting stands, as its owners may see it.

A suspension shows from the moment in which the setting was told of it (`moderation.services.concerns`). Until then
everything that owners see stays as it was, and what they do keeps its usual effect on what they see. Once they were told it
shows until it is lifted, whatever becomes of the concerns. Page, mail and clocks ask the same moment, so that none of them
is ahead of the others.
"""

from dataclasses import dataclass

from ..enums import SettingState
from ..models import Setting


@dataclass(frozen=True)
class Standing:
    """What owners are shown. `is_taken_down`: they were told that it is not shown at the moment."""

    state: SettingState
    is_taken_down: bool = False

    @property
    def is_on_the_register(self) -> bool:
        return not self.is_taken_down and self.state in {SettingState.LISTED, SettingState.HIDDEN, SettingState.LAPSED}

    @property
    def is_editable(self) -> bool:
        """Whether owners may change their working copy. Of a suspended one too: nothing goes out, refusing would tell."""
        editable = {SettingState.DRAFT, SettingState.CHANGES_REQUESTED}
        return self.is_taken_down or self.is_on_the_register or self.state in editable


def standing_of(setting: Setting) -> Standing:
    """The state that owners see: the one before, where a suspension is not for them to know yet."""
    if setting.state != SettingState.SUSPENDED:
        return Standing(SettingState(setting.state))
    if setting.told_of_suspension_at is not None:
        return Standing(SettingState.SUSPENDED, is_taken_down=True)
    return Standing(SettingState(setting.state_before_suspension or SettingState.LISTED))
