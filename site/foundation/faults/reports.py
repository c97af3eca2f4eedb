"""What Django's own reports of a fault may say: the page of a developer's server, and a mail if somebody turned them on."""

from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

from foundation.logs.quiet import is_quiet


class QuietReportFilter(SafeExceptionReporterFilter):
    """Of a request to a pupils' page or a teacher's link: neither body, address, browser nor any variable."""

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        if _is_hidden(request):
            return {}
        return super().get_safe_request_meta(request)

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        return {} if _is_hidden(request) else super().get_post_parameters(request)

    def get_cleansed_multivaluedict(self, request: HttpRequest, multivaluedict: Any) -> Any:
        return {} if _is_hidden(request) else super().get_cleansed_multivaluedict(request, multivaluedict)

    def get_traceback_frame_variables(self, request: HttpRequest, tb_frame: FrameType) -> Any:
        if not _is_hidden(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]


def _is_hidden(request: HttpRequest | None) -> bool:
    return request is not None and is_quiet(request)
