"""What a pupil's device downloads to answer a whole questionnaire: the page with all its questions, style, scripts, font."""

import gzip
import re
import urllib.parse
import urllib.request

FONT = "/static/vendor/lexend/lexend-latin-wght-normal.woff2"
AIM_KB = 150


def weigh_questions(*, base_url: str, code: str) -> str:
    """One line: how many questions, and how many bytes as gzip sends them."""
    body = urllib.parse.urlencode({"code": code}).encode()
    html = urllib.request.urlopen(f"{base_url}/s/questions/", body, timeout=30).read()
    names = dict.fromkeys(re.findall(rb'(?:src|href)="(/static/[^"]+\.(?:js|css))"', html))
    page = len(gzip.compress(html))
    files = sum(len(gzip.compress(_file(base_url, name.decode()))) for name in names)
    font = len(_file(base_url, FONT))
    whole = (page + files + font) / 1024
    questions = html.count(b'"kind":')
    return (
        f"page with {questions} questions: {whole:.0f} KB compressed (page {page / 1024:.0f}, {len(names)} files "
        f"{files / 1024:.0f}, font {font / 1024:.0f}; aim {AIM_KB})"
    )


def _file(base_url: str, path: str) -> bytes:
    return bytes(urllib.request.urlopen(base_url + path, timeout=30).read())
