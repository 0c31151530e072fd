// Answers as a table, as a timeline, as files.

export const MANY = 200;

export function element(name, values = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(values)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Return where an IRI of the graph leads on the site, as links of the site do. */
function pathOf(iri, page) {
  if (!iri.startsWith(page.base)) return "";
  const name = iri.slice(page.base.length);
  const [kind, slug = ""] = name.split(/\/(.*)/s);
  if (page.paged.includes(kind)) return `${name}.html`;
  if (kind === "passage") {
    const [, article, start, end] = /^(.*)-(\d+)-(\d+)$/.exec(slug);
    const part = Math.floor(Number(start) / page.part); // of a long article, which has several pages
    return `article/${article}${part ? `/${part}` : ""}.html#passage-${start}-${end}`;
  }
  if (kind === "tenure") return slug.replace(/^(.*?)--(.*)$/, "person/$1.html#$2");
  return kind === "mapping" ? `article/${slug}.html` : "";
}

function shortened(iri, page) {
  if (iri.startsWith(page.base)) return iri.slice(page.base.length);
  for (const [prefix, start] of Object.entries(page.prefixes)) {
    if (iri.startsWith(start) && iri.length > start.length) return `${prefix}:${iri.slice(start.length)}`;
  }
  return iri;
}

function cell(term, page, words) {
  if (!term) return "";
  if (term.type === "uri") {
    const to = pathOf(term.value, page) || (/^https?:\/\//.test(term.value) ? term.value : "");
    const text = words ?? shortened(term.value, page);
    return to ? element("a", { href: to, title: term.value }, text) : text;
  }
  const text = term.type === "triple" ? JSON.stringify(term.value) : term.value;
  return term["xml:lang"] ? element("span", { lang: term["xml:lang"] }, text) : text;
}

/** Return rows `from` … of an answer as rows of a table. */
export function tableRows(answer, page, from) {
  return answer.rows.slice(from, from + MANY).map((row) =>
    element("tr", {}, ...answer.vars.map((name) => {
      const term = row[name];
      const number = /#(integer|decimal|double)$/.test(term?.datatype ?? "");
      return element("td", number ? { className: "number" } : {}, cell(term, page));
    })));
}

// ------------------------------------------------------------------------------------------ the timeline

const DATED = /^-?\d{4}(-\d\d(-\d\d)?)?[~?%]?(\/(-?\d{4}(-\d\d(-\d\d)?)?[~?%]?|\.\.)?)?$/;

/** Return the columns that say when: `{ from, to }`, `to` perhaps empty; nothing where none does. */
export function whenOf(answer) {
  const dated = answer.vars.filter((name) => {
    const filled = answer.rows.map((row) => row[name]?.value).filter(Boolean);
    return filled.length && filled.every((value) => DATED.test(value)) && !/#integer$/.test(answer.rows.find((row) => row[name]?.value)[name].datatype ?? "");
  });
  const first = (names) => names.find((name) => dated.includes(name));
  const from = first(["date", "start", "earliest", "from", "published"]) ?? dated[0];
  return from && { from, to: first(["end", "latest", "to"].filter((name) => name !== from)) ?? "" };
}

const days = (text, last) => {
  const [, year, month, date] = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text);
  return Date.UTC(Number(year), last && !month ? 12 : Number(month ?? 1) - (last && !date ? 0 : 1), date ? Number(date) + (last ? 1 : 0) : 1) / 864e5;
};

/** Return dated rows as `{ row, from, to, words }` in days since 1970, earliest first. */
export function spans(answer, when) {
  const found = [];
  for (const row of answer.rows) {
    const stated = row[when.from]?.value;
    if (!stated) continue;
    const [begin, finish] = stated.split("/");
    const ending = (when.to && row[when.to]?.value.split("/").at(-1)) || finish || begin;
    const end = DATED.test(ending) ? ending : begin;
    found.push({ row, from: days(begin, false), to: Math.max(days(end, true), days(begin, true)), words: end === begin ? begin : `${begin} – ${end}` });
  }
  return found.sort((a, b) => a.from - b.from || a.to - b.to);
}

const SVG = "http://www.w3.org/2000/svg";

function bar(span, first, last) {
  const drawn = document.createElementNS(SVG, "svg");
  const mark = document.createElementNS(SVG, "rect");
  const scale = 1000 / (last - first || 1);
  const width = Math.max(6, (span.to - span.from) * scale);
  const x = Math.min((span.from - first) * scale, 1000 - width);
  for (const [key, value] of Object.entries({ viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" })) drawn.setAttribute(key, value);
  for (const [key, value] of Object.entries({ x: x.toFixed(1), width: width.toFixed(1), y: 0, height: 10 })) mark.setAttribute(key, value);
  drawn.append(mark);
  return drawn;
}

/** Return spans `from` … as items of a list, each with its place between the first day and the last. */
export function timelineItems(answer, page, when, dated, from) {
  const first = dated[0].from;
  const last = Math.max(...dated.map((span) => span.to));
  const rest = answer.vars.filter((name) => name !== when.from && name !== when.to);
  return dated.slice(from, from + MANY).map((span) => {
    const shown = rest.map((name) => span.row[name]).filter((term) => term?.value && !/#integer$/.test(term.datatype ?? ""));
    // A thing and its name, which is what most queries begin with, are one link.
    const named = shown[0]?.type === "uri" && shown[1]?.type === "literal";
    const cells = [cell(shown[0], page, named ? shown[1].value : undefined), ...shown.slice(named ? 2 : 1, 7).map((term) => cell(term, page))];
    const words = cells.flatMap((one, place) => [place ? " · " : "", one]);
    return element("li", {}, element("span", { className: "date" }, span.words), element("div", {}, ...words), bar(span, first, last));
  });
}

export function years(dated) {
  const year = (number) => new Date(number * 864e5).getUTCFullYear();
  return [year(dated[0].from), year(Math.max(...dated.map((span) => span.to)) - 1)];
}

// ------------------------------------------------------------------------------------------ files

/** Return a table as CSV. https://www.w3.org/TR/sparql11-results-csv-tsv/ */
export function csv(answer) {
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [answer.vars, ...answer.rows.map((row) => answer.vars.map((name) => row[name]?.value ?? ""))];
  return lines.map((line) => `${line.map(quoted).join(",")}\r\n`).join("");
}

export function save(text, name, type) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
