"""The built web app: compressed siblings, long caching of hashed assets, and index.html for the app's own pages."""

import mimetypes
from pathlib import Path

from fastapi.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from interview_platform.kit.asgi import header

_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_MISSING = b"The web app is not built. Run `make run`, or `npm run build` in web/.\n"


class WebApp:
    """ASGI app over a folder that does not change while we run: the list of files is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = {"/" + path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}

    @property
    def built(self) -> bool:
        return "/index.html" in self._files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        path: str = scope["path"]
        if scope["method"] not in {"GET", "HEAD"}:
            return Response(status_code=405, headers={"allow": "GET, HEAD"})
        file = self._files.get(path)
        if file is None:
            # A page of the app (no extension) is drawn by the app; a missing file is missing.
            if path.startswith("/assets/") or "." in path.rsplit("/", 1)[-1]:
                return Response("Not found", status_code=404, media_type="text/plain")
            path = "/index.html"
            file = self._files.get(path)
            if file is None:
                return Response(_MISSING, status_code=503, media_type="text/plain")
        return self._file(scope, path, file)

    def _file(self, scope: Scope, path: str, file: Path) -> Response:
        hashed = path.startswith("/assets/")
        headers = {
            "cache-control": "public, max-age=31536000, immutable" if hashed else "no-cache",
            "vary": "accept-encoding",
        }
        accepted = header(scope, b"accept-encoding") or ""
        for name, suffix in _ENCODINGS:
            sibling = self._files.get(path + suffix)
            if sibling is not None and name in accepted:
                headers["content-encoding"] = name
                file = sibling
                break
        media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return FileResponse(file, media_type=media_type, headers=headers)
