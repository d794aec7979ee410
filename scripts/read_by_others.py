"""Reads the site's citations with the field's own parsers, and fails where they find anything else than what the page says (row R17);
then its exports (read_exports.py) and its releases (read_releases.py)."""

import json
import subprocess
import sys
import urllib.request

import bibtexparser
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, RemoveEnclosingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

import read_exports
import read_releases
from served import read, served, wait_until

AUTHOR = "Casebook collection"


def main(program, folder):
    with served(program, folder) as here:
        site, log = here.site, here.log
        documents = [json.loads(line) for line in read(f"{site}/cases.jsonl").splitlines()]
        cases = [document["id"] for document in documents]
        pages = [f"/cases/{case}/r/1" for case in cases]
        pages += [f"/compare?case={cases[0]}&case={cases[1]}", "/cases", "/cases?f.domain=mobility", "/cases?q=%C3%BC+%26+%25+%7B%7D"]
        for page in pages:
            check(site, page)
        print(f"{len(pages)} citations were read in three formats")
        first = read_releases.make(program, here.settings)
        more = f"{folder}.jsonl"
        with open(more, "w", encoding="utf-8") as file:
            file.write(read_exports.hostile(documents))
        subprocess.run([program, "import", more], env=here.settings, check=True, stdout=log, stderr=log)
        # The text index learns of an import by a job.
        wait_until(lambda: 'name="case"' in read(f"{site}/cases?q=HYPERLINK"), "what was imported is not found", log)
        print(f"{read_exports.check_all(site)} sets were read in six formats")
        releases = read_releases.check_all(program, here, first, folder)
        for page in releases:
            check(site, page)
            check_release(site, page)
        print(f"{len(releases)} releases were fetched, verified, read and cited")


def check(site, page):
    """Each format tells the same title, author, year, address and day."""
    path, _, query = page.partition("?")
    file = lambda ending: read(f"{site}{path}.{ending}" + (f"?{query}" if query else ""))
    [csl] = json.loads(file("csl.json"))
    title, address = csl["title"], csl["URL"]
    assert csl["author"] == [{"literal": AUTHOR}], csl
    year = str(csl["issued"]["date-parts"][0][0])
    assert urllib.request.urlopen(address).status == 200, f"{address} does not lead back"

    bibtex = file("bib")
    plain = bibtexparser.parse_string(bibtex, append_middleware=[RemoveEnclosingMiddleware()])
    assert plain.entries[0].fields_dict["url"].value == address, f"{page}: {bibtex}"
    library = bibtexparser.parse_string(bibtex, append_middleware=[RemoveEnclosingMiddleware(), LatexDecodingMiddleware()])
    assert not library.failed_blocks and len(library.entries) == 1, f"{page}: {library.failed_blocks}"
    entry = library.entries[0]
    told = {name: field.value.strip("{}") for name, field in entry.fields_dict.items()}
    assert (told["title"], told["author"], told["year"]) == (title, AUTHOR, year), f"{page}: {told}"
    assert entry.key == csl["id"], f"{page}: {entry.key}"

    [record] = rispy.loads(file("ris"))
    assert (record["title"], record["authors"], record["urls"]) == (title, [AUTHOR], [address]), f"{page}: {record}"
    assert record["year"] == year, f"{page}: {record}"
    assert record["access_date"].replace("/", "-") == told["urldate"], f"{page}: {record}"

    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([csl]), formatter.plain)
    bibliography.register(Citation([CitationItem(csl["id"])]))
    [line] = [str(item) for item in bibliography.bibliography()]
    assert all(part in line for part in (AUTHOR, year, title[:20])), f"{page}: {line}"


def check_release(site, page):
    """Of a release each format also tells the version, the day on which it was made, and the publisher."""
    described = json.loads(read(f"{site}{page}.jsonld"))
    version, day = described["version"], described["datePublished"]
    [csl] = json.loads(read(f"{site}{page}.csl.json"))
    assert (csl["title"], csl["version"], csl["publisher"]) == (described["name"], version, AUTHOR), f"{page}: {csl}"
    assert csl["issued"] == {"date-parts": [[int(part) for part in day.split("-")]]}, f"{page}: {csl}"

    library = bibtexparser.parse_string(read(f"{site}{page}.bib"), append_middleware=[RemoveEnclosingMiddleware()])
    [entry] = library.entries
    told = {name: field.value.strip("{}") for name, field in entry.fields_dict.items()}
    assert (entry.entry_type, told["version"], told["publisher"]) == ("dataset", version, AUTHOR), f"{page}: {told}"
    assert (told["date"], told["year"]) == (day, day[:4]), f"{page}: {told}"

    [record] = rispy.loads(read(f"{site}{page}.ris"))
    assert (record["edition"], record["publisher"]) == (version, AUTHOR), f"{page}: {record}"
    assert (record["date"].replace("/", "-"), record["year"]) == (day, day[:4]), f"{page}: {record}"


if __name__ == "__main__":
    main(*sys.argv[1:])
