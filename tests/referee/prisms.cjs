// Serves OpenAPI documents with Prism: each on a free port of loopback, in one process, as `prism mock` and `prism proxy`
// do. The first argument is where Prism is installed, the second the upstream to stand in front of ("" for none: then
// Prism answers itself), the others are the documents. A line of JSON for each document says where it is served.
const [installed, upstream, ...documents] = process.argv.slice(2);
const prism = require("node:module").createRequire(`${installed}/node_modules/`);
const { createLogger } = prism("@stoplight/prism-core");
const { getHttpOperationsFromSpec } = prism("@stoplight/prism-http");
const { createServer } = prism("@stoplight/prism-http-server");

const judging = { validateRequest: true, validateResponse: true, checkSecurity: true, errors: false };
const answering = upstream ? { isProxy: true, upstream: new URL(upstream) } : { isProxy: false };
const config = { ...judging, ...answering, mock: { dynamic: false } };

async function serve(document) {
  const operations = await getHttpOperationsFromSpec(document);
  const server = createServer(operations, { cors: false, config, components: { logger: createLogger("prism", { enabled: false }) } });
  console.log(JSON.stringify({ document, url: await server.listen(0, "127.0.0.1") }));
}

(async () => { for (const document of documents) await serve(document); })();
