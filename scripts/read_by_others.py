"""Reads the site's citations with the field's own parsers, and fails where they find anything else than what the page says (row R17);
then its exports (read_exports.py)."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, RemoveEnclosingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

import read_exports

AUTHOR = "Casebook collection"


def main(program, folder):
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        listen = "127.0.0.1:%d" % chosen.getsockname()[1]
    settings = {
        "CASEBOOK_DATA_FOLDER": folder,
        "CASEBOOK_INSTANCE_SEED": "always",
        "CASEBOOK_SERVER_LISTEN": listen,
        "CASEBOOK_SERVER_OPERATIONS_LISTEN": "",
        "CASEBOOK_SERVER_PUBLIC_URL": f"http://{listen}",
    }
    log = open(f"{folder}.log", "w+", encoding="utf-8")
    site = subprocess.Popen([program, "serve"], env={**os.environ, **settings}, stdout=log, stderr=log)
    try:
        wait_for(f"http://{listen}/healthz", log)
        documents = [json.loads(line) for line in read(f"http://{listen}/cases.jsonl").splitlines()]
        cases = [document["id"] for document in documents]
        pages = [f"/cases/{case}/r/1" for case in cases]
        pages += [f"/compare?case={cases[0]}&case={cases[1]}", "/cases", "/cases?f.domain=mobility", "/cases?q=%C3%BC+%26+%25+%7B%7D"]
        for page in pages:
            check(f"http://{listen}", page)
        print(f"{len(pages)} citations were read in three formats")
        more = f"{folder}.jsonl"
        with open(more, "w", encoding="utf-8") as file:
            file.write(read_exports.hostile(documents))
        subprocess.run([program, "import", more], env={**os.environ, **settings}, check=True, stdout=log, stderr=log)
        wait_until_found(f"http://{listen}/cases?q=HYPERLINK", log)
        print(f"{read_exports.check_all(f'http://{listen}')} sets were read in six formats")
    finally:
        site.terminate()
        site.wait()


def check(site, page):
    """Each format tells the same title, author, address and day."""
    path, _, query = page.partition("?")
    file = lambda ending: read(f"{site}{path}.{ending}" + (f"?{query}" if query else ""))
    [csl] = json.loads(file("csl.json"))
    title, address = csl["title"], csl["URL"]
    assert csl["author"] == [{"literal": AUTHOR}], csl
    assert urllib.request.urlopen(address).status == 200, f"{address} does not lead back"

    bibtex = file("bib")
    plain = bibtexparser.parse_string(bibtex, append_middleware=[RemoveEnclosingMiddleware()])
    assert plain.entries[0].fields_dict["url"].value == address, f"{page}: {bibtex}"
    library = bibtexparser.parse_string(bibtex, append_middleware=[RemoveEnclosingMiddleware(), LatexDecodingMiddleware()])
    assert not library.failed_blocks and len(library.entries) == 1, f"{page}: {library.failed_blocks}"
    entry = library.entries[0]
    told = {name: field.value.strip("{}") for name, field in entry.fields_dict.items()}
    assert (told["title"], told["author"]) == (title, AUTHOR), f"{page}: {told}"
    assert entry.key == csl["id"], f"{page}: {entry.key}"

    [record] = rispy.loads(file("ris"))
    assert (record["title"], record["authors"], record["urls"]) == (title, [AUTHOR], [address]), f"{page}: {record}"
    assert record["access_date"].replace("/", "-") == told["urldate"], f"{page}: {record}"

    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([csl]), formatter.plain)
    bibliography.register(Citation([CitationItem(csl["id"])]))
    [line] = [str(item) for item in bibliography.bibliography()]
    assert AUTHOR in line and title[:20] in line, f"{page}: {line}"


def read(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode("utf-8")


def wait_for(address, log):
    for _ in range(300):
        try:
            read(address)
            return
        except OSError:
            time.sleep(0.2)
    log.seek(0)
    raise SystemExit(f"{address} does not answer:\n{log.read()}")


def wait_until_found(address, log):
    """The text index learns of an import by a job."""
    for _ in range(300):
        if 'name="case"' in read(address):
            return
        time.sleep(0.2)
    log.seek(0)
    raise SystemExit(f"{address} finds nothing:\n{log.read()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
