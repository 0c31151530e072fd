// The page that asks SPARQL: a stored query or one's own, an answer as a table or a timeline, files to keep.
import { edit } from "./editor.js";
import { LocalEngine, RemoteEngine, StoppedError } from "./engine.js";
import { MANY, csv, element, save, spans, tableRows, timelineItems, whenOf, years } from "./results.js";
import { bind, fold, joinLists, term } from "./stored.js";

const at = (id) => document.getElementById(id);
const page = JSON.parse(at("page").textContent);
for (const name of ["data", "wasm", "worker", "endpoint"]) page[name] &&= new URL(page[name], location.href).href;

const engine = page.endpoint ? new RemoteEngine(page) : new LocalEngine(page);
const known = new Map(page.queries.map((query) => [query.name, query]));
const editor = edit(at("query"), page.terms, run);
const number = new Intl.NumberFormat("en");
// Prefixes need no declaration. They stand in the first line, so that the lines of messages are those of the editor.
const prologue = Object.entries(page.prefixes).map(([prefix, start]) => `PREFIX ${prefix}: <${start}> `).join("");

let chosen = null;
let answer = null;
let view = "table";
let shown = 0;
let running = false;

const say = (text, wrong = false) => {
  at("status").textContent = text;
  at("status").classList.toggle("wrong", wrong);
};

// ------------------------------------------------------------------------------------------ choosing

function choose(name, values = {}) {
  chosen = known.get(name) ?? null;
  at("stored").value = chosen?.name ?? "";
  at("about").textContent = chosen ? chosen.description : at("about").dataset.own;
  editor.text = chosen?.sparql ?? page.example;
  at("parameters").replaceChildren(...(chosen?.parameters ?? []).map((parameter) => field(parameter, values[parameter.name] ?? parameter.default ?? "")));
  at("parameters").hidden = !chosen?.parameters.length;
}

function field(parameter, value) {
  const id = `parameter-${parameter.name}`;
  const input = element("input", { id, name: parameter.name, type: "text", value, autocomplete: "off", spellcheck: false });
  input.required = parameter.required;
  if (page.classes[parameter.type]) {
    const options = element("datalist", { id: `${id}-names` });
    input.setAttribute("list", options.id);
    input.addEventListener("focus", () => offer(parameter.type, options), { once: true });
    input.after(options);
    input.placeholder = "name, code, Wikidata item or IRI";
    return element("p", {}, element("label", { htmlFor: id }, label(parameter)), input, options);
  }
  if (parameter.type === "date") input.placeholder = parameter.partial ? "2023, 2023-12 or 2023-12-01" : "2023-12-01";
  return element("p", {}, element("label", { htmlFor: id }, label(parameter)), input);
}

const label = ({ name, description, required }) => `${name}: ${description || "a value"}${required ? "" : " (may be left out)"}`;

async function offer(type, options) {
  try {
    await ready();
    options.append(...(await namesOf(type)).offered.map((value) => element("option", { value })));
  } catch (error) {
    say(error.message, true);
  }
}

// ------------------------------------------------------------------------------------------ names

const kept = new Map();

/** Return the names of things of a type: those to offer, and by each name, folded, what it may mean. */
function namesOf(type) {
  if (!kept.has(type)) kept.set(type, readNames(type).catch((error) => { kept.delete(type); throw error; }));
  return kept.get(type);
}

async function readNames(type) {
  const classes = page.classes[type].map((name) => `<${name}>`).join(" ");
  const { rows } = await engine.query(`${prologue}SELECT ?node ?name ?place {
    VALUES ?class { ${classes} } { ?node a ?class } UNION { GRAPH ?graph { ?node a ?class } }
    { ?node rdfs:label ?name BIND(0 AS ?place) } UNION { ?node skos:notation ?name BIND(1 AS ?place) }
    UNION { ?node skos:altLabel ?name BIND(2 AS ?place) } UNION { ?node skos:exactMatch ?name BIND(0 AS ?place) } }`, 60);
  const found = new Map();
  const offered = new Set();
  const note = (name, place, node) => {
    const before = found.get(name);
    if (!before || place < before.place) found.set(name, { place, nodes: new Set([node]) });
    else if (place === before.place) before.nodes.add(node);
  };
  for (const row of rows) {
    const node = row.node.value;
    if (node.startsWith(page.base)) note(node.slice(page.base.length), 0, node);
    if (row.name.type === "uri") note(row.name.value.split("/").at(-1), 0, node);
    else note(fold(row.name.value), Number(row.place.value), node);
    if (row.name.type !== "uri" && row.place.value === "0" && (row.name["xml:lang"] ?? "en") === "en") offered.add(row.name.value);
  }
  const meant = new Map([...found].map(([name, { nodes }]) => [name, [...nodes].sort()]));
  return { offered: [...offered].sort((a, b) => a.localeCompare(b, "en")), meant };
}

// ------------------------------------------------------------------------------------------ running

async function ready() {
  if (page.endpoint) return;
  const size = await engine.load(({ read, size: whole }) => {
    const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
    say(`Loading the graph: ${megabytes(read)}${whole ? ` of ${megabytes(whole)}` : ""} MB …`);
  });
  at("status").dataset.statements = size;
}

async function text() {
  if (!chosen) return editor.text;
  const bound = {};
  for (const parameter of chosen.parameters) {
    const input = at(`parameter-${parameter.name}`);
    const value = input.value.trim();
    input.removeAttribute("aria-invalid");
    if (!value && !parameter.required) continue;
    try {
      if (!value) throw new Error(`${chosen.name} needs ${parameter.name}: ${parameter.description}`);
      bound[parameter.name] = await term(parameter, value, async (type) => (await namesOf(type)).meant);
    } catch (error) {
      input.setAttribute("aria-invalid", "true");
      input.focus();
      throw error;
    }
  }
  return bind(editor.text, bound);
}

async function run() {
  if (running) return;
  running = true;
  at("run").disabled = true;
  at("stop").disabled = false;
  at("answer").setAttribute("aria-busy", "true");
  try {
    say(page.endpoint ? "Asking the server …" : "Loading the graph …");
    await ready();
    const asked = await text();
    say("Running …");
    const began = performance.now();
    const found = await engine.query(prologue + asked, Number(at("deadline").value));
    answer = joinLists(found, chosen?.lists ?? []);
    show((performance.now() - began) / 1000);
    remember();
  } catch (error) {
    say(sentence(error), true);
  } finally {
    running = false;
    at("run").disabled = false;
    at("stop").disabled = true;
    at("answer").removeAttribute("aria-busy");
  }
}

/** Return what went wrong, places in the query counted without the prologue. */
function sentence(error) {
  if (error instanceof StoppedError) return `The query was ${error.message}.`;
  return error.message.replace(/error at 1:(\d+)/, (_, column) => `error at 1:${Math.max(1, column - prologue.length)}`)
    .replace(/error at (\d+):(\d+)/, "The query does not parse at line $1, column $2");
}

function remember() {
  const values = [...at("parameters").querySelectorAll("input")].filter((input) => input.value.trim()).map((input) => [input.name, input.value.trim()]);
  const changed = editor.text !== (chosen?.sparql ?? page.example);
  if (changed) values.push(["sparql", editor.text]);
  const query = new URLSearchParams(values).toString();
  history.replaceState(null, "", `#${chosen?.name ?? ""}${query && `?${query}`}`);
}

function recall() {
  const [name, query = ""] = decodeURI(location.hash.slice(1)).split(/\?(.*)/s);
  const { sparql, ...values } = Object.fromEntries(new URLSearchParams(location.hash.slice(1).split(/\?(.*)/s)[1] ?? query));
  choose(name, values);
  if (sparql) editor.text = sparql;
  return known.has(name) && known.get(name).parameters.every((parameter) => !parameter.required || values[parameter.name]);
}

// ------------------------------------------------------------------------------------------ showing

function show(seconds) {
  const took = `in ${seconds < 0.1 ? "less than 0.1" : seconds.toFixed(1)} s`;
  const table = Boolean(answer.rows);
  at("answer").hidden = false;
  at("answer").querySelector(".tools").hidden = answer.truth !== undefined;
  at("views").hidden = !table;
  at("save-csv").hidden = at("save-json").hidden = !table;
  at("save-turtle").hidden = !answer.turtle;
  if (table) {
    say(`${number.format(answer.rows.length)} row${answer.rows.length === 1 ? "" : "s"} ${took}`);
    at("as-timeline").disabled = !answer.rows.length || !whenOf(answer);
    turn(at("as-timeline").disabled ? "table" : view);
  } else {
    say(answer.turtle === undefined ? `${answer.truth ? "Yes" : "No"}, ${took}` : `Triples ${took}`);
    at("more").hidden = true;
    at("results").replaceChildren(answer.turtle ? element("pre", { tabIndex: 0 }, answer.turtle.slice(0, 200_000)) : "");
  }
}

function turn(to) {
  view = to;
  at("as-table").setAttribute("aria-pressed", String(view === "table"));
  at("as-timeline").setAttribute("aria-pressed", String(view === "timeline"));
  shown = 0;
  if (view === "table") {
    const head = element("tr", {}, ...answer.vars.map((name) => element("th", { scope: "col" }, name)));
    const table = element("table", {}, element("thead", {}, head), element("tbody", { id: "rows" }));
    at("results").replaceChildren(element("div", { className: "wide", tabIndex: 0, role: "region", ariaLabel: "Answer" }, table));
  } else {
    const dated = spans(answer, whenOf(answer));
    const [first, last] = years(dated);
    const scale = element("p", { className: "scale", ariaHidden: "true" }, element("span", {}, String(first)), element("span", {}, first === last ? "" : String(last)));
    at("results").replaceChildren(scale, element("ol", { id: "rows", className: "spans" }));
  }
  more();
}

function more() {
  const when = view === "timeline" && whenOf(answer);
  const dated = when ? spans(answer, when) : answer.rows;
  at("rows").append(...(when ? timelineItems(answer, page, when, dated, shown) : tableRows(answer, page, shown)));
  shown = Math.min(shown + MANY, dated.length);
  at("more").hidden = shown >= dated.length;
  at("more").textContent = `Show more (${number.format(dated.length - shown)} left)`;
}

// ------------------------------------------------------------------------------------------ the page

at("stored").addEventListener("change", ({ target }) => choose(target.value));
at("run").addEventListener("click", run);
at("stop").addEventListener("click", () => engine.stop());
at("more").addEventListener("click", more);
at("as-table").addEventListener("click", () => turn("table"));
at("as-timeline").addEventListener("click", () => turn("timeline"));
at("parameters").addEventListener("keydown", (event) => { if (event.key === "Enter") run(); });
const name = () => chosen?.name ?? "answer";
at("save-csv").addEventListener("click", () => save(csv(answer), `${name()}.csv`, "text/csv"));
at("save-json").addEventListener("click", () => save(JSON.stringify({ head: { vars: answer.vars }, results: { bindings: answer.rows } }, null, 1), `${name()}.srj`, "application/sparql-results+json"));
at("save-turtle").addEventListener("click", () => save(answer.turtle, `${name()}.ttl`, "text/turtle"));
addEventListener("hashchange", () => { if (recall()) run(); });

at("stop").disabled = true;
const complete = recall();
if (location.protocol === "file:" && !page.endpoint) {
  at("run").disabled = true;
  at("from-files").hidden = false;
} else if (complete) {
  run();
}
