"""/mcp: the tools for assistants, by the Model Context Protocol.

Streamable HTTP without sessions or streams: each POST holds one JSON-RPC message and is
answered at once. Both ages of the protocol are spoken, with `initialize` and without.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from claims.api.doors import Refusal, too_often
from claims.api.tools import TOOLS
from claims.http.links import url_builder
from claims.lists.query import InvalidQuery

# The newest needs no handshake; the others begin with `initialize`.
MODERN = "2026-07-28"
VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
LONGEST = 64_000
PARSE_ERROR, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602
HEADER_MISMATCH, NO_VERSION = -32020, -32022
INSTRUCTIONS = (
    "Claims that people made in print, with the verdicts of a fact-check desk. Say of "
    "each what its `reading` says, cite `version_url`, and name the day in `as_of`. A "
    "claim that is not reviewed is neither true nor false."
)
# How long an assistant may keep a list, in milliseconds.
KEPT = {"ttlMs": 3_600_000, "cacheScope": "public"}


class RpcError(Exception):
    """A message that cannot be answered: the code and the status that say so."""

    def __init__(self, code: int, message: str, *, status: int = 200, data: Any = None):
        self.code, self.status, self.data = code, status, data
        super().__init__(message)


@csrf_exempt
def mcp(request: HttpRequest) -> HttpResponse:
    """Answer one JSON-RPC message; nothing but POST is answered."""
    if request.method != "POST":
        return _error(
            None,
            RpcError(INVALID_REQUEST, "Only POST is answered.", status=405),
            {"Allow": "POST"},
        )
    if not _is_own(request, request.headers.get("Origin")):
        return _error(None, RpcError(INVALID_REQUEST, "Foreign origin.", status=403))
    refused = too_often(request)
    if refused is not None:
        return refused
    key = None
    try:
        message = _message(request)
        key = message.get("id")
        _check_version(request, message)
        if "id" not in message:
            return HttpResponse(status=202)
        result = _result(request, message["method"], message["params"])
    except RpcError as error:
        return _error(key, error)
    return _json({"jsonrpc": "2.0", "id": key, "result": result}, 200)


# Its questions are read as the public role reads, though they come by POST.
mcp.reads_as_public = True  # type: ignore[attr-defined]


def _is_own(request, origin):
    """Return whether a browser's page of this site asks, or no page of any site."""
    if origin is None:
        return True
    own = {request.get_host(), urlsplit(settings.FACTCHECK["URL"]).netloc}
    # A page without an origin says "null", which has no host.
    return urlsplit(origin).netloc in own - {""}


def _message(request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise RpcError(INVALID_REQUEST, "Send application/json.", status=415)
    body = request.read(LONGEST + 1)
    if len(body) > LONGEST:
        raise RpcError(INVALID_REQUEST, "The message is too long.", status=413)
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        raise RpcError(PARSE_ERROR, "This is no JSON.", status=400) from None
    if not (
        isinstance(message, dict)
        and message.get("jsonrpc") == "2.0"
        and isinstance(message.get("method"), str)
        and _is_id(message.get("id", 0))
    ):
        raise RpcError(INVALID_REQUEST, "This is no JSON-RPC request.", status=400)
    # Some clients write what they leave out as null.
    message["params"] = message.get("params") or {}
    if not isinstance(message["params"], dict):
        raise RpcError(INVALID_PARAMS, "params is an object.", status=400)
    return message


def _is_id(value):
    return isinstance(value, str | int) and not isinstance(value, bool)


def _check_version(request, message):
    """Refuse a version that is not spoken, and headers that say something else."""
    version = request.headers.get("MCP-Protocol-Version", VERSIONS[-1])
    if version not in (MODERN, *VERSIONS):
        raise RpcError(
            NO_VERSION,
            "This version of the protocol is not spoken here.",
            status=400,
            data={"supported": [MODERN, *VERSIONS], "requested": version},
        )
    said = {"Mcp-Method": message["method"]} if version == MODERN else {}
    if version == MODERN and message["method"] == "tools/call":
        said["Mcp-Name"] = message["params"].get("name")
    for name, value in said.items():
        if request.headers.get(name) != value:
            raise RpcError(
                HEADER_MISMATCH, f"{name} and the message differ.", status=400
            )


def _result(request, method: str, params: dict[str, Any]) -> dict[str, Any]:
    # Older clients pass over what only the newest one reads.
    complete = {"resultType": "complete"}
    server = {
        "capabilities": {"tools": {}},
        "serverInfo": {"name": settings.FACTCHECK["NAME"], "version": "1"},
        "instructions": INSTRUCTIONS,
    }
    if method == "initialize":
        asked = params.get("protocolVersion")
        spoken = asked if asked in VERSIONS else VERSIONS[0]
        return {**complete, "protocolVersion": spoken, **server}
    if method == "server/discover":
        spoken = [MODERN, *VERSIONS]
        return {**complete, **KEPT, "supportedVersions": spoken, **server}
    if method == "ping":
        return complete
    if method == "tools/list":
        tools = [tool.described() for tool in TOOLS.values()]
        return {**complete, **KEPT, "tools": tools}
    if method == "tools/call":
        return {**complete, **_called(request, params)}
    raise RpcError(NO_METHOD, f"There is no method {method[:100]}.")


def _called(request, params) -> dict[str, Any]:
    name, given = params.get("name"), params.get("arguments") or {}
    tool = TOOLS.get(name) if isinstance(name, str) else None
    if tool is None:
        raise RpcError(INVALID_PARAMS, "There is no tool of this name.")
    if not isinstance(given, dict):
        raise RpcError(INVALID_PARAMS, "arguments is an object.")
    if mistakes := tool.mistakes(given):
        raise RpcError(INVALID_PARAMS, " ".join(mistakes))
    try:
        answer = tool.call(given, site=url_builder(request)(""))
    except (InvalidQuery, Refusal) as refusal:
        # The assistant can read what is wrong, and ask again.
        content = [{"type": "text", "text": str(refusal)}]
        return {"content": content, "isError": True}
    text = json.dumps(answer, ensure_ascii=False)
    return {
        "content": [{"type": "text", "text": text}],
        "structuredContent": answer,
        "isError": False,
    }


def _error(key, error: RpcError, headers: Any = None) -> HttpResponse:
    said: dict[str, Any] = {"code": error.code, "message": str(error)}
    if error.data is not None:
        said["data"] = error.data
    return _json({"jsonrpc": "2.0", "id": key, "error": said}, error.status, headers)


def _json(message, status, headers=None) -> HttpResponse:
    response = JsonResponse(message, status=status, headers=headers)
    response.headers["Cache-Control"] = "no-store"
    return response
