"use strict";
// Finds names by the beginnings of their words. The index comes in parts, each a script that is loaded once one of its
// words is asked for: that works from the file system too, where a page may load no JSON. The page names the parts that
// there are; one with a plus has the shortest names alone, and more letters lead to parts of its own. Where all
// words are such, who is called exactly so stands in a part that is named by a number.
window.searchParts = {};
(() => {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\u0111/gi, "d").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const box = document.getElementById("q"), list = document.getElementById("results"), found = document.getElementById("found");
  const SHOWN = 50;
  const whole = new Map(list.dataset.parts.split(" ").filter(Boolean).map((name) => [name.replace("+", ""), !name.endsWith("+")]));
  const loading = new Map();
  const named = (word, depth) => {
    const plain = /^[\x00-\x7f]*/.exec(word)[0];
    if (plain) { return plain.slice(0, 2) + (plain.length > 2 && depth ? `-${plain.slice(2, 2 + depth)}` : ""); }
    return `u${[...word].slice(0, depth + 1).map((letter) => letter.codePointAt(0) % 64).join("-")}`;
  };
  /** Return the name of the part that has what begins like a word; nothing where there is none. */
  const partOf = (word) => {
    let name = named(word, 0);
    for (let depth = 1; whole.get(name) === false && named(word, depth) !== name; depth += 1) { name = named(word, depth); }
    return whole.has(name) ? name : "";
  };
  const load = (name) => {
    if (!loading.has(name)) {
      loading.set(name, new Promise((done) => {
        const script = document.createElement("script");
        script.src = `search/${name}.js`;
        script.onload = script.onerror = () => done();
        document.head.append(script);
      }));
    }
    return loading.get(name);
  };
  const item = ([kind, slug, label]) => {
    const element = document.createElement("li"), link = document.createElement("a"), note = document.createElement("span");
    link.href = `${kind}/${slug}.html`;
    link.textContent = label;
    note.className = "detail";
    note.textContent = ` ${kind}`;
    element.append(link, note);
    return element;
  };
  const show = async () => {
    const text = fold(box.value), words = text.split(" ").filter(Boolean);
    list.setAttribute("aria-busy", "true");
    const parts = words.map((word) => [word, partOf(word)]);
    const rare = parts.filter(([, name]) => whole.get(name)).sort(([a], [b]) => b.length - a.length);
    const there = parts.every(([, name]) => name);
    const called = `-${[...text].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 64}`;
    const common = () => [...parts.map(([, name]) => name), called].filter((name) => whole.has(name));
    const wanted = there ? (rare.length ? [rare[0][1]] : common()) : [];
    await Promise.all(wanted.map(load));
    if (fold(box.value) !== text) { return; }
    const folded = (entry) => entry.slice(2).map(fold);
    const entries = new Map(wanted.flatMap((name) => window.searchParts[name] || []).map((entry) => [`${entry[0]}/${entry[1]}`, entry]));
    const hits = [...entries.values()].map((entry) => [entry, folded(entry)]).filter(([, names]) => {
      const all = ` ${names.join(" ")}`;
      return words.every((word) => all.includes(` ${word}`));
    });
    // Who is called exactly so comes first, whatever the length of the other names.
    hits.sort(([, a], [, b]) => b.includes(text) - a.includes(text));
    const more = !rare.length && wanted.length ? "; a rarer word beside finds others" : "";
    const first = hits.length > SHOWN ? `, the first ${SHOWN} here` : "";
    found.textContent = words.length ? (hits.length ? `${hits.length}${more && " and more"} found${first}${more}` : `Nothing found${more}`) : "";
    list.replaceChildren(...hits.slice(0, SHOWN).map(([entry]) => item(entry)));
    list.setAttribute("aria-busy", "false");
  };
  box.addEventListener("input", show);
  box.form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  const first = new URLSearchParams(location.search).get("q");
  if (first) { box.value = first; show(); }
})();
