// What a simulator holds and does, asked for once a second. Everything is shown as text: nothing of it is HTML.

const EVERY = 1000;
const find = (id) => document.getElementById(id);
const shown = { account: "", resource: "users" };
const open = new Set();
const last = new Map();
let frozen = false;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((each) => each !== null && each !== undefined));
  return element;
}

function put(id, value, draw) {
  const text = JSON.stringify(value);
  if (last.get(id) === text) return;
  last.set(id, text);
  const children = draw(value);
  find(id).replaceChildren(...(children.length ? children : [make("p", { className: "empty" }, "nothing yet")]));
}

async function ask(method, path, body) {
  const options = { method, cache: "no-store" };
  if (body !== undefined) options.body = JSON.stringify(body);
  const answer = await fetch(path, options);
  const said = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(said.message);
  return said;
}

function fold(key, content, ...summary) {
  const folded = make("details", { open: open.has(key) }, make("summary", {}, ...summary), make("pre", {}, content));
  folded.addEventListener("toggle", () => (folded.open ? open.add(key) : open.delete(key)));
  return folded;
}

const mark = (text, good) => make("span", { className: `mark ${good ? "good" : "bad"}` }, String(text));
const quiet = (text) => make("span", { className: "quiet" }, text);
const json = (value) => JSON.stringify(value, null, 2);

function drawRequest(each) {
  const found = [...each.violations, ...each.tolerated.map((text) => `taken all the same: ${text}`)];
  const verdict = found.length ? mark(`${found.length} found`, !each.violations.length) : mark("fits", true);
  return fold(
    each.id,
    [...found, json({ query: each.query, body: each.body })].join("\n"),
    mark(each.status || "lost", each.status && each.status < 400),
    make("code", { className: "grow" }, `${each.method} ${each.path}`),
    quiet(each.operation ?? ""),
    verdict,
  );
}

function drawDelivery(each) {
  const attempts = each.attempts.map((one) => `${one.at}  ${one.status}  ${one.answer}`);
  const end = each.attempts.at(-1);
  return fold(
    each.request_id,
    [...attempts, json(each.body)].join("\n"),
    end ? mark(end.status < 1 ? "none" : end.status, each.is_taken) : mark("…", true),
    make("code", { className: "grow" }, each.event),
    quiet(`${each.url || "WebSocket"}${each.attempts.length > 1 ? `, ${each.attempts.length} times` : ""}`),
  );
}

function drawFault({ on, times, ...what }, index) {
  const off = make("button", { type: "button" }, "Switch off");
  off.addEventListener("click", () => ask("DELETE", `faults/${index}`).then(look));
  const says = Object.entries(what).map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(", ");
  const left = quiet(times ? `${times} more` : "always");
  return make("div", { className: "row" }, make("code", { className: "grow" }, `${on}  ${says}`), left, off);
}

function drawAccount(account) {
  const chips = Object.entries(account.holds).map(([name, count]) => {
    const chip = make("button", { type: "button" }, `${name} ${count}`);
    const isShown = (shown.account || account.id) === account.id && shown.resource === name;
    chip.setAttribute("aria-pressed", String(isShown));
    chip.addEventListener("click", () => {
      Object.assign(shown, { account: account.id, resource: name });
      last.delete("accounts");
      look();
    });
    return chip;
  });
  return make("div", {}, make("code", {}, account.id), make("div", { className: "chips" }, ...chips));
}

function drawRow(each) {
  const title = each.fields.topic ?? each.fields.email ?? each.fields.name ?? each.fields.display_name ?? "";
  return fold(`row ${each.id}`, json(each.fields), make("code", {}, each.id), make("span", { className: "grow" }, String(title)));
}

async function look() {
  try {
    const seen = await ask("GET", "overview?limit=100");
    const rows = new URLSearchParams({ resource: shown.resource, limit: "100" });
    if (shown.account) rows.set("account", shown.account);
    draw(seen, await ask("GET", `rows?${rows}`));
    find("status").textContent = "live";
  } catch (error) {
    find("status").textContent = `not reached: ${error.message}`;
  }
}

function draw(seen, rows) {
  frozen = seen.clock.frozen;
  find("now").textContent = seen.clock.now.slice(0, 19).replace("T", " ") + " UTC";
  find("freeze").textContent = frozen ? "Let it run" : "Freeze";
  find("verdict").textContent = `${seen.violations} left the contract`;
  find("verdict").className = seen.violations ? "bad" : "good";
  find("resource").textContent = shown.resource;
  find("subscribers").textContent = `to ${seen.subscriptions.length} subscribed`;
  put("requests", seen.requests, (all) => all.toReversed().map(drawRequest));
  put("deliveries", seen.deliveries, (all) => all.toReversed().map(drawDelivery));
  put("faults", seen.faults, (all) => all.map(drawFault));
  put("accounts", seen.accounts, (all) => all.map(drawAccount));
  put("rows", rows, (all) => all.toReversed().map(drawRow));
}

find("clock").addEventListener("submit", async (event) => {
  event.preventDefault();
  const pressed = event.submitter;
  await ask("PUT", "clock", pressed.name === "advance" ? { advance: Number(pressed.value) } : { frozen: !frozen });
  look();
});

find("fault").addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = new FormData(event.target);
  const [verb, value] = given.get("what").split(" ");
  const fault = { on: given.get("on"), [verb]: JSON.parse(value) };
  if (given.get("times")) fault.times = Number(given.get("times"));
  try {
    await ask("POST", "faults", fault);
    find("refusal").textContent = "";
  } catch (error) {
    find("refusal").textContent = error.message;
  }
  look();
});

look();
setInterval(look, EVERY);
