"use strict";
(() => {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const entries = window.searchIndex.map((entry) => ({ kind: entry[0], slug: entry[1], label: entry[2], text: fold(entry.slice(2).join(" | ")) }));
  const box = document.getElementById("q"), list = document.getElementById("results"), found = document.getElementById("found");
  const show = () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    const hits = words.length ? entries.filter((entry) => words.every((word) => entry.text.includes(word))) : [];
    found.textContent = words.length ? `${hits.length} found` : "";
    list.replaceChildren(...hits.slice(0, 50).map((entry) => {
      const item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
      link.href = `${entry.kind}/${entry.slug}.html`; link.textContent = entry.label;
      kind.className = "detail"; kind.textContent = ` ${entry.kind}`;
      item.append(link, kind);
      return item;
    }));
  };
  box.addEventListener("input", show);
  box.form.addEventListener("submit", (event) => event.preventDefault());
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { box.value = asked; }
  show();
})();
