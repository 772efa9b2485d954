import asyncio, sys, collections
from pathlib import Path
from tests.referee.prism import prisms, Judge
from zoom_api_client.testing.server import EmbeddedZoom
from zoom_api_client.testing.demo import world
from zoom_api_client.testing.demo.__main__ import everything
docs = sorted(Path("/work/shared/zoom-openapi/api-hub").glob("*/methods/endpoints.json"))
with prisms(Path("/tmp/prism"), docs) as served, EmbeddedZoom(Judge(prisms=served)) as zoom:
    ran = world.blocking(zoom, everything)
    for each in ran:
        if each.faults:
            print(each.action.number, each.action.name)
            for f in each.faults: print("    ", f[:300])
    print(len(zoom.exchanges))
