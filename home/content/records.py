"""Snippets and settings from content files. What is there stays as it is, unless a refresh is asked for."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Model
from wagtail.models import Locale, Site

from foundation.partnership.models import Helpline, Navigation, Partner, PartnershipSettings, Subgroup, Ward
from home.models import Audience, GlossaryTerm, Topic

from .errors import ContentError
from .reading import read_records, read_yaml
from .richtext import to_rich_text


@dataclass
class Tally:
    """What a load did."""

    created: int = 0
    refreshed: int = 0
    kept: int = 0
    missing_links: set[str] = field(default_factory=set)

    def count(self, *, created: bool, refreshed: bool) -> None:
        if created:
            self.created += 1
        elif refreshed:
            self.refreshed += 1
        else:
            self.kept += 1


class RecordLoader:
    """Makes the records of one folder."""

    def __init__(self, folder: Path, *, refresh: bool, tally: Tally, locales: dict[str, Locale]) -> None:
        self.folder, self.refresh, self.tally, self.locales = folder, refresh, tally, locales

    def load_all(self) -> None:
        self._translatable("audiences", Audience, "slug", {"name": "name", "text": "text", "colour": "colour"})
        self._translatable("topics", Topic, "slug", {"name": "name", "summary": "summary"})
        self._translatable(
            "helplines",
            Helpline,
            "key",
            {
                "name": "name", "phone": "phone", "sms": "sms", "email": "email", "web": "web", "hours": "hours",
                "description": "description", "audience": "audience", "emergency": "is_emergency",
                "local": "is_local", "in_bar": "in_bar",
            },
        )  # fmt: skip
        self._translatable(
            "partners",
            Partner,
            "key",
            {
                "name": "name", "kind": "kind", "lead": "is_lead", "lead_role": "lead_role", "summary": "summary",
                "web": "web",
            },
        )  # fmt: skip
        self._translatable(
            "glossary", GlossaryTerm, "term", {"meaning": "meaning", "abbreviation": "abbreviation"}, ordered=False
        )
        for entry in read_records(self.folder, "subgroups"):
            self._subgroup(entry)
        for name in read_records(self.folder, "wards"):
            self._save(Ward, {"name": str(name)}, {})

    def load_settings(self, site: Site) -> None:
        """The partnership's own record; only empty fields are filled unless a refresh is asked for."""
        file = self.folder / "partnership.yaml"
        values = (read_yaml(file) or {}) if file.exists() else {}
        settings = PartnershipSettings.for_site(site)
        wanted: dict[str, Any] = {}
        for name in _SETTING_NAMES:
            if values.get(name) not in (None, "", []):
                wanted[name] = str(values[name]).strip()
        if values.get("area_short"):
            wanted["area"] = values["area_short"]
        if values.get("values"):
            wanted["values"] = "\n".join(_value_line(value) for value in values["values"])
        if values.get("social_links"):
            wanted["social_links"] = [("link", link) for link in values["social_links"]]
        blank = PartnershipSettings()
        changed = False
        for name, value in wanted.items():
            now = getattr(settings, name)
            if self.refresh or not now or now == getattr(blank, name):
                setattr(settings, name, value)
                changed = True
        if changed:
            settings.save()

    def load_navigation(self, site: Site, page_id: Any) -> None:
        """The menus, unless an editor has made some."""
        file = self.folder / "navigation.yaml"
        if not file.exists():
            return
        navigation = Navigation.for_site(site)
        if (navigation.header or navigation.footer) and not self.refresh:
            return
        values = read_yaml(file) or {}
        navigation.header = [("link", _menu_link(page_id(path))) for path in values.get("header", []) if page_id(path)]
        navigation.footer = [
            (
                "column",
                {
                    "heading": column["title"],
                    "links": [_menu_link(page_id(path)) for path in column["pages"] if page_id(path)],
                },
            )
            for column in values.get("footer", [])
        ]
        navigation.save()

    def _subgroup(self, entry: dict[str, Any]) -> None:
        names = ("name", "chair_role", "meets", "order")
        values: dict[str, Any] = {name: entry[name] for name in names if name in entry}
        values["purpose"] = to_rich_text(entry.get("purpose", ""), lambda _path: None)
        values["members"] = "\n".join(entry.get("members", []))
        self._save(Subgroup, {"key": entry["key"]}, values)

    def _translatable(
        self, name: str, model: type[Model], key: str, columns: dict[str, str], *, ordered: bool = True
    ) -> None:
        english = self.locales["en"]
        for number, entry in enumerate(read_records(self.folder, name), start=1):
            if not isinstance(entry, dict) or not entry.get(key):
                raise ContentError(self.folder / f"{name}.yaml", f"entry {number}", f"needs `{key}`")
            values = {column: entry[source] for source, column in columns.items() if entry.get(source) is not None}
            if ordered:
                values["order"] = entry.get("order", number * 10)
            original = self._save(model, {key: str(entry[key]), "locale": english}, values)
            for code, words in (entry.get("translations") or {}).items():
                if code in self.locales:
                    translated = {columns[source]: text for source, text in words.items() if source in columns}
                    own = {key: str(entry[key]), "locale": self.locales[code]}
                    self._save(
                        model,
                        own,
                        {**values, **translated, "translation_key": original.translation_key},  # type: ignore[attr-defined]
                    )

    def _save(self, model: type[Model], own: dict[str, Any], values: dict[str, Any]) -> Model:
        found = model._default_manager.filter(**own).first()
        created = found is None
        if found is None:
            found = model._default_manager.create(**own, **values)
        elif self.refresh:
            for name, value in values.items():
                setattr(found, name, value)
            found.save()
        self.tally.count(created=created, refreshed=self.refresh)
        return found


_SETTING_NAMES = (
    "name", "short_name", "area", "strapline", "vision", "mission", "front_door_name", "front_door_phone",
    "front_door_hours", "out_of_hours_phone", "front_door_email", "contact_email", "address", "security_contact",
)  # fmt: skip


def _value_line(value: Any) -> str:
    return f"{value['title']}: {value['text']}" if isinstance(value, dict) else str(value)


def _menu_link(page_id: int | None) -> dict[str, Any]:
    from wagtail.models import Page

    return {"title": "", "page": Page.objects.get(pk=page_id), "url": ""}
