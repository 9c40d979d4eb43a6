"use strict";
// The codes are those of the demonstration (--demo).
const examples = [
  ["One thing and its chain", `query Thing($code: String!) {
  entity(code: $code) {
    code kind holder location disposition recalled
    parents { code kind }
    chain(first: 10) { total links { position hash event { type bizStep eventTime } } }
  }
}`, { code: "https://id.gs1.org/01/09520103000017/10/C1" }],
  ["Who has what came of a lot", `query Reach($code: String!) {
  trace(code: $code, direction: FORWARD) {
    total levels isCut
    holders { holder count standings { consignee location disposition count } }
    items(first: 20) { nodes { code holder recalled } pageInfo { endCursor hasNextPage } }
  }
}`, { code: "https://id.gs1.org/01/09520103000017/10/C1" }],
  ["Where a thing came from", `query Source($code: String!) {
  trace(code: $code, direction: BACKWARD, follow: [MADE_OF, MEMBER_OF]) {
    total
    items { nodes { code holder } }
  }
}`, { code: "https://id.gs1.org/01/09520120000038/21/8755090001" }],
  ["Does its chain hold?", `query Check($code: String!) {
  entity(code: $code) { chainLength chainHead verify { holds checked brokenAt reason } }
}`, { code: "https://id.gs1.org/01/09520120000038/21/8755090001" }],
  ["All recalls", `{
  recalls(first: 20) { id status class reason issuedAt reached onRecord }
}`, {}],
  ["Issue a recall", `mutation Issue($input: IssueRecallInput!) {
  issueRecall(input: $input) {
    recall { id status reached }
    refusal { reason message }
  }
}`, { input: { scope: { code: "https://id.gs1.org/01/09520103000017/10/C1" }, reason: "Listeria found in a retained sample", class: "I" } }],
  ["Follow what happens to a thing", `subscription Follow($code: String!, $after: String) {
  custodyEvents(code: $code, after: $after) {
    cursor
    event { type bizStep eventTime readPoint }
  }
}`, { code: "https://id.gs1.org/01/09520103000017/10/C1", after: "0" }],
  ["Watch a recall", `subscription Watch($id: ID!) {
  recallProgress(id: $id) { status reached onRecord waves waveMilliseconds }
}`, { id: "urn:tracegrains:recall:" }],
];

const byId = id => document.getElementById(id);
const make = (tag, text, className) => Object.assign(document.createElement(tag), text === undefined ? {} : { textContent: text }, className ? { className } : {});
const [queryBox, variablesBox, authorizationBox, answerBox, statusLine, runButton, stopButton, examplePicker, historyPicker, operationPicker] =
  ["query", "variables", "authorization", "answer", "status", "run", "stop", "examples", "history", "operation"].map(byId);

// ---- what is asked

const show = (query, variables) => {
  queryBox.value = query;
  variablesBox.value = typeof variables === "string" ? variables : JSON.stringify(variables, null, 2);
  listOperations();
};

examplePicker.add(new Option("…", ""));
for (const [i, [name]] of examples.entries()) examplePicker.add(new Option(name, i));
examplePicker.onchange = () => { if (examplePicker.value) show(examples[examplePicker.value][1], examples[examplePicker.value][2]); };

// Comments and texts do not count when the document is looked through.
const bare = query => query.replace(/"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g, " ");

// The operations of the document: kind and name. What stands in parentheses has braces of its own.
function operationsIn(query) {
  const found = [];
  let depth = 0, parentheses = 0, isNamed = false;
  for (const [word, kind, name] of bare(query).matchAll(/[{}()]|\b(query|mutation|subscription|fragment)\b\s*([_A-Za-z]\w*)?/g))
    if (word === "(") parentheses++;
    else if (word === ")") parentheses--;
    else if (parentheses > 0) continue;
    else if (word === "}") depth--;
    else if (word === "{") {
      if (depth++ > 0) continue;
      if (!isNamed) found.push({ kind: "query", name: "" });
      isNamed = false;
    } else if (depth === 0) {
      if (kind !== "fragment") found.push({ kind, name: name ?? "" });
      isNamed = true;
    }
  return found;
}

function listOperations() {
  const chosen = operationPicker.value;
  const named = operationsIn(queryBox.value).filter(operation => operation.name);
  operationPicker.replaceChildren(...named.map(({ name }) => new Option(name)));
  if (named.some(({ name }) => name === chosen)) operationPicker.value = chosen;
  byId("operation-label").hidden = named.length < 2;
}
queryBox.oninput = listOperations;

// ---- history: kept in this browser, the newest first

const kept = "tracegrains.graphql.history", keptMax = 30;
const readHistory = () => { try { return JSON.parse(localStorage.getItem(kept)) ?? []; } catch { return []; } };

function listHistory() {
  historyPicker.replaceChildren(new Option("…", ""), ...readHistory().map(({ query, at }, i) =>
    new Option(`${new Date(at).toLocaleTimeString()} ${bare(query).replace(/\s+/g, " ").trim().slice(0, 60)}`, i)));
}

function keep(query, variables) {
  const others = readHistory().filter(one => one.query !== query || one.variables !== variables);
  try { localStorage.setItem(kept, JSON.stringify([{ query, variables, at: Date.now() }, ...others].slice(0, keptMax))); } catch { /* a browser that keeps nothing */ }
  listHistory();
}
historyPicker.onchange = () => { const one = readHistory()[historyPicker.value]; if (one) show(one.query, one.variables); };

// ---- running it

const pretty = value => JSON.stringify(value, null, 2);
const put = (text, isBad) => { answerBox.textContent = text; answerBox.classList.toggle("bad", isBad); };
const shownMax = 200;

// Each stops what runs before it; only the newest may write.
let running = null;
function begin() {
  running?.stop();
  const mine = running = { stop() {}, isMine: () => running === mine };
  put("", false);
  statusLine.textContent = "running…";
  stopButton.disabled = false;
  return mine;
}
function end(mine, status) {
  if (!mine.isMine()) return;
  running = null;
  statusLine.textContent = status;
  stopButton.disabled = true;
}

async function run() {
  let variables;
  try { variables = variablesBox.value.trim() ? JSON.parse(variablesBox.value) : {}; }
  catch (error) { put(`Variables: ${error.message}`, true); return; }
  const query = queryBox.value, operations = operationsIn(query);
  const operation = operations.length > 1 ? operations.find(({ name }) => name === operationPicker.value) : operations[0];
  keep(query, variablesBox.value);
  history.replaceState(null, "", "?" + new URLSearchParams({ query, variables: variablesBox.value }));
  const request = { query, variables, operationName: operations.length > 1 ? operation?.name : undefined };
  if (operation?.kind === "subscription") listen(request);
  else await ask(request);
}

async function ask(request) {
  const mine = begin(), control = new AbortController(), started = performance.now();
  mine.stop = () => { control.abort(); end(mine, "stopped"); };
  try {
    const response = await post(request, control.signal);
    const body = await response.json();
    if (!mine.isMine()) return;
    put(pretty(body), !response.ok || "errors" in body);
    end(mine, `${response.status}, ${Math.round(performance.now() - started)} ms`);
  } catch (error) {
    if (!mine.isMine()) return;
    put(String(error), true);
    end(mine, "failed");
  }
}

const post = (request, signal) => fetch("/graphql", {
  method: "POST", signal, body: JSON.stringify(request),
  headers: { "Content-Type": "application/json", "Accept": "application/graphql-response+json", ...(authorizationBox.value ? { Authorization: authorizationBox.value } : {}) },
});

// A subscription, over graphql-transport-ws; what comes is shown newest first.
function listen(request) {
  const mine = begin(), shown = [];
  let count = 0;
  const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/graphql", "graphql-transport-ws");
  const say = message => socket.send(JSON.stringify(message));
  mine.stop = () => { end(mine, `stopped, ${count} received`); socket.close(1000); };
  socket.onopen = () => say({ type: "connection_init", payload: authorizationBox.value ? { Authorization: authorizationBox.value } : undefined });
  socket.onmessage = ({ data }) => {
    if (!mine.isMine()) return;
    const message = JSON.parse(data);
    switch (message.type) {
      case "connection_ack": say({ id: "1", type: "subscribe", payload: request }); statusLine.textContent = "listening…"; break;
      case "ping": say({ type: "pong" }); break;
      case "next":
        shown.unshift(pretty(message.payload));
        shown.length = Math.min(shown.length, shownMax);
        put(shown.join("\n\n"), "errors" in message.payload);
        statusLine.textContent = `${++count} received, listening…`;
        break;
      case "error": put([pretty({ errors: message.payload }), ...shown].join("\n\n"), true); end(mine, `error, ${count} received`); socket.close(1000); break;
      case "complete": end(mine, `complete, ${count} received`); socket.close(1000); break;
    }
  };
  socket.onclose = ({ code, reason }) => {
    if (!mine.isMine()) return;
    answerBox.classList.add("bad");
    end(mine, `closed by the server: ${code} ${reason}`);
  };
}

// ---- the schema

const path = [];
const [docsBox, docsBody, docsPath, docsSearch] = ["docs", "docs-body", "docs-path", "docs-search"].map(byId);
let types = new Map(), roots = [];

byId("docs-toggle").onclick = ({ currentTarget }) => {
  docsBox.hidden = !docsBox.hidden;
  currentTarget.setAttribute("aria-expanded", String(!docsBox.hidden));
  document.querySelector("main").classList.toggle("plain", docsBox.hidden);
};

async function learn() {
  const ofType = Array.from({ length: 7 }).reduce(inner => `ofType { kind name ${inner} }`, "");
  const input = `name description defaultValue isDeprecated deprecationReason type { kind name ${ofType} }`;
  const response = await post({
    query: `{ __schema { queryType { name } mutationType { name } subscriptionType { name } types { kind name description
      fields(includeDeprecated: true) { name description isDeprecated deprecationReason args(includeDeprecated: true) { ${input} } type { kind name ${ofType} } }
      inputFields(includeDeprecated: true) { ${input} } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } interfaces { name } possibleTypes { name } } } }`,
  });
  const { data, errors } = await response.json();
  if (!data) { docsBody.textContent = errors?.[0]?.message ?? "the schema could not be read"; return; }
  types = new Map(data.__schema.types.map(type => [type.name, type]));
  roots = ["queryType", "mutationType", "subscriptionType"].map(root => data.__schema[root]?.name).filter(Boolean);
  go();
}

const nameOf = type => type.name ?? nameOf(type.ofType);
const spell = type => type.kind === "NON_NULL" ? spell(type.ofType) + "!" : type.kind === "LIST" ? `[${spell(type.ofType)}]` : type.name;
const link = (text, to) => Object.assign(make("button", text, "to"), { type: "button", onclick: () => { docsSearch.value = ""; path.push(to); go(); } });
const paragraph = text => text ? [make("p", text)] : [];
const gone = item => item.isDeprecated ? [make("p", `Deprecated: ${item.deprecationReason}`)] : [];

function fieldLine(field) {
  const line = make("code");
  line.append(make("span", field.name, field.isDeprecated ? "gone" : ""));
  if (field.args?.length) {
    line.append("(");
    field.args.forEach((arg, i) => line.append(...(i ? [", "] : []), `${arg.name}: `, link(spell(arg.type), nameOf(arg.type)), ...(arg.defaultValue ? [` = ${arg.defaultValue}`] : [])));
    line.append(")");
  }
  line.append(": ", link(spell(field.type), nameOf(field.type)));
  return line;
}

const fieldParts = field => [fieldLine(field), ...paragraph(field.description), ...gone(field),
  ...(field.args ?? []).filter(arg => arg.description).flatMap(arg => { const note = make("p"); note.append(make("code", arg.name), ` ${arg.description}`); return [note]; })];
const names = list => { const line = make("p"); list.forEach(({ name }, i) => line.append(...(i ? [", "] : []), link(name, name))); return line; };

function go() {
  const type = types.get(path.at(-1));
  docsPath.replaceChildren(...[["Schema", 0], ...path.map((name, i) => [name, i + 1])].slice(-3).flatMap(([name, length], i) =>
    [...(i ? [" › "] : []), Object.assign(make("button", name, "to"), { type: "button", onclick: () => { path.length = length; go(); } })]));
  const parts = type ? [make("h2", type.name), ...paragraph(type.description)] : [];
  if (!type) {
    parts.push(make("h3", "Where to begin"));
    for (const root of roots) parts.push(link(root, root), ...paragraph(types.get(root).description));
    parts.push(make("h3", "All types"), names([...types.values()].filter(({ name }) => !name.startsWith("__") && !roots.includes(name)).sort((a, b) => a.name < b.name ? -1 : 1)));
  }
  if (type?.interfaces?.length) parts.push(make("h3", "Implements"), names(type.interfaces));
  if (type?.possibleTypes?.length) parts.push(make("h3", "May be"), names(type.possibleTypes));
  const fields = type?.fields ?? type?.inputFields ?? [];
  if (fields.length) parts.push(make("h3", "Fields"), ...fields.flatMap(fieldParts));
  if (type?.enumValues?.length)
    parts.push(make("h3", "Values"), ...type.enumValues.flatMap(value => [make("code", value.name, value.isDeprecated ? "gone" : ""), ...paragraph(value.description), ...gone(value)]));
  docsBody.replaceChildren(...parts);
  docsBody.scrollTop = 0;
}

docsSearch.oninput = () => {
  const word = docsSearch.value.trim().toLowerCase();
  if (!word) return go();
  const hits = [...types.values()].filter(({ name }) => !name.startsWith("__")).flatMap(type => [
    ...(type.name.toLowerCase().includes(word) ? [[type.name, type.name]] : []),
    ...(type.fields ?? type.inputFields ?? type.enumValues ?? []).filter(({ name }) => name.toLowerCase().includes(word)).map(({ name }) => [`${type.name}.${name}`, type.name]),
  ]);
  docsBody.replaceChildren(make("h3", hits.length ? `${hits.length} found` : "Nothing found"), ...hits.slice(0, 200).map(([text, to]) => { const line = make("div"); line.append(link(text, to)); return line; }));
};

// ---- at the start

runButton.onclick = run;
stopButton.onclick = () => running?.stop();
document.onkeydown = event => { if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); run(); } };
const asked = new URLSearchParams(location.search);
if (asked.has("query")) show(asked.get("query"), asked.get("variables") ?? "{}");
else show(examples[0][1], examples[0][2]);
listHistory();
learn().catch(error => { docsBody.textContent = String(error); });
queryBox.focus();
