// Zoom's own Rivet as a receiver of webhooks: run by `speed`, as `node rivet.cjs FOLDER SECRET_TOKEN PORT`.
// FOLDER has node_modules/@zoom/rivet. Prints its port when it listens, and serves until standard input ends.
const { createRequire } = require("node:module");

const [folder, webhooksSecretToken, port] = process.argv.slice(2);
const { MeetingsS2SAuthClient } = createRequire(folder + "/")("@zoom/rivet/meetings");
const options = { clientId: "i", clientSecret: "s", accountId: "a", webhooksSecretToken, port: Number(port) };
const client = new MeetingsS2SAuthClient(options);
client.webEventConsumer.event("meeting.started", () => {});
client.start().then(() => console.log(port));
process.stdin.on("end", () => process.exit()).resume();
