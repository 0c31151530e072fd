// Holds the published graph in Oxigraph and answers queries, apart from the page, so that the page does not freeze and a
// query can be stopped by ending the worker.
import init, { Store } from "oxigraph/web.js";

const PORTION = 1 << 20;
let store;

async function load({ wasm, data }) {
  const [module, lines] = await Promise.all([opened(wasm), opened(data, true)]);
  await init({ module_or_path: await new Response(module).arrayBuffer() });
  store = new Store();
  for await (const portion of portions(lines)) {
    store.load(portion, { format: "application/n-quads", no_transaction: true, lenient: true });
  }
  return { size: store.size };
}

/** Return a file's content as a stream, unpacked unless the server has done that already. */
async function opened(address, tell = false) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`${new URL(address).pathname} cannot be read (${answer.status} ${answer.statusText})`);
  }
  const size = Number(answer.headers.get("content-length"));
  const reader = answer.body.getReader();
  const first = await reader.read();
  let read = 0;
  const source = new ReadableStream({
    async pull(controller) {
      const { value, done } = read ? await reader.read() : first;
      if (done) return controller.close();
      read += value.length;
      if (tell) postMessage({ progress: { read, size } });
      controller.enqueue(value);
    },
  });
  const packed = first.value?.[0] === 0x1f && first.value?.[1] === 0x8b;
  return packed ? source.pipeThrough(new DecompressionStream("gzip")) : source;
}

/** Yield a stream of lines in portions that end with a line. */
async function* portions(stream) {
  const reader = stream.getReader();
  let kept = [];
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    kept.push(value);
    length += value.length;
    if (length < PORTION) continue;
    const all = joined(kept, length);
    const end = all.lastIndexOf(0x0a) + 1;
    if (end) yield all.subarray(0, end);
    kept = [all.slice(end)];
    length = all.length - end;
  }
  if (length) yield joined(kept, length);
}

function joined(parts, length) {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const TASKS = {
  load,
  query: ({ text, form }) => ({ body: store.query(text, { results_format: form }) }),
};

addEventListener("message", async ({ data: { id, task, ...values } }) => {
  try {
    postMessage({ id, done: await TASKS[task](values) });
  } catch (error) {
    postMessage({ id, error: error.message || String(error) });
  }
});
