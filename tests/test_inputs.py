"""Archives, crawls and feeds: what each of their articles is called, where it is from and when it was published."""

import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from packed import SENTENCE, atom, page, record, response, rss, tarred, zipped

from kg.articles import Article, Source, archives, crawls, packing, read, sources
from kg.engines import spark
from kg.iris import digest


def readings(folder: Path, data: bytes, name: str) -> tuple[dict[str, Article], dict[str, str]]:
    """Return the articles of a file and the reasons of what is refused, by file."""
    (folder / name).write_bytes(data)
    found = list(read([folder / name]))
    articles = {r.article.file: r.article for r in found if r.article}
    refused = {r.refusal.file: r.refusal.reason for r in found if r.refusal}
    assert len(articles) + len(refused) == len(found)
    return articles, refused


# -- archives -------------------------------------------------------------------------------------------------------

MEMBERS = {"a/b.html": page("Gozo"), "c.txt": SENTENCE.encode(), "d.jsonl": b'{"text": "%s"}' % SENTENCE.encode()}
NAMES = ["a/b.html", "c.txt", "d.jsonl#1"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("news.zip", zipped(MEMBERS)),
        ("stored.zip", zipped(MEMBERS, zipfile.ZIP_STORED)),
        ("lzma.zip", zipped(MEMBERS, zipfile.ZIP_LZMA)),
        ("news.tar", tarred(MEMBERS)),
        ("news.tar.gz", tarred(MEMBERS, "w:gz")),
        ("news.tgz", tarred(MEMBERS, "w:gz")),
        ("news.tar.bz2", tarred(MEMBERS, "w:bz2")),
        ("news.txz", tarred(MEMBERS, "w:xz")),
        ("no-suffix", tarred(MEMBERS, "w:xz")),
    ],
)
def test_an_archive_gives_its_members_named_after_both(tmp_path: Path, name: str, data: bytes) -> None:
    articles, refused = readings(tmp_path, data, name)
    assert list(articles) == [f"{name}!{member}" for member in NAMES]
    assert refused == {}
    assert articles[f"{name}!a/b.html"].title == "Envoy of Ghana received in Gozo"


@pytest.mark.parametrize(
    ("pack", "suffix"), [(gzip.compress, ".gz"), (bz2.compress, ".bz2"), (lzma.compress, ".xz"), (bytes, "")]
)
def test_a_packed_file_is_read_as_what_is_in_it(tmp_path: Path, pack: Callable[[bytes], bytes], suffix: str) -> None:
    for name in ("a.txt", "a.html"):
        articles, _ = readings(tmp_path, pack(page("Sliema")), name + suffix)
        assert articles[name + suffix].title == "Envoy of Ghana received in Sliema"


def test_members_may_be_packed_and_packed_files_have_members(tmp_path: Path) -> None:
    rows = gzip.compress(b'{"text": "%s"}\n' % SENTENCE.encode()) + gzip.compress(
        b'{"text": "x. %s"}' % SENTENCE.encode()
    )
    articles, refused = readings(
        tmp_path, tarred({"a.html.gz": gzip.compress(page("Mdina")), "r.jsonl.gz": rows}), "a.tar"
    )
    assert (list(articles), refused) == (["a.tar!a.html.gz", "a.tar!r.jsonl.gz#1", "a.tar!r.jsonl.gz#2"], {})


def test_hidden_members_and_folders_are_passed_over_as_in_folders(tmp_path: Path) -> None:
    members = {"a/": b"", "a/.hidden": b"x", "__MACOSX/._b": b"x", ".git/c": b"x", "a/d.txt": SENTENCE.encode()}
    articles, refused = readings(tmp_path, zipped(members), "a.zip")
    assert (list(articles), refused) == (["a.zip!a/d.txt"], {})


def test_a_crawl_in_an_archive_is_read_and_an_archive_in_one_that_lies_in_one_is_not(tmp_path: Path) -> None:
    crawl = gzip.compress(record(response(page("Rabat")), "https://gazette.example/1"))
    articles, _ = readings(tmp_path, zipped({"archive/data.warc.gz": crawl}), "a.wacz")
    assert list(articles) == ["a.wacz!archive/data.warc.gz#1"]
    nested = tarred({"b.tar": tarred({"c.tar": tarred({"d.txt": SENTENCE.encode()})})})
    articles, refused = readings(tmp_path, nested, "a.tar")
    assert (articles, refused) == ({}, {"a.tar!b.tar!c.tar": "lies in archives inside archives; unpack them yourself"})


@pytest.mark.parametrize(
    ("name", "reason"),
    [("../../a.txt", "leads out"), ("a/../../b.txt", "leads out"), ("..\\a.txt", "leads out"), ("/etc/a.txt", ""),
     ("C:\\news\\a.txt", "")],
)  # fmt: skip
def test_the_name_of_a_member_leads_nowhere(tmp_path: Path, name: str, reason: str) -> None:
    for archive, data in (("a.zip", zipped({name: SENTENCE.encode()})), ("a.tar", tarred({name: SENTENCE.encode()}))):
        articles, refused = readings(tmp_path, data, archive)
        assert [why for why in refused.values() if reason in why] if reason else not refused
        assert all(".." not in file and "!/" not in file for file in articles)
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "a.tar"}


def test_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for text in (SENTENCE, f"{SENTENCE} Twice.", f"{SENTENCE} Thrice."):
            member = tarfile.TarInfo("a.txt")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    articles, _ = readings(tmp_path, packed.getvalue(), "a.tar")
    assert list(articles) == ["a.tar!a.txt", "a.tar!a.txt~2", "a.tar!a.txt~3"]


def test_links_of_an_archive_are_not_followed(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            member = tarfile.TarInfo(f"m{kind.decode()}")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    articles, refused = readings(tmp_path, packed.getvalue(), "a.tar")
    assert articles == {} and len(refused) == 4
    assert set(refused.values()) == {"is a link or device in an archive; give files"}


def test_a_zip_archive_needs_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, refused = readings(tmp_path, zipped(MEMBERS)[:-40], "a.zip")
    assert "damaged or truncated ZIP" in refused["a.zip"]
    _, refused = readings(tmp_path, gzip.compress(zipped(MEMBERS)), "a.zip.gz")
    assert "give it as a file of its own" in refused["a.zip.gz"]


def test_a_damaged_member_spares_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": SENTENCE.encode() * 3, "b.txt": SENTENCE.encode()}, zipfile.ZIP_STORED))
    data[data.find(SENTENCE.encode()) + 5] ^= 1
    articles, refused = readings(tmp_path, bytes(data), "a.zip")
    assert (list(articles), list(refused)) == (["a.zip!b.txt"], ["a.zip!a.txt"])
    assert "Bad CRC" in refused["a.zip!a.txt"]


@pytest.mark.parametrize("kind", ["w", "w:gz", "w:bz2", "w:xz"])
def test_what_comes_before_the_cut_of_an_archive_is_read(tmp_path: Path, kind: str) -> None:
    noise = {
        f"{n:03}.txt": f"{SENTENCE} {' '.join(digest(f'{n}-{i}') for i in range(99))}.".encode() for n in range(99)
    }
    whole = tarred(noise, kind)
    articles, refused = readings(tmp_path, whole[: len(whole) * 6 // 10], "a.tar")
    assert len(articles) > 30 or kind == "w:bz2"  # bzip2 packs 900 kB at a time
    assert any("truncated" in reason or "cut off" in reason for reason in refused.values())


def test_an_archive_says_where_it_ends_although_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    for name, data in (("a.zip", zipped(MEMBERS)), ("a.tar", tarred(MEMBERS))):
        articles, refused = readings(tmp_path, data, name)
        assert (len(articles), refused) == (2, {name: "holds more than 2 files; split it"})


def test_a_directory_too_long_for_memory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LONGEST_LISTING", 100)
    _, refused = readings(tmp_path, zipped(MEMBERS), "a.zip")
    assert refused == {"a.zip": "lists more files than can be held in memory; split it"}


def test_a_bomb_is_given_up_and_what_came_before_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (packing, sources):
        monkeypatch.setattr(module, "LARGEST", 100_000)
    bomb = {"a.txt": SENTENCE.encode(), **{f"{n}.txt": b"a " * 500_000 for n in range(9)}}
    for name, data in (("a.zip", zipped(bomb)), ("a.tar.xz", tarred(bomb, "w:xz"))):
        articles, refused = readings(tmp_path, data, name)
        assert list(articles) == [f"{name}!a.txt"]
        assert "larger than" in refused[f"{name}!0.txt"]
        # What of a ZIP archive is too large is not unpacked further, so that it takes many to make a bomb.
        assert name == "a.zip" or "200 times" in refused[name]


@pytest.mark.parametrize("member", ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"])
def test_documents_and_programs_are_zip_archives_of_no_articles(tmp_path: Path, member: str) -> None:
    _, refused = readings(tmp_path, zipped({member: b"x", "a.xml": b"<a/>"}), "a.docx")
    assert "office document" in refused["a.docx"]


@pytest.mark.parametrize(
    "data", [zipped({}), zipped({"a/": b""}), tarred({".hidden": b"x"}), record(b"x", kind="metadata")]
)
def test_an_archive_without_articles_is_refused_rather_than_passed_over(tmp_path: Path, data: bytes) -> None:
    assert readings(tmp_path, data, "a") == ({}, {"a": "holds no articles; give an archive of texts or web pages"})


# -- crawls ---------------------------------------------------------------------------------------------------------

URL = "https://gazette.example/envoy?a=1"
CANONICAL = '<link rel="canonical" href="https://gazette.example/">'


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_crawl_gives_its_pages_by_their_address(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    found = [
        record(b"software: x", kind="warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", URL, "request"),
        record(response(page("Gozo", head=CANONICAL)), URL),
        record(response(b"\x89PNG", ["Content-Type: image/png"]), URL + "2"),
        record(response(page("Error"), status="404 Not Found"), URL + "3"),
        record(SENTENCE.encode(), URL + "4", "conversion"),
    ]
    articles, refused = readings(tmp_path, b"".join(map(pack, found)), "crawl.warc.gz")
    assert refused == {}
    assert {file: article.url for file, article in articles.items()} == {
        "crawl.warc.gz#3": URL,
        "crawl.warc.gz#6": URL + "4",
    }
    assert articles["crawl.warc.gz#3"].key == digest(URL)


def test_the_day_of_the_crawl_is_not_that_of_publication(tmp_path: Path) -> None:
    dated = '<meta property="article:published_time" content="2021-02-08T10:00:00Z">'
    pages = [record(response(page("Gozo")), URL), record(response(page("Mdina", head=dated)), URL + "2")]
    articles, _ = readings(tmp_path, b"".join(pages), "a.warc")
    assert [article.published for article in articles.values()] == [None, "2021-02-08"]


def test_a_page_of_a_crawl_has_the_charset_of_its_server_and_is_unpacked(tmp_path: Path) -> None:
    text = page("Hà Nội").decode()
    headers = ["Content-Type: text/html; charset=windows-1258", "Content-Encoding: gzip", "Transfer-Encoding: chunked"]
    body = gzip.compress(text.replace("Hà Nội", "Ho\xe0i").encode("cp1258"))
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    articles, _ = readings(tmp_path, record(response(chunked, headers), URL), "a.warc")
    assert articles["a.warc#1"].title == "Envoy of Ghana received in Hoài"


def test_a_page_that_the_crawler_cut_off_is_flagged(tmp_path: Path) -> None:
    data = record(response(page("Gozo")), URL, headers=["WARC-Truncated: length"])
    articles, _ = readings(tmp_path, data, "a.warc")
    assert articles["a.warc#1"].warnings == ("the crawl cut the page off (length)",)


def test_old_crawls_are_read_too(tmp_path: Path) -> None:
    answer = response(page("Gozo"))
    head = b"1 0 Alexa\nURL IP-address Archive-date Content-type Archive-length\n"
    data = b"filedesc://a.arc 0.0.0.0 20010203000000 text/plain %d\n%b\n" % (len(head), head)
    data += b"%b 1.2.3.4 20010203000000 text/html %d\n%b\n" % (URL.encode(), len(answer), answer)
    articles, _ = readings(tmp_path, data, "a.arc")
    assert [(article.url, article.published) for article in articles.values()] == [(URL, None)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_truncated_crawl_is_flagged_and_the_records_before_are_kept(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    data = b"".join(pack(record(response(page(f"Gozo {n}")), f"{URL}{n}")) for n in range(5))
    articles, refused = readings(tmp_path, data[:-60], "a.warc")
    assert list(articles) == ["a.warc#1", "a.warc#2", "a.warc#3", "a.warc#4"]
    assert "truncated" in refused["a.warc"]


def test_a_bad_record_spares_the_others_where_its_end_is_known(tmp_path: Path) -> None:
    bad = [record(b"nonsense", URL), record(response(b"x", ["Content-Type: text/html", "Content-Encoding: br"]), URL)]
    data = b"".join([*bad, record(response(b""), URL), record(response(page("Gozo")), URL)])
    articles, refused = readings(tmp_path, data, "a.warc")
    assert list(articles) == ["a.warc#4"]
    assert [refused[f"a.warc#{n}"].split(" ")[1] for n in (1, 2, 3)] == ["no", "packed", "empty;"]


def test_a_header_without_end_and_a_wrong_length_end_a_crawl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(crawls, "LONGEST_HEADER", 100_000)
    good = record(response(page("Gozo")), URL)
    _, refused = readings(tmp_path, good + b"WARC/1.0\r\nX: " + b"a" * 300_000, "a.warc")
    assert "header has no end" in refused["a.warc"]
    short = good.replace(b"Content-Length: ", b"Content-Length: 1\r\nX: ", 1)
    _, refused = readings(tmp_path, good + short + good, "b.warc")
    assert "damaged or truncated WARC file after record 2" in refused["b.warc"]
    assert capsys.readouterr().err == ""


# -- feeds ----------------------------------------------------------------------------------------------------------


def test_a_feed_gives_its_entries_with_address_day_and_source(tmp_path: Path) -> None:
    item = f"""<item><title>Envoy &amp;amp; minister meet</title><link>{URL}&amp;b=2</link>
      <description>Short.</description><pubDate>Mon, 08 Feb 2021 23:00:00 -0700</pubDate><media:title>no</media:title>
      <content:encoded><![CDATA[<p>{SENTENCE}</p><p>They spoke of trade.</p>]]></content:encoded></item>"""
    articles, refused = readings(tmp_path, rss(item), "a.rss")
    article = articles["a.rss#1"]
    assert (article.title, article.url) == ("Envoy & minister meet", f"{URL}&b=2")
    assert (article.published, article.publisher) == ("2021-02-08", "The Malta Gazette")
    assert article.text[article.body_start :] == f"{SENTENCE}\n\nThey spoke of trade."
    assert (article.warnings, refused) == ((), {})


def test_an_entry_of_atom_may_be_xhtml_and_point_to_several_things(tmp_path: Path) -> None:
    entry = f"""<entry><title type="html">Envoy &lt;b&gt;meets&lt;/b&gt; minister</title>
      <link rel="enclosure" href="https://gazette.example/a.mp3"/><link href="{URL}"/><id>urn:uuid:1</id>
      <published>2021-02-08T01:02:03Z</published><updated>2021-03-01T00:00:00Z</updated>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{SENTENCE}</p><p>So <b>it</b> was.</p></div>
      </content></entry>"""
    articles, _ = readings(tmp_path, atom(entry), "a.xml")
    article = articles["a.xml#1"]
    assert (article.title, article.url, article.published) == ("Envoy meets minister", URL, "2021-02-08")
    assert article.text.endswith(f"{SENTENCE}\n\nSo it was.")


def test_an_entry_taken_over_names_its_source_and_a_day_of_change_is_told(tmp_path: Path) -> None:
    entry = f"""<entry><title>Envoy meets minister</title><id>{URL}</id><updated>2021-03-01T00:00:00Z</updated>
      <source><title>Gozo Post</title></source><content>{SENTENCE}</content></entry>"""
    articles, _ = readings(tmp_path, atom(entry), "a.atom")
    article = articles["a.atom#1"]
    assert (article.publisher, article.published, article.url) == ("Gozo Post", "2021-03-01", URL)
    assert "only the date of an update" in article.warnings[0]


def test_a_summary_is_flagged_and_an_entry_without_text_refused(tmp_path: Path) -> None:
    items = (
        f"<item><guid>{URL}</guid><description>{SENTENCE}</description></item>",
        "<item><title>Envoy</title></item>",
    )
    articles, refused = readings(tmp_path, rss(*items), "a.rss")
    assert "summary" in articles["a.rss#1"].warnings[0] and articles["a.rss#1"].url == URL
    assert refused == {"a.rss#2": "is an entry without a text; fetch the article it points to"}


def test_a_feed_of_rdf_is_read(tmp_path: Path) -> None:
    data = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Gozo Post</title></channel>
      <item><title>Envoy meets minister</title><link>{URL}</link><dc:date>2021-02-08</dc:date>
      <description>{SENTENCE}</description></item></rdf:RDF>""".encode()
    articles, _ = readings(tmp_path, data, "a.rdf")
    article = articles["a.rdf#1"]
    assert (article.publisher, article.published, article.url) == ("Gozo Post", "2021-02-08", URL)


def test_the_commonest_faults_of_feeds_are_mended(tmp_path: Path) -> None:
    item = f"<item><title>Envoy & minister&nbsp;meet at caf&eacute;</title><description>{SENTENCE}</description></item>"
    articles, refused = readings(tmp_path, rss(item, title="Malta & Gozo").replace(b"utf-8", b"x"), "a.rss")
    assert (articles["a.rss#1"].title, articles["a.rss#1"].publisher) == (
        "Envoy & minister meet at café",
        "Malta & Gozo",
    )
    assert refused == {}


def test_what_comes_before_a_fault_of_a_feed_is_read(tmp_path: Path) -> None:
    item = f"<item><description>{SENTENCE}</description></item>"
    articles, refused = readings(tmp_path, rss(item, "<item></b></item>", item), "a.rss")
    assert list(articles) == ["a.rss#1"]
    assert "no well-formed XML" in refused["a.rss"]


@pytest.mark.parametrize(
    "declared",
    ['<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">', '<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY % a "b">'],
)
def test_entities_of_a_feed_are_never_followed(tmp_path: Path, declared: str) -> None:
    item = f"<item><title>&a;</title><description>{SENTENCE}</description></item>"
    data = rss(item).replace(b"<rss", f"<!DOCTYPE rss [{declared}]><rss".encode())
    articles, refused = readings(tmp_path, data, "a.rss")
    assert (articles, list(refused)) == ({}, ["a.rss"])
    assert "defines entities of its own" in refused["a.rss"]


@pytest.mark.parametrize("data", [rss(), atom(), b"<?xml version='1.0'?><a><b/></a>"])
def test_xml_without_entries_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "without entries" in readings(tmp_path, data, "a.xml")[1]["a.xml"]


# -- data files of other tools --------------------------------------------------------------------------------------


def test_the_address_that_trafilatura_calls_source_is_no_publisher(tmp_path: Path) -> None:
    data = {"title": "Envoy meets minister", "date": "2021-02-08", "source": URL, "source-hostname": "Gozo Post"}
    articles, _ = readings(tmp_path, json.dumps({**data, "text": SENTENCE}).encode(), "a.json")
    article = articles["a.json"]
    assert (article.url, article.publisher, article.published) == (URL, "Gozo Post", "2021-02-08")


def test_a_json_feed_is_read(tmp_path: Path) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Gozo Post", "items": [
        {"id": "1", "url": URL, "title": "Envoy meets minister", "content_html": f"<p>{SENTENCE}</p>"}]}  # fmt: skip
    articles, _ = readings(tmp_path, json.dumps(feed).encode(), "feed.json")
    assert articles["feed.json#1"].url == URL


def test_plain_files_load_no_library_of_crawls_or_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    code = "import sys, kg.articles as a; print(len([*a.read(['a.txt'])]), {'warcio', 'defusedxml'} & {*sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert done.stdout.strip() == "1 set()"


def test_spark_carries_all_that_is_known_of_a_source() -> None:
    columns = [field.split(" ")[0] for field in spark._SOURCES.split(", ")]
    assert columns == list(Source.__struct_fields__)
    source = Source("/a.warc#1", "a.warc#1", ".html", b"x", URL, "utf-8", ("the crawl cut the page off (length)",))
    assert spark._source_row(source) == tuple(getattr(source, column) for column in columns)
