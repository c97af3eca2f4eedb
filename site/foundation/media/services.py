"""Reads the text of uploaded documents, so that search can find them."""

import logging

from .extraction import Unreadable, text_of
from .models import SiteDocument

logger = logging.getLogger(__name__)


def read_document(*, document_id: int) -> str:
    """Read the text of a document's file and keep it; answers the state of reading. A failure is kept, and logged
    without a word of the file."""
    document = SiteDocument.objects.filter(pk=document_id).first()
    if document is None or not document.file:
        return ""
    name = document.file.name
    text = ""
    try:
        with document.file.storage.open(name, "rb") as file:
            text = text_of(file, name)
        state = SiteDocument.Reading.DONE if text else SiteDocument.Reading.EMPTY
    except (Unreadable, OSError) as error:
        logger.warning(
            "The text of a document could not be read", extra={"document": document_id, "reason": str(error)}
        )
        state = SiteDocument.Reading.FAILED
    document.extracted_text, document.reading, document.read_from = text, state, name
    document.save(update_fields=["extracted_text", "reading", "read_from"])
    return state
