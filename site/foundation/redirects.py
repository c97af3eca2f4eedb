"""Where a form leads once it was taken."""

from django.http import HttpResponseRedirect


def see_other(address: str) -> HttpResponseRedirect:
    """On to this address by GET (303), so that reloading sends nothing twice."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
