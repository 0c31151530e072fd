// Bundles the query page's scripts into kg/publishing/assets, with the licences of what is in them:
//     npm ci && npm run build
// `npm run check` writes nothing and fails where the assets are not what would be built.
import { build } from "esbuild";
import { readFileSync, readdirSync, existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const assets = join(here, "..", "kg", "publishing", "assets");
const modules = join(here, "node_modules");

const bundle = async (entry) => {
  const done = await build({
    entryPoints: [join(here, "src", entry)],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // the licences stand in a file beside
    define: { "import.meta.url": '""' }, // where the WebAssembly is, the page says
  });
  return { text: done.outputFiles[0].contents, inputs: Object.keys(done.metafile.inputs) };
};

const packageOf = (input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

const licenceOf = (name) => {
  const { version, license } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  const kept = join(here, "licences", `${name}.txt`); // of a package that comes without its own
  const file = readdirSync(join(modules, name)).find((found) => /^licen[cs]e/i.test(found));
  const text = existsSync(kept) ? readFileSync(kept, "utf8") : readFileSync(join(modules, name, file), "utf8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
};

const page = await bundle("sparql-page.js");
const worker = await bundle("sparql-worker.js");
const packages = [...new Set([...page.inputs, ...worker.inputs].map(packageOf).filter(Boolean))].sort();
const wasm = readFileSync(join(modules, "oxigraph", "web_bg.wasm"));
const line = `\n${"-".repeat(80)}\n\n`;
const heading = "Licences of what sparql-page.js, sparql-worker.js and oxigraph.wasm.gz are made of, besides our own code.\n";
const files = {
  "sparql-page.js": page.text,
  "sparql-worker.js": worker.text,
  "oxigraph.wasm.gz": gzipSync(wasm, { level: 9 }),
  "sparql-licences.txt": Buffer.from([heading, ...packages.map(licenceOf)].join(line)),
};
// zlib of another version may pack otherwise: what counts is what is unpacked.
const content = (name, data) => (name.endsWith(".gz") ? gunzipSync(data) : Buffer.from(data));

let differ = 0;
for (const [name, data] of Object.entries(files)) {
  const file = join(assets, name);
  const same = existsSync(file) && content(name, readFileSync(file)).equals(content(name, data));
  if (same) continue;
  if (process.argv.includes("--check")) {
    console.error(`${name} is not what is built from web/; run npm run build there`);
    differ = 1;
  } else {
    writeFileSync(file, data);
    console.log(`${name} ${data.length.toLocaleString("en")} bytes`);
  }
}
process.exitCode = differ;
