"""A reverse proxy on loopback, as nginx is set up: a path leads to a server, the Host goes on, and who asks is told."""

import contextlib
import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_OF_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade"}


@contextlib.contextmanager
def proxied(port: int, path: str, *, strips: bool = True, scheme: str = "http") -> Iterator["Proxy"]:
    """A proxy by which the server at the port is found under `path`, which it takes off, or leaves.

    It speaks HTTP, but tells the server of `scheme`.
    """
    proxy = Proxy(port, path, strips, scheme)
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


class Proxy(ThreadingHTTPServer):
    """`address` is where the server is found by the proxy; `elsewhere` are the paths that were asked for outside it."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, upstream: int, path: str, strips: bool, scheme: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream, self.path, self.strips, self.scheme = upstream, path, strips, scheme
        self.address = f"http://127.0.0.1:{self.server_address[1]}{path}"
        self.elsewhere: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    server: Proxy

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if self.raw_requestline and self.parse_request():
            self._forward()
        self.close_connection = True

    def _forward(self) -> None:
        proxy = self.server
        if not self.path.startswith(f"{proxy.path}/"):
            proxy.elsewhere.append(self.path)
            self.send_error(404)
            return
        path = self.path.removeprefix(proxy.path) if proxy.strips else self.path
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_HOP}
        headers |= {
            "X-Forwarded-For": "192.0.2.7",
            "X-Forwarded-Proto": proxy.scheme,
            "X-Forwarded-Host": self.headers["Host"],
        }
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        connection = http.client.HTTPConnection("127.0.0.1", proxy.upstream, timeout=30)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request(self.command, path, body or None, headers)
            self._pass_on(connection.getresponse())

    def _pass_on(self, response: http.client.HTTPResponse) -> None:
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in _OF_ONE_HOP:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        while part := response.read1(1 << 16):
            self.wfile.write(part)
            self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Nothing: tests print what they want."""
