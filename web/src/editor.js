// The editor: CodeMirror with its SPARQL mode, in a shadow tree, where its styles need no style element in the page,
// which a Content-Security-Policy may forbid.
import { autocompletion, completeFromList, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--ground)", fontSize: ".875rem", border: "1px solid var(--line-strong)", borderRadius: ".375rem", height: "20rem" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--soft)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--raised)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--selection)" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--ground)" },
  ".cm-matchingBracket": { backgroundColor: "var(--selection) !important" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.string, tags.literal], color: "var(--string)" },
  { tag: [tags.atom, tags.propertyName], color: "var(--mark)" },
  { tag: tags.standard(tags.name), color: "var(--link)" },
]);

const KEYWORDS = "SELECT DISTINCT CONSTRUCT DESCRIBE ASK WHERE FILTER OPTIONAL GRAPH UNION MINUS VALUES BIND LIMIT OFFSET PREFIX".split(" ")
  .concat("ORDER BY", "GROUP BY", "HAVING", "NOT EXISTS", "COUNT", "GROUP_CONCAT", "COALESCE", "CONTAINS", "STRSTARTS", "LANG", "STR", "IF");

/** Put an editor in the place of a text area; return how its text is read and written. */
export function edit(area, terms, run) {
  const host = document.createElement("div");
  host.className = "editor";
  const root = host.attachShadow({ mode: "open" });
  const words = [...KEYWORDS.map((label) => ({ label, type: "keyword" })), ...terms.map(([label, info]) => ({ label, info, type: "property" }))];
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        highlightActiveLine(),
        StreamLanguage.define(sparql),
        autocompletion({ override: [completeFromList(words)] }),
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        syntaxHighlighting(colours),
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "SPARQL query", spellcheck: "false", autocapitalize: "off" }),
      ],
    }),
  });
  area.hidden = true;
  area.after(host);
  return {
    get text() {
      return view.state.doc.toString();
    },
    set text(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
      view.scrollDOM.scrollTop = 0;
    },
  };
}
