"""A server on this machine that answers as OSF does: redirects to a storage, a token for what is restricted."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RESTRICTED = "grh4d"


class LoopbackOSF:
    """Serves bytes by `project/file`; `downloads` are the ids served, in order, and `requests` counts everything."""

    def __init__(self, files, token):
        self.files = dict(files)
        self.token = token
        self.downloads = []
        self.requests = 0
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer._answer(self)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def count(self):
        """How many downloads since the last look."""
        with self._lock:
            number, self.downloads = len(self.downloads), []
        return number

    def _answer(self, request):
        with self._lock:
            self.requests += 1
        path, _, query = request.path.partition("?")
        parts = path.strip("/").split("/")
        if parts[0] == "storage" and len(parts) == 4:
            return self._send_bytes(request, f"{parts[1]}/{parts[2]}")
        if len(parts) != 6 or parts[:2] != ["v1", "resources"] or f"{parts[2]}/{parts[5]}" not in self.files:
            return self._send(request, 404)
        name = f"{parts[2]}/{parts[5]}"
        if parts[2] == RESTRICTED and request.headers.get("Authorization") != f"Bearer {self.token}":
            return self._send(request, 403 if request.headers.get("Authorization") else 401)
        data = self.files[name]
        if query.startswith("meta"):
            hashes = {"md5": hashlib.md5(data).hexdigest(), "sha256": hashlib.sha256(data).hexdigest()}
            meta = {
                "data": {"attributes": {"name": parts[5], "size": len(data), "extra": {"hashes": hashes, "version": 1}}}
            }
            return self._send(request, 200, json.dumps(meta).encode(), {"Content-Type": "application/json"})
        digest = hashlib.sha256(data).hexdigest()
        self._send(request, 302, headers={"Location": f"{self.url}/storage/{name}/{digest}"})

    def _send_bytes(self, request, name):
        with self._lock:
            self.downloads.append(name)
        self._send(request, 200, self.files[name], {"Content-Type": "application/octet-stream"})

    def _send(self, request, status, body=b"", headers=None):
        request.send_response(status)
        for key, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            request.send_header(key, value)
        request.end_headers()
        request.wfile.write(body)
