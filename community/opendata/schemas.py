"""Schemas of the answers, in our own words and as strict as the answers are. JSON Schema 2020-12."""

from typing import Any

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_ID: Schema = {"type": "string", "format": "uuid"}
_DATE: Schema = {"type": "string", "format": "date"}
_URI: Schema = {"type": "string", "format": "uri"}
_EMAIL: Schema = {"type": "string", "format": "email"}
_NUMBER: Schema = {"type": "number"}


def _object(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """An object with these properties and no other."""
    return {
        "type": "object",
        "required": sorted(required),
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _page(of: str) -> Schema:
    whole = {"type": "integer", "minimum": 0}
    return _object(
        {
            "total_items": whole, "total_pages": whole, "page_number": {"type": "integer", "minimum": 1}, "size": whole,
            "first_page": {"type": "boolean"}, "last_page": {"type": "boolean"}, "empty": {"type": "boolean"},
            "contents": _list(_ref(of)),
        }
    )  # fmt: skip


_organization = {"id": _ID, "name": _TEXT, "description": _TEXT}
_identifier = _object({"id": _ID, "organization_id": _ID, "identifier_type": _TEXT, "identifier": _TEXT})
_brief: dict[str, Schema] = {
    "id": _ID, "organization_id": _ID, "name": _TEXT, "status": {"enum": ["active", "temporarily closed"]},
    "last_modified": {"type": "string", "format": "date-time"}, "organization": _ref("Organization"),
    "x_listing_url": _URI, "x_disclaimer": _TEXT,
}  # fmt: skip
_brief_more: dict[str, Schema] = {
    "description": _TEXT, "url": _URI, "email": _EMAIL, "fees": _TEXT, "accreditations": _TEXT, "minimum_age": _NUMBER,
    "maximum_age": _NUMBER, "assured_date": _DATE, "assurer_email": _EMAIL, "alert": _TEXT,
}  # fmt: skip
_full: dict[str, Schema] = {
    "schedules": _list(_ref("Schedule")), "languages": _list(_ref("Language")), "cost_options": _list(_ref("CostOption")),
    "contacts": _list(_ref("Contact")), "attributes": _list(_ref("Attribute")),
    "x_activities": _list({"type": "object"}), "x_statements": _list(_ref("Statement")),
}  # fmt: skip
_joint = {"id": _ID, "service_id": _ID, "location_id": _ID}
_location = {"id": _ID, "location_type": {"enum": ["physical", "virtual"]}, "name": _TEXT}
_location_more = {
    "description": _TEXT, "latitude": _NUMBER, "longitude": _NUMBER, "x_district": _TEXT, "x_ward": _TEXT,
}  # fmt: skip

SCHEMAS: dict[str, Schema] = {
    "About": _object({"version": _TEXT, "profile": _URI, "openapi_url": _URI, "x_disclaimer": _TEXT}),
    "OpenApi": {"type": "object", "required": ["openapi", "info", "paths"]},
    "Problem": _object(
        {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
        {"errors": _list(_object({"parameter": _TEXT, "message": _TEXT}))},
    ),
    "Organization": _object(
        _organization, {"email": _EMAIL, "website": _URI, "organization_identifiers": _list(_identifier)}
    ),
    "ServiceBrief": _object(_brief, _brief_more),
    "Service": _object(
        {**_brief, **_full, "service_at_locations": _list(_object({**_joint, "location": _ref("Location")}))}, _brief_more
    ),
    "ServiceAtLocationBrief": _object(
        {**_joint, "location": _object(_location, _location_more), "service": _ref("ServiceBrief")}
    ),
    "ServiceAtLocation": _object(
        {
            **_joint, "location": _ref("Location"), "service": _object({**_brief, **_full}, _brief_more),
            "schedules": _list(_ref("Schedule")),
        }
    ),
    "Location": _object(
        {**_location, "accessibility": _list(_ref("Accessibility"))},
        {**_location_more, "addresses": _list(_ref("Address"))},
    ),
    "Address": _object(
        {
            "id": _ID, "location_id": _ID, "address_1": _TEXT, "city": _TEXT, "state_province": _TEXT,
            "postal_code": _TEXT, "country": {"const": "GB"}, "address_type": {"const": "physical"},
        }
    ),
    "Accessibility": _object({"id": _ID, "location_id": _ID}, {"description": _TEXT, "details": _TEXT}),
    "Schedule": _object(
        {
            "id": _ID, "service_id": _ID, "service_at_location_id": _ID, "opens_at": _TEXT, "closes_at": _TEXT,
            "byday": {"enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]}, "description": _TEXT,
            "attending_type": {"enum": ["online", "at the place"]}, "x_activity_id": _ID,
            "x_season": {"enum": ["term", "holiday", "all-year"]},
        },
        {
            "freq": {"const": "WEEKLY"}, "interval": {"const": 1}, "valid_from": _DATE, "valid_to": _DATE, "dtstart": _DATE,
        },
    ),
    "Language": _object({"id": _ID, "service_id": _ID, "name": _TEXT, "code": _TEXT}),
    "CostOption": _object(
        {"id": _ID, "service_id": _ID, "option": _TEXT}, {"amount": _NUMBER, "amount_description": _TEXT}
    ),
    "Contact": _object(
        {"id": _ID, "service_id": _ID, "name": _TEXT},
        {"email": _EMAIL, "phones": _list(_object({"id": _ID, "number": _TEXT}))},
    ),
    "Attribute": _object(
        {
            "id": _ID, "link_id": _ID, "link_type": {"const": "service"}, "taxonomy_term_id": _ID,
            "taxonomy_term": _ref("TaxonomyTerm"),
        }
    ),
    "Statement": _object(
        {
            "item": _TEXT, "statement": _TEXT, "how_known": {"enum": ["told", "seen", "visited"]},
            "how_known_in_words": _TEXT, "checked_on": _DATE,
        },
        {"good_until": _DATE},
    ),
    "Taxonomy": _object(
        {"id": _ID, "name": _TEXT, "description": _TEXT, "version": _TEXT},
        {"taxonomy_terms": _list(_ref("TaxonomyTerm"))},
    ),
    "TaxonomyTerm": _object(
        {"id": _ID, "name": _TEXT, "description": _TEXT, "taxonomy": _TEXT, "taxonomy_id": _ID, "term": _TEXT}
    ),
    **{
        f"{name}Page": _page(name)
        for name in ("ServiceBrief", "ServiceAtLocationBrief", "Taxonomy", "TaxonomyTerm")
    },
}  # fmt: skip
