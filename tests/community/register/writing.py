"""Writing a record as its owner does: open a page, change some answers, save."""

from .conftest import AREA, fields_of


def url(setting, path=""):
    return f"{AREA}{setting.pk}/{path}"


def save(client, address, **changed):
    """The answer to a page that is sent with some answers changed."""
    sent = {**fields_of(client.get(address)), **changed}
    return client.post(address, sent)
