"""A client for a local Taguette server, which sends the requests of a browser."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import unescape
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from tests.socket_guard import this_machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 120.0
_BOUNDARY = "part-of-a-form"


@dataclass
class Taguette:
    """One project in Taguette."""

    address: str
    database: Path
    number: int = 0
    _jar: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        self._open = build_opener(HTTPCookieProcessor(self._jar), ProxyHandler({})).open

    @property
    def _token(self) -> str:
        return next(cookie.value or "" for cookie in self._jar if cookie.name == "_xsrf")

    def get(self, path: str) -> bytes:
        with self._open(self.address + path, timeout=_PATIENCE) as answer:
            return bytes(answer.read())

    def export(self, name: str) -> bytes:
        return self.get(f"/project/{self.number}/export/{name}")

    def begin(self, name: str) -> None:
        self.get("/project/new")
        form = urlencode({"name": name, "description": "", "_xsrf": self._token}).encode()
        with self._open(self.address + "/project/new", form, timeout=_PATIENCE) as answer:
            self.number = int(answer.url.rpartition("/")[2])

    def add_document(self, name: str, page: str) -> int:
        fields = {"name": name, "description": "", "text_direction": "LEFT_TO_RIGHT"}
        response = self._put("document/new", fields, f"{name}.html", page.encode(), "text/html")
        return int(json.loads(response)["created"])

    def text(self, document: int) -> str:
        """Return the text of a document, as Taguette counts it."""
        response = json.loads(self.get(f"/api/project/{self.number}/document/{document}/contents"))
        return unescape(re.sub("<[^>]+>", "", "".join(each["contents"] for each in response["contents"])))

    def add_tag(self, path: str, description: str) -> int:
        return int(self._post_json("tag/new", {"path": path, "description": description})["id"])

    def highlight(self, document: int, words: str, *tags: int) -> None:
        """Highlight words of a document. Taguette counts bytes."""
        text = self.text(document)
        start = len(text[: text.index(words)].encode())
        place = {"start_offset": start, "end_offset": start + len(words.encode()), "tags": list(tags)}
        self._post_json(f"document/{document}/highlight/new", place)

    def offered(self, file: str, data: bytes) -> list[str]:
        """Import a codebook, and return its tags."""
        path = f"/project/{self.number}/import_codebook"
        page = self._send(path, *_form({"_xsrf": self._token}, file, data, "text/csv")).decode()
        return [unescape(path) for path in re.findall(r'name="tag\d+-path"[^>]*value="([^"]*)"', page)]

    def _post_json(self, path: str, body: dict[str, object]) -> Any:
        data = json.dumps(body).encode()
        return json.loads(self._send(f"/api/project/{self.number}/{path}", data, "application/json"))

    def _put(self, path: str, fields: dict[str, str], file: str, data: bytes, kind: str) -> bytes:
        return self._send(f"/api/project/{self.number}/{path}", *_form(fields, file, data, kind))

    def _send(self, path: str, data: bytes, kind: str) -> bytes:
        request = Request(self.address + path, data, {"Content-Type": kind, "X-XSRFToken": self._token})  # noqa: S310 - this machine's
        with self._open(request, timeout=_PATIENCE) as answer:
            return bytes(answer.read())


def _form(fields: dict[str, str], file: str, data: bytes, kind: str) -> tuple[bytes, str]:
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts.append(f'name="file"; filename="{file}"\r\nContent-Type: {kind}\r\n\r\n'.encode() + data)
    around = f"--{_BOUNDARY}\r\nContent-Disposition: form-data; ".encode()
    whole = b"".join(around + part + b"\r\n" for part in parts) + f"--{_BOUNDARY}--\r\n".encode()
    return whole, f"multipart/form-data; boundary={_BOUNDARY}"


@contextmanager
def running(program: str, folder: Path) -> Iterator[Taguette]:
    """Run Taguette on a local port with its own database."""
    with this_machine():
        yield from _running(program, folder)


def _running(program: str, folder: Path) -> Iterator[Taguette]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database, log = folder / "taguette.sqlite3", folder / "log"
    command = [program, "-p", str(port), "-b", "127.0.0.1", "--no-browser", "--database", str(database)]
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as server:
        try:
            taguette = Taguette(f"http://127.0.0.1:{port}", database)
            taguette.get(f"/?token={_token_of(log, server)}")
            taguette.begin("Homes, naïve 😀")
            yield taguette
        finally:
            server.terminate()


def _token_of(log: Path, server: subprocess.Popen[bytes]) -> str:
    """Return the token for requests, which the server logs when it listens."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with suppress(URLError):
            result = re.search(r"token=(\w+)", log.read_text("utf-8", "replace"))
            if result:
                return result[1]
        time.sleep(0.1)  # the log is the only sign that the server is ready
    raise AssertionError(f"Taguette does not listen: {log.read_text('utf-8', 'replace')[-500:]}")
