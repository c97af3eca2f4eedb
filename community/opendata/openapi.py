"""The description of the open data in OpenAPI 3.1. A test walks it and holds every live answer against it."""

from typing import Any

from .parameters import FARTHEST, LONGEST_SEARCH, MOST_PER_PAGE, OLDEST, PER_PAGE, PROXIMITY
from .schemas import SCHEMAS

Document = dict[str, Any]
_UUIDS = "An id or, with commas between them, several; what is listed has all of them."


def _query(name: str, description: str, **schema: Any) -> Document:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


PARAMETERS: dict[str, Document] = {
    "page": _query("page", "Which page, from 1. A page after the last is empty.", type="integer", minimum=1, default=1),
    "per_page": _query(
        "per_page", "How many on a page.", type="integer", minimum=1, maximum=MOST_PER_PAGE, default=PER_PAGE
    ),
    "search": _query(
        "search", "Words, all of which are met; small slips of spelling are put right, and words that mean the same count.",
        type="string", maxLength=LONGEST_SEARCH,
    ),
    "taxonomy_term_id": _query("taxonomy_term_id", f"Has this term. {_UUIDS}", type="string"),
    "taxonomy_id": _query("taxonomy_id", "Has any term of this taxonomy.", type="string", format="uuid"),
    "minimum_age": _query(
        "minimum_age", "Has a session whose youngest age is at least this.", type="integer", minimum=0, maximum=OLDEST
    ),
    "maximum_age": _query(
        "maximum_age", "Has a session whose oldest age is at most this. All that is asked about sessions holds for one of them.",
        type="integer", minimum=0, maximum=OLDEST,
    ),
    "start_time": _query("start_time", "Has a session that starts at this time or later: 16:30.", type="string"),
    "end_time": _query("end_time", "Has a session that ends at this time or earlier: 18:00.", type="string"),
    "day": _query("day", "Has a session on one of these days: MO, TU, WE, TH, FR, SA, SU.", type="string"),
    "modified_after": _query(
        "modified_after", "Changed on or after this day or moment. Who leaves the register is not told: ask for all ids.",
        type="string",
    ),
    "postcode": _query(
        "postcode", "Places near this postcode, the nearest first. Of a home only the middle of its district is known.",
        type="string",
    ),
    "proximity": _query(
        "proximity", "How near, in metres, in a straight line.", type="integer", minimum=1, maximum=FARTHEST, default=PROXIMITY
    ),
}  # fmt: skip
_PAGING = ("page", "per_page")
_SERVICES = (
    *_PAGING, "search", "taxonomy_term_id", "taxonomy_id", "minimum_age", "maximum_age", "start_time", "end_time", "day",
    "modified_after",
)  # fmt: skip
_PLACES = (*_SERVICES, "postcode", "proximity")
_HEADERS = {
    "ETag": {"description": "Strong. Send it back in If-None-Match.", "schema": {"type": "string"}},
    "Access-Control-Allow-Origin": {"schema": {"const": "*"}},
    "Cache-Control": {"schema": {"const": "no-cache"}},
}


def description(*, server: str) -> Document:
    """The whole file. `server`: the address of the API."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Register of out-of-school settings",
            "version": "3.0",
            "description": (
                "Open Referral UK 3.0. Only settings that are listed now are in it. Being listed is no recommendation: "
                "each service says so in x_disclaimer, and whoever shows it must show that too. assured_date is the day on "
                "which the setting last confirmed its details; x_statements says how each statement is known. Sixty "
                "requests a minute, no key."
            ),
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {"schemas": SCHEMAS, "parameters": PARAMETERS},
    }


def _paths() -> Document:
    paths: Document = {
        "/": _get("about", "Which standard this follows.", "About"),
        "/openapi.json": _get("openapi", "This file.", "OpenApi"),
    }
    for name, item, brief, parameters in (
        ("services", "Service", "ServiceBrief", _SERVICES),
        ("service_at_locations", "ServiceAtLocation", "ServiceAtLocationBrief", _PLACES),
        ("taxonomies", "Taxonomy", "Taxonomy", _PAGING),
        ("taxonomy_terms", "TaxonomyTerm", "TaxonomyTerm", (*_PAGING, "taxonomy_id")),
    ):
        paths[f"/{name}"] = _get(name, f"A page of {name.replace('_', ' ')}.", f"{brief}Page", parameters)
        paths[f"/{name}/{{id}}"] = _get(f"one_of_{name}", f"One of {name.replace('_', ' ')}.", item, has_id=True)
    return paths


def _get(name: str, summary: str, schema: str, parameters: tuple[str, ...] = (), *, has_id: bool = False) -> Document:
    asked: list[Document] = [{"$ref": f"#/components/parameters/{each}"} for each in parameters]
    if has_id:
        asked.append({"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}})
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    responses: Document = {
        "200": {"description": "Found.", "headers": _HEADERS, "content": content},
        "304": {"description": "You hold it already."},
        "429": _problem("Too many requests; Retry-After says when to try again."),
    }
    if parameters:
        responses["400"] = _problem("A parameter cannot be understood.")
    if has_id:
        responses["404"] = _problem("Not there now, or never: the answer is the same.")
    return {"get": {"operationId": name, "summary": summary, "parameters": asked, "responses": responses}}


def _problem(words: str) -> Document:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}
