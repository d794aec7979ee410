"""Reads the site's exports with the programs that researchers read them with, and fails where they find anything else than the page counts
(rows R7 to R14): Frictionless for the package, pandas for CSV and XLSX, DuckDB for CSV and Parquet."""

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
    return json.dumps({"record": "case", **case}) + "\n"


def check_all(site):
    """Each query, in each format."""
    for query in QUERIES:
        with tempfile.TemporaryDirectory() as folder:
            check(site, query, folder)
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

    relation = duckdb.sql(f"SELECT id, title, revision, population FROM read_parquet('{paths['parquet']}')")
    assert [str(kind) for kind in relation.types] == ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT"], relation.types
    assert {row[0]: row[1] for row in relation.fetchall()} == titles, f"Parquet of {query}"

    check_workbook(paths["xlsx"], ids, titles, query)
    check_package(paths["zip"], ids, query)


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
