"""Reads the site's exports with the programs that researchers read them with, and fails where they find anything else than the page counts
(rows R7 to R14): Frictionless for the package, pandas for CSV, XLSX and Parquet, DuckDB for CSV and Parquet; and runs the lines of pandas that
the page of datasets shows."""

import html
import io
import json
import os
import re
import tempfile
import urllib.request
import zipfile

import duckdb
import frictionless
import openpyxl
import pandas

QUERIES = ["", "f.domain=mobility", "f.country=NL&sort=title", "status.procurement=disputed", "q=HYPERLINK", "q=xylophonist"]
HOSTILE = "=HYPERLINK(\"http://x\"),;\t'\n<b>&amp;"
# Values of one field that hold what stands between values.
LESSONS = [HOSTILE, "Too late; a\\b;\\"]
SUM = 1250000.5


def hostile(cases):
    """The lines of an import: a case with hostile words wherever words can stand."""
    case = next(case for case in cases if case.get("reference"))
    for computed in ("url", "computed"):
        del case[computed]
    case.update(id="00000001", reference=False, title={"text": HOSTILE, "lang": "en"}, summary={"text": HOSTILE, "lang": "en"})
    for part, name in (("narrative", "text"), ("agreements", "label"), ("sources", "title")):
        case[part][0][name] = HOSTILE
    case["viewpoints"][0]["concern"] = {"text": HOSTILE, "lang": "en"}
    case["statements"][0]["note"] = {"text": HOSTILE, "lang": "en"}
    for statement, text in zip((said for said in case["statements"] if said["field"] == "lessons"), LESSONS):
        statement["value"] = {"text": text, "lang": "en"}
    sum_of = next(dict(said) for said in case["statements"] if said["field"] == "instrument")
    sum_of.pop("qualifiers", None)
    sum_of.update(id="t900", field="value", value={"amount": SUM, "currency": "EUR"})
    case["statements"].append(sum_of)
    return json.dumps({"record": "case", **case}) + "\n"


def check_all(site):
    """Each query, in each format."""
    for query in QUERIES:
        with tempfile.TemporaryDirectory() as folder:
            check(site, query, folder)
    with tempfile.TemporaryDirectory() as folder:
        check_what_is_shown(site, folder)
    return len(QUERIES)


def check(site, query, folder):
    page = fetch(f"{site}/cases?{query}").decode("utf-8")
    ids = sorted(set(re.findall(r'name="case" value="([0-9A-Z]{8})"', page)))
    assert query != "q=xylophonist" or not ids, f"{query} finds nothing: {ids}"
    files = {ending: fetch(f"{site}/cases.{ending}?{query}") for ending in ("csv", "json", "jsonl", "xlsx", "parquet", "zip")}
    paths = {}
    for ending, content in files.items():
        paths[ending] = os.path.join(folder, f"cases.{ending}")
        with open(paths[ending], "wb") as file:
            file.write(content)

    whole = json.loads(files["json"])
    assert sorted(case["id"] for case in whole["cases"]) == ids and whole["count"] == len(ids), f"JSON of {query}"
    assert sorted(json.loads(line)["id"] for line in files["jsonl"].splitlines()) == ids, f"JSON Lines of {query}"
    titles = {case["id"]: case["title"]["text"] for case in whole["cases"]}
    defused = {id: "'" + title if title[0] in "=+-@'\t\r" else title for id, title in titles.items()}

    table = pandas.read_csv(io.BytesIO(files["csv"]), dtype={"id": str}, keep_default_na=False)
    assert sorted(table["id"]) == ids, f"CSV of {query}, read by pandas"
    assert dict(zip(table["id"], table["title"])) == defused, f"titles in the CSV of {query}"
    rows = duckdb.sql(f"SELECT id, title FROM read_csv('{paths['csv']}', header = true, all_varchar = true, quote = '\"', delim = ',')").fetchall()
    assert dict(rows) == defused, f"CSV of {query}, read by DuckDB"

    check_parquet(paths["parquet"], whole["cases"], titles, query)

    check_workbook(paths["xlsx"], ids, titles, query)
    check_package(paths["zip"], ids, query)


def check_parquet(path, cases, titles, query):
    """Texts are texts, counts and sums are numbers, and what has several values is a list of as many as the document has."""
    columns = 'id, title, revision, population, country, lessons, "lessons.status", "lessons.rank", "vendor", "vendor.role", "value.min"'
    relation = duckdb.sql(f"SELECT {columns} FROM read_parquet('{path}')")
    kinds = ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "VARCHAR[]", "VARCHAR[]", "VARCHAR[]", "VARCHAR[]", "VARCHAR[]", "VARCHAR[]", "DOUBLE[]"]
    assert [str(kind) for kind in relation.types] == kinds, relation.types
    rows = {row[0]: row[1:] for row in relation.fetchall()}
    assert {id: row[0] for id, row in rows.items()} == titles, f"Parquet of {query}"
    table = pandas.read_parquet(path).set_index("id")
    assert len(table) == len(rows), f"Parquet of {query}, read by pandas"
    for case in cases:
        _, _, _, countries, lessons, statuses, ranks, vendors, roles, sums = rows[case["id"]]
        said = said_of(case, "lessons")
        assert sorted(lessons) == sorted(said) and len(statuses) == len(said), f"lessons of {case['id']} in the Parquet of {query}: {lessons}"
        assert len(ranks) == len(said) and set(ranks) <= {"preferred", "normal"}, f"ranks of {case['id']} in the Parquet of {query}: {ranks}"
        parts = [(part["organisation"], part["role"]) for part in case["involvements"] if "organisation" in part and part["rank"] != "superseded"]
        assert list(zip(vendors, roles, strict=True)) == parts, f"organisations of {case['id']} in the Parquet of {query}: {vendors}, {roles}"
        assert countries == case["place"].get("countries", []), f"countries of {case['id']} in the Parquet of {query}"
        assert sums == ([SUM] if case["id"] == "00000001" else []), f"sums of {case['id']} in the Parquet of {query}: {sums}"
        assert list(table["lessons"][case["id"]]) == lessons, f"Parquet of {query}: pandas and DuckDB differ"


def said_of(case, field):
    """The texts that a document says of a field, without superseded ones."""
    said = [statement for statement in case["statements"] if statement["field"] == field and statement["rank"] != "superseded"]
    return [statement.get("value", {}).get("text") for statement in said]


def check_what_is_shown(site, folder):
    """The lines of pandas that the page of datasets shows do what the page says of them, beside the files that they name."""
    page = fetch(f"{site}/datasets").decode("utf-8")
    shown = [html.unescape(program) for program in re.findall(r'<code class="python">(.*?)</code>', page, re.S)]
    assert len(shown) == 3, shown
    for ending in ("csv", "parquet", "zip"):
        with urllib.request.urlopen(f"{site}/cases.{ending}") as answer:
            name = answer.headers.get_filename()
            with open(os.path.join(folder, name), "wb") as file:
                file.write(answer.read())
    before = os.getcwd()
    os.chdir(folder)
    try:
        package, flat, typed = [run(program) for program in shown]
    finally:
        os.chdir(before)
    tables = package["tables"]
    assert set(tables["cases"]["vocabulary"]) == {"0.1"}, "a version is no number"
    assert str(tables["sources"]["published_from_year"].dtype) == "Int64" and str(tables["cases"]["reference"].dtype) == "boolean"
    assert tables["cases"]["population"].notna().any() and tables["statements"]["amount"].max() == SUM
    documents = [json.loads(line) for line in fetch(f"{site}/cases.jsonl").splitlines()]
    said = {case["id"]: sorted(said_of(case, "lessons")) for case in documents}
    apart = dict(zip(flat["cases"]["id"], flat["lessons"]))
    assert {id: sorted(values) for id, values in apart.items()} == said, apart
    assert sorted(said["00000001"]) == sorted(LESSONS), "the hostile case is among them"
    assert str(typed["cases"]["population"].dtype) == "Int64" and typed["cases"]["population"].isna().any(), "whole numbers with gaps stay whole"
    one_each = typed["lessons"].dropna(subset=["lessons"])
    assert sorted(one_each["lessons"]) == sorted(text for texts in said.values() for text in texts)


def run(program):
    """What a program leaves behind."""
    left = {}
    exec(program, left)
    return left


def check_workbook(path, ids, titles, query):
    sheets = pandas.read_excel(path, sheet_name=None, dtype=str, keep_default_na=False)
    cases = sheets["cases"]
    assert sorted(cases["id"]) == ids, f"XLSX of {query}, read by pandas"
    assert dict(zip(cases["id"], cases["title"])) == titles, f"titles in the XLSX of {query}"
    book = openpyxl.load_workbook(path)
    formulas = [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not formulas, f"formulas in the XLSX of {query}: {formulas}"
    assert "Notes" in sheets


def check_package(path, ids, query):
    report = frictionless.validate(path)
    assert report.valid, f"package of {query}: {report.flatten(['name', 'rowNumber', 'fieldName', 'type', 'note'])[:5]}"
    with zipfile.ZipFile(path) as archive:
        described = json.loads(archive.read("datapackage.json"))
        assert described["casebook"]["count"] == len(ids)
        tables = [resource for resource in described["resources"] if "schema" in resource]
        read = {table["name"]: pandas.read_csv(archive.open(table["path"]), dtype=str, keep_default_na=False) for table in tables}
    assert sorted(read["cases"]["id"]) == ids, f"package of {query}"
    # What is joined by keys is whole: no statement, no source and no answer is lost.
    cited = read["statement_sources"].merge(read["statements"], left_on="statement_id", right_on="id")
    cited = cited.merge(read["sources"], left_on="source_id", right_on="id", suffixes=("", "_source"))
    assert len(cited) == len(read["statement_sources"]), f"statements and sources of {query}"
    answered = read["answers"].merge(read["viewpoints"], left_on="viewpoint_id", right_on="id")
    assert len(answered) == len(read["answers"]), f"answers of {query}"


def fetch(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read()
