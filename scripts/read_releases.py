"""Reads releases of the dataset as others do, and fails where they find anything else than what the command made (rows R15, R17 and R18):
sha256sum and Debian's minisign for what is fetched, Frictionless and pandas for what is in it, rdflib for what search engines and catalogues are told."""

import hashlib
import html
import json
import os
import re
import subprocess
import tempfile
import urllib.error
import urllib.request
import zipfile
from html.parser import HTMLParser

import pandas
import rdflib
import rdflib.compare
from rdflib.namespace import DCTERMS, RDF, XSD

import read_exports
from read_exports import fetch
from served import read

SCHEMA = rdflib.Namespace("https://schema.org/")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
ADMS = rdflib.Namespace("http://www.w3.org/ns/adms#")
# What a release is said to be: words that end a script, a tag, a string or a statement where they are not escaped.
HOSTILE = "</script><!--<script> \"\"\" '; <b>&amp; \\u003c \\ . @en ^^<x> {{7*7}} ]]>"
# The files of catalogues: their addresses, the size and the checksum of each.
FILES = """
    SELECT ?address ?bytes ?sum WHERE {
        ?release a dcat:Dataset ; dcat:distribution ?file .
        ?file a dcat:Distribution ; dcat:downloadURL ?address ; dcat:byteSize ?bytes ; spdx:checksum ?checksum .
        ?checksum a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue ?sum .
    }"""
PREFIXES = {"dcat": DCAT, "spdx": "http://spdx.org/rdf/terms#"}


def release(program, settings, *arguments, fails=False):
    """What `casebook release` says; whether it ends as it should is looked at."""
    done = subprocess.run([program, "release", *arguments], env=settings, capture_output=True, encoding="utf-8", timeout=120)
    assert (done.returncode != 0) == fails, f"casebook release {arguments} ends with {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def make(program, settings, *arguments):
    """Makes a release: the version, and the checksum of each file by its name."""
    said = release(program, settings, "make", *arguments)
    files = {name: sum for sum, name in re.findall(r"^([0-9a-f]{64})  (\S+) \(\d+ bytes\)$", said, re.MULTILINE)}
    assert len(files) == 5, said
    return re.search(r"^Release (\S+) ", said, re.MULTILINE)[1], files


def check_all(program, here, first, folder):
    """FIRST is a release that was made before the hostile case came; another is made now. The pages that can be cited."""
    site, settings = here.site, here.settings
    key = release(program, settings, "key").strip()
    dry = [make(program, settings, "--dry-run", "--note", HOSTILE) for _ in range(2)]
    assert dry[0] == dry[1], f"one set, one day, two releases: {dry}"
    made = make(program, settings, "--note", HOSTILE)
    assert made == dry[0], f"what was tried is not what was made: {dry[0]}, {made}"
    check_nothing(program, settings, f"{folder}.empty")
    for version, files in (first, made):
        with tempfile.TemporaryDirectory() as place:
            commands = check_files(site, version, files, key, place)
            check_tampering(program, settings, files, key, commands, place)
    with tempfile.TemporaryDirectory() as place:
        check_content(site, *first, *made, place)
    check_catalogues(site, [first, made], check_pages(site, [first, made]))
    return [f"/datasets/{version}" for version, _ in (first, made)]


def check_nothing(program, settings, folder):
    """Where no case is public there is nothing to release, and the command says so."""
    settings = {**settings, "CASEBOOK_DATA_FOLDER": folder, "CASEBOOK_INSTANCE_SEED": "never"}
    assert "nothing to release" in release(program, settings, "make", fails=True)
    assert "no release yet" in release(program, settings, "list")


def check_files(site, version, files, key, place):
    """Everything that the page links is fetched into a folder and is what was signed."""
    page = read(f"{site}/datasets/{version}")
    linked = set(re.findall(rf'href="(?:{re.escape(site)})?/datasets/{re.escape(version)}/([^"/]+)"', page))
    assert linked == set(files), f"the page of {version} links {linked}"
    words = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)))
    untold = [name for name, sum in files.items() if sum not in words]
    assert not untold, f"the page of {version} tells no checksum of {untold}"
    told = set(re.findall(r"(?<![\w+/])RW[\w+/]{54}(?![\w+/])", words))
    assert told == {key}, f"the page of {version} tells the keys {told}, not {key}"
    for name, sum in files.items():
        content = check_answer(f"{site}/datasets/{version}/{name}")
        assert hashlib.sha256(content).hexdigest() == sum, f"{name} of {version} is not what was made"
        with open(os.path.join(place, name), "wb") as file:
            file.write(content)
    [commands] = [html.unescape(shown) for shown in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL) if "minisign" in shown]
    for command in (commands, "sha256sum --check --strict SHA256SUMS", f"minisign -Vm SHA256SUMS -P {key}"):
        done = run(command, place)
        assert done.returncode == 0, f"{command} refuses {version}: {done.stdout}"
    return commands


def check_answer(address):
    """What is fetched, with the same promised by HEAD, and nothing sent again to whoever has it."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        content, headers = answer.read(), answer.headers
    assert int(headers["Content-Length"]) == len(content), f"{address}: {headers}"
    assert "Last-Modified" not in headers, f"{address} tells when a file was written: {headers}"
    with urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=60) as answer:
        assert answer.headers["Content-Length"] == headers["Content-Length"] and answer.headers["ETag"] == headers["ETag"], f"HEAD of {address}"
    try:
        urllib.request.urlopen(urllib.request.Request(address, headers={"If-None-Match": headers["ETag"]}), timeout=60).close()
    except urllib.error.HTTPError as answer:
        assert answer.code == 304, f"{address} is asked for again: {answer}"
    else:
        raise AssertionError(f"{address} is sent again to whoever has it")
    return content


def run(commands, place):
    """What a shell says to them in a folder; the first that fails ends it."""
    environment = {**os.environ, "LC_ALL": "C"}
    shell = ["sh", "-e", "-c", commands]
    return subprocess.run(shell, cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=60)


def check_tampering(program, settings, files, key, commands, place):
    """One byte of one file, and neither the program nor the commands of the page take the release for what it was."""
    whole = ["verify", "--folder", place, "--public-key", key]
    release(program, settings, *whole)
    for name in files:
        path = os.path.join(place, name)
        with open(path, "rb") as file:
            original = file.read()
        middle = len(original) // 2
        with open(path, "wb") as file:
            file.write(original[:middle] + bytes([original[middle] ^ 1]) + original[middle + 1 :])
        said = release(program, settings, *whole, fails=True)
        assert name in said, f"one byte of {name} is another, and it is not named: {said}"
        refused = run(commands, place)
        assert refused.returncode != 0, f"one byte of {name} is another, and it passes: {refused.stdout}"
        # The signature stands over the checksums, and the checksums over everything else.
        assert name.startswith("SHA256SUMS") or f"{name}: FAILED" in refused.stdout, refused.stdout
        with open(path, "wb") as file:
            file.write(original)
    release(program, settings, *whole)
    assert run(commands, place).returncode == 0


def check_content(site, before, _, version, files, place):
    """The package holds what is public, and the change log the one case that came since the release before."""
    documents = {case["id"]: case for case in map(json.loads, read(f"{site}/cases.jsonl").splitlines())}
    path = os.path.join(place, "release.zip")
    with open(path, "wb") as file:
        file.write(fetch(f"{site}/datasets/{version}/casebook-{version}.zip"))
    read_exports.check_package(path, sorted(documents), f"release {version}")
    with zipfile.ZipFile(path) as archive:
        lines = archive.read("cases.jsonl").decode("utf-8").splitlines()
        titles = {case["id"]: case["title"] for case in map(json.loads, lines)}
    assert titles == {id: case["title"] for id, case in documents.items()}, f"titles in release {version}"
    old = os.path.join(place, "old.zip")
    with open(old, "wb") as file:
        file.write(fetch(f"{site}/datasets/{before}/casebook-{before}.zip"))
    with zipfile.ZipFile(old) as archive:
        known = {json.loads(line)["id"] for line in archive.read("cases.jsonl").splitlines()}
    [new] = set(documents) - known
    [change] = pandas.read_csv(f"{site}/datasets/{version}/changes.csv", dtype=str, keep_default_na=False).to_dict("records")
    title = documents[new]["title"]["text"]
    defused = "'" + title if title[0] in "=+-@'\t\r" else title
    assert (change["case"], change["title"]) == (new, defused) and "added" in change.values(), change
    # What Markdown would take for its own is marked there.
    log = re.sub(r"\\([^\w\s])", r"\1", fetch(f"{site}/datasets/{version}/CHANGELOG.md").decode("utf-8"))
    assert f"\n\n{HOSTILE}\n\n" in log, f"the change log without its note: {log}"


class DataBlocks(HTMLParser):
    """The JSON-LD of a page, as a browser finds it."""

    def __init__(self, page):
        super().__init__()
        self.found, self.within = [], False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.within = tag == "script" and ("type", "application/ld+json") in attributes
        if self.within:
            self.found.append("")

    def handle_data(self, data):
        if self.within:
            self.found[-1] += data

    def handle_endtag(self, tag):
        self.within = False


def linked_data(text, address):
    """The statements of a document in JSON-LD. The words of schema.org stand for themselves, so that nothing has to be fetched."""
    document = json.loads(text)
    assert document["@context"].rstrip("/") == "https://schema.org", f"{address}: {document['@context']}"
    return rdflib.Graph().parse(data=json.dumps({**document, "@context": {"@vocab": str(SCHEMA)}}), format="json-ld", publicID=address)


def check_pages(site, releases):
    """What search engines are told on the pages; the description of each release."""
    graphs = {}
    for address in [f"{site}/datasets", *(f"{site}/datasets/{version}" for version, _ in releases)]:
        [text] = DataBlocks(read(address)).found
        graphs[address] = linked_data(text, address)
        alone = linked_data(read(f"{address}.jsonld"), address)
        assert rdflib.compare.isomorphic(alone, graphs[address]), f"{address}.jsonld says something else than the page"
    catalogue = graphs[f"{site}/datasets"]
    [root] = catalogue.subjects(SCHEMA.dataset, None, unique=True)
    assert (root, RDF.type, SCHEMA.DataCatalog) in catalogue, f"/datasets is no catalogue but {root}"
    newest = f"{site}/datasets/{releases[-1][0]}"
    listed = set(catalogue.objects(root, SCHEMA.dataset))
    assert rdflib.URIRef(newest) in listed and len(listed) == 2, f"/datasets tells {listed}"
    for node in listed:
        check_dataset(catalogue, node)
    check_published(catalogue, newest, *releases[-1])
    for version, files in releases:
        address = f"{site}/datasets/{version}"
        check_dataset(graphs[address], rdflib.URIRef(address))
        check_published(graphs[address], address, version, files)
        check_variables(graphs[address], address)
    return {version: one(graphs[f"{site}/datasets/{version}"], f"{site}/datasets/{version}", "description") for version, _ in releases}


def one(graph, node, name):
    """The one value of a property."""
    values = list(graph.objects(rdflib.URIRef(node), SCHEMA[name]))
    assert len(values) == 1, f"{node} has {len(values)} times {name}"
    return values[0]


def check_dataset(graph, node):
    """What Google's guidelines for datasets ask for (row R18)."""
    assert (node, RDF.type, SCHEMA.Dataset) in graph, f"{node} is no dataset"
    assert str(one(graph, node, "name")).strip(), f"{node} has no name"
    assert 50 <= len(one(graph, node, "description")) <= 5000, f"{node}: {one(graph, node, 'description')}"
    assert fetch(str(one(graph, node, "url"))), f"{node} has no page"
    assert re.fullmatch(r"https://creativecommons\.org/\S+", str(one(graph, node, "license"))), one(graph, node, "license")
    creator = one(graph, node, "creator")
    assert (creator, RDF.type, SCHEMA.Organization) in graph and graph.value(creator, SCHEMA.name), f"{node} has nobody who made it"
    catalogue = one(graph, node, "includedInDataCatalog")
    assert (catalogue, RDF.type, SCHEMA.DataCatalog) in graph and graph.value(catalogue, SCHEMA.name), f"{node} is in no catalogue"
    assert one(graph, node, "isAccessibleForFree").toPython() is True, f"{node} costs something"
    years = re.fullmatch(r"(\d{4})/(\d{4})", one(graph, node, "temporalCoverage"))
    assert years and years[1] <= years[2], f"{node}: {one(graph, node, 'temporalCoverage')}"
    assert list(graph.objects(node, SCHEMA.keywords)) and list(graph.objects(node, SCHEMA.spatialCoverage)), f"{node} is nowhere"
    files = list(graph.objects(node, SCHEMA.distribution))
    assert files, f"{node} has no files"
    for file in files:
        assert (file, RDF.type, SCHEMA.DataDownload) in graph and graph.value(file, SCHEMA.encodingFormat), f"a file of {node}"
        content, sum = fetch(str(graph.value(file, SCHEMA.contentUrl))), graph.value(file, SCHEMA.sha256)
        assert content and sum in (None, rdflib.Literal(hashlib.sha256(content).hexdigest())), f"a file of {node} has another checksum"


def check_published(graph, address, version, files):
    """A release says which it is, from which day, and gives every file of data with its checksum."""
    assert str(one(graph, address, "version")) == version, address
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(one(graph, address, "datePublished"))), address
    told = {}
    for file in graph.objects(rdflib.URIRef(address), SCHEMA.distribution):
        place, sum = (str(graph.value(file, name)) for name in (SCHEMA.contentUrl, SCHEMA.sha256))
        told[place] = sum
    assert told == data_files(address, files), f"{address} tells {told}"


def data_files(address, files):
    """What is not there only to verify the rest: checksums by address."""
    return {f"{address}/{name}": sum for name, sum in files.items() if not name.startswith("SHA256SUMS")}


def check_variables(graph, address):
    """Every field has a name, words and a place in the codebook."""
    variables = list(graph.objects(rdflib.URIRef(address), SCHEMA.variableMeasured))
    assert len(variables) > 20, f"{address} tells {len(variables)} fields"
    pages = set()
    for variable in variables:
        assert (variable, RDF.type, SCHEMA.PropertyValue) in graph, f"{address}: {variable}"
        for name in ("name", "description", "propertyID"):
            assert str(graph.value(variable, SCHEMA[name]) or "").strip(), f"{address}: a field without {name}"
        pages.add(str(graph.value(variable, SCHEMA.url)).partition("#")[0])
    assert all(fetch(page) for page in pages)


def check_catalogues(site, releases, descriptions):
    """What catalogues are told in Turtle: of each release alone, and of all together."""
    turtle = lambda path: rdflib.Graph().parse(data=read(f"{site}{path}"), format="turtle")
    together = turtle("/datasets.ttl")
    expected = {}
    for version, files in releases:
        address = f"{site}/datasets/{version}"
        expected |= data_files(address, files)
        alone = turtle(f"/datasets/{version}.ttl")
        assert told_files(alone) == data_files(address, files), f"files of {version} in Turtle"
        for graph in (alone, together):
            check_entry(graph, rdflib.URIRef(address), version, descriptions[version])
        assert together.value(None, DCAT.dataset, rdflib.URIRef(address)), f"{address} is not in the catalogue"
    assert told_files(together) == expected, f"the catalogue tells {told_files(together)}"
    (before, _), (last, _) = releases
    notes = list(together.objects(rdflib.URIRef(f"{site}/datasets/{last}"), ADMS.versionNotes))
    assert [str(note) for note in notes] == [HOSTILE], notes
    assert (rdflib.URIRef(f"{site}/datasets/{last}"), DCAT.prev, rdflib.URIRef(f"{site}/datasets/{before}")) in together


def check_entry(graph, node, version, description):
    """A release is the same to catalogues as to search engines."""
    assert (node, RDF.type, DCAT.Dataset) in graph, f"{node} is no dataset"
    assert str(graph.value(node, DCAT.version)) == version, node
    assert str(graph.value(node, DCTERMS.description)) == str(description), f"{node} is described twice"
    assert graph.value(node, DCTERMS.issued).datatype == XSD.date, node
    for name in (DCTERMS.title, DCTERMS.license, DCTERMS.publisher, DCTERMS.temporal, DCTERMS.spatial, DCAT.inSeries):
        assert graph.value(node, name), f"{node} has no {name}"


def told_files(graph):
    """Checksums by address, of files that are as large as is said."""
    told = {}
    for address, size, sum in graph.query(FILES, initNs=PREFIXES):
        assert len(fetch(str(address))) == int(size), f"{address} has not {size} bytes"
        told[str(address)] = sum.toPython().hex() if sum.datatype == XSD.hexBinary else str(sum)
    return told
