"""Roles as code: who may do what. `manage.py setup_roles` makes the groups like this, and takes away what is not here.

What a room's own models allow, the room says through `foundation.registries.roles`. In plain words: docs/roles/.
"""

from dataclasses import dataclass, field

ADMIN_DOOR = "wagtailadmin.access_admin"


@dataclass(frozen=True)
class Role:
    """A group of people and what its members may do.

    `pages`: on the home tree of every language. `collections`: on all images, documents and films.
    `models`: whole tables, as "app_label.codename".
    """

    key: str
    name: str
    pages: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    models: tuple[str, ...] = field(default=())

    @property
    def opens_admin(self) -> bool:
        """Whether members come in by the staff door, and so need a second factor."""
        return ADMIN_DOOR in self.models


# Wagtail asks for the permissions of its own models, whichever model stands in for them.
CHOOSE_UPLOADS = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
UPLOADS = (
    *CHOOSE_UPLOADS,
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtailmedia.add_media",
    "wagtailmedia.change_media",
)
REMOVE_UPLOADS = ("wagtailimages.delete_image", "wagtaildocs.delete_document", "wagtailmedia.delete_media")


def _all(*models: str) -> tuple[str, ...]:
    """Add, change, delete and view of each "app_label.model"."""
    return tuple(
        f"{app}.{verb}_{model}"
        for app, model in (name.split(".") for name in models)
        for verb in ("add", "change", "delete", "view")
    )


EDITOR = Role(
    key="editor",
    name="Editor",
    pages=("add_page", "change_page", "lock_page"),
    collections=UPLOADS,
    models=(
        ADMIN_DOOR,
        "partnership.add_helpline",
        "partnership.change_helpline",
        "partnership.view_helpline",
        "wagtail_localize.submit_translation",
    ),
)
PUBLISHER = Role(
    key="publisher",
    name="Publisher",
    pages=("add_page", "bulk_delete_page", "change_page", "lock_page", "publish_page", "unlock_page"),
    collections=(*UPLOADS, *REMOVE_UPLOADS),
    models=(
        ADMIN_DOOR,
        "partnership.change_alertbanner",
        "partnership.change_navigation",
        "wagtail_localize.submit_translation",
        *_all("partnership.helpline", "partnership.partner", "partnership.subgroup", "wagtailredirects.redirect"),
    ),
)
YOUNG_ADVISOR = Role(key="young-advisor", name="Young Advisor")
REGISTRY_OFFICER = Role(key="registry-officer", name="Registry officer", models=(ADMIN_DOOR,))
SAFEGUARDING_LEAD = Role(key="safeguarding-lead", name="Safeguarding lead", models=(ADMIN_DOOR,))
SURVEY_MANAGER = Role(
    key="survey-manager",
    name="Survey manager",
    models=(ADMIN_DOOR, *_all("partnership.school", "partnership.ward")),
)
SUBGROUP_MEMBER = Role(key="subgroup-member", name="Subgroup member")
SCHOOL_LEAD = Role(key="school-lead", name="School lead")
OUTREACH_OFFICER = Role(
    key="outreach-officer", name="Outreach officer", collections=CHOOSE_UPLOADS, models=(ADMIN_DOOR,)
)
TEXT_MODERATOR = Role(key="text-moderator", name="Text moderator", models=(ADMIN_DOOR,))
ADMINISTRATOR = Role(
    key="administrator",
    name="Administrator",
    pages=PUBLISHER.pages,
    collections=PUBLISHER.collections,
    models=(
        *PUBLISHER.models,
        "audit.view_entry",
        "partnership.change_partnershipsettings",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_user",
        *_all(
            "partnership.school",
            "partnership.ward",
            "wagtailcore.collection",
            "wagtailcore.locale",
            "wagtailcore.task",
            "wagtailcore.workflow",
        ),
        "wagtailcore.change_site",
        "wagtailcore.view_site",
    ),
)

ROLES = (
    EDITOR,
    PUBLISHER,
    YOUNG_ADVISOR,
    REGISTRY_OFFICER,
    SAFEGUARDING_LEAD,
    SURVEY_MANAGER,
    SUBGROUP_MEMBER,
    SCHOOL_LEAD,
    OUTREACH_OFFICER,
    TEXT_MODERATOR,
    ADMINISTRATOR,
)
