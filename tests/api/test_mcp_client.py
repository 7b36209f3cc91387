"""The official client of MCP, against the site as it is served."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from claims.api.tools import TOOLS
from tests.api.conftest import make_world


async def visit(url, mode, number):
    """Do with the official client what an assistant does, in one of two ages."""
    from mcp import Client as Assistant

    async with Assistant(url, mode=mode) as assistant:
        tools = await assistant.list_tools()
        claim = await assistant.call_tool("get_claim", {"id": number})
        found = await assistant.call_tool("search_claims", {"q": "ferry"})
        refused = await assistant.call_tool("search_claims", {"rating": "x"})
        return tools, claim, found, refused


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_official_client_lists_and_calls_the_tools_in_both_ages(live_server):
    pytest.importorskip("mcp", reason="mcp is not here: pip install -e '.[readers]'")
    anyio = pytest.importorskip("anyio")
    world = make_world()
    for mode in ("auto", "legacy"):
        # A browser of other tests may keep this thread's loop busy.
        with ThreadPoolExecutor(1) as thread:
            visited = thread.submit(
                anyio.run, visit, f"{live_server.url}/mcp", mode, world.corrected.pk
            )
        tools, claim, found, refused = visited.result()
        assert {tool.name for tool in tools.tools} == set(TOOLS)
        told = claim.structured_content["claim"]
        assert told["verdict"]["summary"] == "Two were hurt."
        assert told["reading"]["version_url"].endswith("/versions/2/")
        assert "Not reviewed" in found.content[0].text
        assert refused.is_error
