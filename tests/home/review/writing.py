"""How tests write a post, and where they look for it."""

from django.urls import reverse

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64


def address(post):
    return reverse("review_post", args=[post.pk])


def desk_address(post):
    return reverse("young_advisors_post", args=[post.pk])


def edition_of(post):
    """What stands in the form that staff press."""
    return type(post).objects.get(pk=post.pk).edition


def write(client, post, act="save", **fields):
    post.refresh_from_db()
    given = {"title": "Exams", "text": "They are **hard**.\n\n## Breathe\n\n- in\n- out", "edition": post.edition}
    answer = client.post(address(post), {"act": act, **given, **fields})
    post.refresh_from_db()
    return answer


def files_below(folder):
    return [path for path in folder.rglob("*") if path.is_file()]
