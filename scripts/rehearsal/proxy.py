"""A small proxy that ends TLS and shares requests out in turn, for machines without Caddy. Never for a real site."""

import http.client
import http.server
import itertools
import ssl
import threading
from pathlib import Path

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer", "proxy-connection"}
# What the real proxy writes itself, whatever a client claims.
OURS = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-request-id"}


class _Handler(http.server.BaseHTTPRequestHandler):
    """Passes one request on; a server that takes no connection is skipped, as Caddy does."""

    protocol_version = "HTTP/1.1"
    upstreams: "itertools.cycle[int]"
    count = 1

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
        sent = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP | OURS}
        sent |= {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "https", "Connection": "close"}
        for _server in range(self.count):
            connection = http.client.HTTPConnection("127.0.0.1", next(self.upstreams), timeout=30)
            try:
                connection.connect()
            except OSError:
                continue
            connection.request(self.command, self.path, body, sent)
            answer = connection.getresponse()
            return self._hand_back(answer.status, answer.getheaders(), answer.read())
        return self._hand_back(502, [], b"")

    def _hand_back(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP | {"content-length", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_OPTIONS = _pass_on

    def log_message(self, *_arguments: object) -> None:
        """No log of requests, as in deploy/caddy/Caddyfile."""


def start(*, port: int, upstreams: list[int], certificate: Path, key: Path) -> http.server.ThreadingHTTPServer:
    """Serve in a thread of this process."""
    handler = type("Handler", (_Handler,), {"upstreams": itertools.cycle(upstreams), "count": len(upstreams)})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
