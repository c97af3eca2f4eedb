"""Frame providers: where the pages stand that every page links to (whom to call, search, documents)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from .base import Registry


@dataclass(frozen=True)
class FrameProvider:
    """Answers for one room."""

    urls_for: Callable[[HttpRequest, str], dict[str, str]]
    """`urls_for(request, language)`: address by name, such as `worried`, in the language if the page exists in it."""


frame_providers: Registry[FrameProvider] = Registry("addresses that every page links to")
