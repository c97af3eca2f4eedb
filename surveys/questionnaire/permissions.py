"""Who may see and change questionnaires."""

from foundation.registries.roles import RoomPermissions, room_permissions

SEE = "surveys.view_version"
EDIT = "surveys.change_version"

_MODELS = ("survey", "questionnaire", "version", "section", "question", "topic")


def register_permissions() -> None:
    """Survey managers change questionnaires; administrators look at them."""
    everything = tuple(f"surveys.{verb}_{model}" for model in _MODELS for verb in ("add", "change", "delete", "view"))
    looking = tuple(f"surveys.view_{model}" for model in _MODELS)
    room_permissions.register(
        "surveys-questionnaire",
        RoomPermissions(by_role={"survey-manager": everything, "administrator": looking}),
    )
