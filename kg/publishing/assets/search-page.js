"use strict";
// Finds names by the beginnings of their words. The index comes in parts, each a script that is loaded once one of its
// words is asked for: that works from the file system too, where a page may load no JSON.
window.searchShards = {};
(() => {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\u0111/gi, "d").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const shard = (word) => /^[a-z0-9]/.test(word) ? (/^[a-z0-9]{2}/.test(word) ? word.slice(0, 2) : word.slice(0, 1)) : `u${word.codePointAt(0) % 64}`;
  const box = document.getElementById("q"), list = document.getElementById("results"), found = document.getElementById("found");
  const asked = new Map();
  const load = (key) => {
    if (!asked.has(key)) {
      asked.set(key, new Promise((done) => {
        const script = document.createElement("script");
        script.src = `search/${key}.js`;
        script.onload = script.onerror = () => done();
        document.head.append(script);
      }));
    }
    return asked.get(key);
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
    if (!words.length) { list.replaceChildren(); found.textContent = ""; return; }
    const longest = words.reduce((a, b) => (b.length > a.length ? b : a));
    await load(shard(longest));
    if (fold(box.value) !== text) { return; }
    const hits = (window.searchShards[shard(longest)] || []).filter((entry) => {
      const names = ` ${fold(entry.slice(2).join(" "))}`;
      return words.every((word) => names.includes(` ${word}`));
    });
    found.textContent = `${hits.length} found`;
    list.replaceChildren(...hits.slice(0, 50).map(item));
  };
  box.addEventListener("input", show);
  box.form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  const first = new URLSearchParams(location.search).get("q");
  if (first) { box.value = first; show(); }
})();
