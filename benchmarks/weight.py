"""What a first visit downloads: the page, style, script, font, pictures, each as it travels."""

import re
from collections import Counter
from typing import Any
from urllib.parse import urljoin, urlsplit

import brotli
from django.test import Client

_PARTS = {
    "style": re.compile(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"'),
    "script": re.compile(r'<script[^>]+src="([^"]+)"'),
    "font": re.compile(r'<link[^>]+rel="preload"[^>]+href="([^"]+\.woff2)"'),
    "pictures": re.compile(r'<(?:img|source)[^>]+(?:src|srcset)="([^" ]+)'),
}
_ALREADY_SMALL = (".woff2", ".png", ".jpg", ".jpeg", ".webp", ".avif")


def weigh(client: Client, path: str) -> Counter[str]:
    """Bytes by kind. Text counts as brotli makes it, which is how production sends its files; the page as gzip."""
    response = client.get(path, headers={"accept-encoding": "gzip"})
    zipped = response.content
    html = client.get(path).content.decode()
    weights = Counter({"page": len(zipped)})
    for kind, pattern in _PARTS.items():
        for address in dict.fromkeys(pattern.findall(html)):
            weights[kind] += _weigh_file(client, urlsplit(urljoin(path, address)).path)
    weights["without pictures"] = sum(weights.values()) - weights["pictures"]
    return weights


def _weigh_file(client: Client, path: str) -> int:
    response: Any = client.get(path)
    if response.status_code != 200:
        return 0
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return len(body) if path.endswith(_ALREADY_SMALL) else len(brotli.compress(body))
