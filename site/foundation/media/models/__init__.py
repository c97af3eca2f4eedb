"""Images, documents and films that editors upload."""

from .documents import SiteDocument
from .films import Captions, SiteMedia
from .images import SiteImage, SiteRendition

__all__ = ["Captions", "SiteDocument", "SiteImage", "SiteMedia", "SiteRendition"]
