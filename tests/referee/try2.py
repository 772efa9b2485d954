import sys, collections, json, pickle, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from tests.referee.prism import prisms, Judge
from tests.contract.calling import arguments
from zoom_api_client.testing.server import EmbeddedZoom
from zoom_api_client import Zoom, errors
from zoom_api_client.transport.retry import Retry
from zoom_api_client.operation import operations
from tests.contract.calling import module_of
docs = sorted(Path("/work/shared/zoom-openapi/api-hub").glob("*/methods/endpoints.json"))
names = sys.argv[1:]
docs = [d for d in docs if not names or d.parents[1].name in names]
with EmbeddedZoom() as embedded, prisms(Path("/tmp/prism"), docs, embedded.base_url) as served, EmbeddedZoom(Judge(prisms=served)) as zoom, Zoom("t", base_url=zoom.base_url, retry=Retry(attempts=1)) as client:
    n = 0
    for op in operations():
        if op.product not in served: continue
        n += 1
        try:
            module_of(op).sync(client=client, **arguments(op))
        except Exception as e:
            print("EXC", op, type(e).__name__, str(e)[:200])
    out = []
    for x in zoom.exchanges:
        for v in x.violations:
            out.append((str(x.operation), x.request.method, v.rule, v.field, v.message, x.request.url, x.answer.body[:3000], x.answer.status))
    pickle.dump(out, open("/tmp/vall.pkl", "wb"))
    print(n, len(zoom.exchanges), len(out), len(embedded.violations))
    for v in embedded.violations[:20]: print("EMB", v)
