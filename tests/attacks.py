"""What strangers send: queries that are meant to end a server, markup that is meant to become a page's own."""

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l ."
QUERIES = (
    "SELECT*" + "{" * 534 + "}" * 534,
    "SELECT * {" + "{" * 4000 + "}" * 4000 + "}",
    "SELECT * { ?s ?p ?o FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ") }",
    "SELECT * { ?s ?p ?o FILTER(" + "!" * 3000 + "true) }",
    "SELECT * { ?s " + "/".join(["?p"] * 3) + " ?o }",
    "SELECT * { ?s (" + "(" * 500 + "<p:p>" + ")*" * 500 + ") ?o }",
    f"SELECT * {{ {CROSS} }}",
    f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    f"SELECT DISTINCT ?a ?e ?i {{ {CROSS} }} ORDER BY ?i ?e ?a",
    f"SELECT (GROUP_CONCAT(?c) AS ?x) {{ {CROSS} }}",
    f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {CROSS} }}",
    f"SELECT ?a {{ {CROSS} FILTER(REGEX(STR(?c), '(a+)+$')) }}",
    f"SELECT * {{ {CROSS} }} ORDER BY RAND()",
    "SELECT * { BIND('abcdefgh' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40)) + " }",
    "SELECT * { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(60)) + " }",
    "SELECT * { ?a (<p:p>|!<q:q>)* ?b . ?c (<p:p>|!<q:q>)* ?d }",
    "SELECT * { ?a !<q:q>* ?b . ?b !<r:r>* ?c . ?c !<s:s>* ?d }",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }",
    "SELECT * { ?s ?p '''SERVICE''' SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "LOAD <http://127.0.0.1:9/>",
    "DELETE WHERE { ?s ?p ?o }",
    "DROP ALL",
    "INSERT DATA { <a:a> <a:a> <a:a> }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "ASK { ?s ?p \"\"\"" + "a" * 90_000 + '""" }',
    "SELECT * { VALUES ?x { " + " ".join(str(n) for n in range(15_000)) + " } }",
    "S\\u0045LECT * { ?s ?p ?o }",
    "\x00\x00SELECT",
    "SELECT * { ?s ?p ?o } " + "#" * 200_000,
)  # fmt: skip
"""SPARQL that has ended, stopped or misled a server."""

MARKUP = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>', "' onmouseover='alert(1)", "</title><script>alert(1)</script>", "<!--<script>",
    "]]><script>alert(1)</script>", "<a href=javascript:alert(1)>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>", "{{ 7 * 7 }}", "{% raw %}",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "<style>*{display:none}</style>",
    "<base href=//example.org>", "<meta http-equiv=refresh content=0>", "&lt;script&gt;",
    "<math><mtext><script>x</script>", "</style><script>x</script>", "<details open ontoggle=alert(1)>",
    "<svg><script>alert(1)</script></svg>", "<svg/onload=alert(1)>", "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>", "<video><source onerror=alert(1)></video>",
    "<a href='jAvAsCrIpT:alert(1)'>x</a>", "<a href='java\tscript:alert(1)'>x</a>",
    "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x", "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<ScRiPt>alert(1)</sCrIpT>", "<script\n>alert(1)</script\n>", '"><script>alert(String.fromCharCode(88))</script>',
    "'-alert(1)-'", '"-alert(1)-"', "`-alert(1)-`", "${alert(1)}", "--><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp>", '<noscript><p title="</noscript><script>x</script>">',
    "<link rel=stylesheet href=//example.org/x.css>", '<img src="x` `<script>alert(1)</script>"` `>',
    "\u2028<script>alert(1)</script>", "<marquee onstart=alert(1)>", "<table background=javascript:alert(1)>",
    "<textarea><script>alert(1)</script></textarea>",
)  # fmt: skip
"""What titles, names, quotes and parameters of hostile pages and requests may hold."""
