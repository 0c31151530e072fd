// Who answers: a worker of this page that holds the published graph, or the endpoint of the server the page comes from.

export class StoppedError extends Error {}

const TABLE = "application/sparql-results+json";
const TRIPLES = "text/turtle";

/** Return whether a query asks for triples, the first keyword outside of comments, strings and IRIs being decisive. */
export function asksForTriples(text) {
  const plain = text.replace(/<[^<>\s]*>|"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, " ");
  const word = /\b(select|ask|construct|describe)\b/i.exec(plain.replace(/[?$:][\w-]*/g, " "));
  return /^(construct|describe)$/i.test(word?.[1] ?? "");
}

/** An answer: a table `{ vars, rows }`, a truth `{ truth }`, or triples as Turtle `{ turtle }`. */
function read(body, triples) {
  if (triples) return { turtle: body };
  const found = JSON.parse(body);
  if ("boolean" in found) return { truth: found.boolean, json: body };
  return { vars: found.head.vars, rows: found.results.bindings, json: body };
}

export class LocalEngine {
  #page;
  #worker = null;
  #waiting = new Map();
  #number = 0;
  #loaded = null;

  constructor(page) {
    this.#page = page;
  }

  /** Fetch and load the graph unless that was done; return how many statements it has. */
  load(tell) {
    this.#loaded ??= this.#begin(tell).catch((error) => {
      this.stop();
      throw error;
    });
    return this.#loaded;
  }

  async #begin(tell) {
    this.#worker = new Worker(this.#page.worker);
    this.#worker.addEventListener("message", ({ data }) => {
      if (data.progress) return tell(data.progress);
      const { resolve, reject } = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      return data.error ? reject(new Error(data.error)) : resolve(data.done);
    });
    this.#worker.addEventListener("error", (event) => this.#abandon(new Error(event.message || "the worker failed")));
    return (await this.#ask({ task: "load", wasm: this.#page.wasm, data: this.#page.data })).size;
  }

  #ask(message) {
    const id = ++this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...message });
    });
  }

  async query(text, seconds) {
    const triples = asksForTriples(text);
    const clock = seconds && setTimeout(() => this.stop(`stopped after ${seconds} seconds; ask for less at a time`), 1000 * seconds);
    try {
      const { body } = await this.#ask({ task: "query", text, form: triples ? TRIPLES : TABLE });
      return read(body, triples);
    } finally {
      clearTimeout(clock);
    }
  }

  /** End the worker with what it does; the next query loads the graph again, from the browser's cache. */
  stop(reason = "stopped") {
    this.#worker?.terminate();
    this.#abandon(new StoppedError(reason));
  }

  #abandon(error) {
    this.#worker = this.#loaded = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

export class RemoteEngine {
  #address;
  #under = null;

  constructor(page) {
    this.#address = page.endpoint;
  }

  async load() {
    return 0;
  }

  async query(text, seconds) {
    const triples = asksForTriples(text);
    const ending = new AbortController();
    this.#under = ending;
    const clock = seconds && setTimeout(() => this.stop(`stopped after ${seconds} seconds; ask for less at a time`), 1000 * seconds);
    try {
      const answer = await fetch(this.#address, {
        method: "POST",
        headers: { "content-type": "application/sparql-query", accept: triples ? TRIPLES : TABLE },
        body: text,
        signal: ending.signal,
      });
      const body = await answer.text();
      if (!answer.ok) throw new Error(body.trim() || `${answer.status} ${answer.statusText}`);
      return read(body, triples);
    } finally {
      clearTimeout(clock);
      this.#under = null;
    }
  }

  stop(reason = "stopped") {
    this.#under?.abort(new StoppedError(reason));
  }
}
