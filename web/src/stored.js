// Stored queries: their parameters become terms, and terms take the places of the variables that stand for them.

const VARIABLE = /\?(__?)([a-z]+)(?:_[a-z]+)*\b/g;
const XSD = "http://www.w3.org/2001/XMLSchema#";

export const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\u0111/gi, "d").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const escaped = (text) => text.replace(/[\\"\n\r\t]/g, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c]);

/** Return the first or last day of a year, month or day; nothing where it is none. */
export function day(text, last) {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text);
  if (!found || found[1] === "0000") return "";
  const month = found[2] ?? (last ? "12" : "01");
  const days = new Date(Date.UTC(2000, Number(month), 0));
  days.setUTCFullYear(Number(found[1]), Number(month), 0);
  const most = String(days.getUTCDate());
  const number = found[3] ?? (last ? most : "01");
  return Number(month) >= 1 && Number(month) <= 12 && number >= "01" && Number(number) <= Number(most) ? `${found[1]}-${month}-${number}` : "";
}

/** Return a value as SPARQL spells its term. `names` finds the things that a name of a type may mean. */
export async function term(parameter, value, names) {
  if (parameter.type === "date") {
    const date = parameter.partial || /^\d{4}-\d\d-\d\d$/.test(value) ? day(value, parameter.partial === "last") : "";
    if (!date) throw new Error(`${parameter.name} takes a date such as 2023-12-01, not “${value}”`);
    return `"${date}"^^<${XSD}date>`;
  }
  if (parameter.type === "integer") {
    if (!/^[+-]?\d{1,18}$/.test(value)) throw new Error(`${parameter.name} takes a whole number, not “${value}”`);
    return value;
  }
  if (parameter.type === "string") return `"${escaped(value)}"`;
  return `<${await thing(parameter, value, names)}>`;
}

async function thing(parameter, value, names) {
  if (/^(?:https?:|urn:)[^\s<>"{}|\\^`]*$/.test(value)) return value;
  const known = await names(parameter.type);
  const found = known.get(value) ?? known.get(fold(value)) ?? [];
  if (found.length === 1) return found[0];
  if (found.length) throw new Error(`${parameter.name}: “${value}” may be ${found.slice(0, 6).join(", ")}; give the IRI of the one you mean`);
  throw new Error(`${parameter.name}: nothing in the graph is called “${value}”; choose one of the names offered`);
}

export const bind = (text, bound) => text.replace(VARIABLE, (all, _, name) => (Object.hasOwn(bound, name) ? bound[name] : all));

/** Return the values of the columns that hold several, each once, sorted, as `kg query` gives them. */
export function joinLists(answer, lists) {
  const columns = lists.filter((name) => answer.vars?.includes(name));
  for (const row of columns.length ? answer.rows : []) {
    for (const column of columns) {
      if (row[column]?.type !== "literal") continue;
      row[column].value = [...new Set(row[column].value.split("; "))].filter(Boolean).sort().join("; ");
    }
  }
  return answer;
}
