"""Judges a report of wapiti for scripts/scan: fails on a finding, and on a scan that saw next to nothing."""

import json
import sys

LEAST_PAGES = 20


def main(path):
    """Says what was found."""
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    pages = report["infos"]["crawled_pages_nbr"]
    found = [
        f"{kind}: {one['method']} {one['path']} {one.get('parameter') or ''}: {one['info']}"
        for group in ("vulnerabilities", "anomalies")
        for kind, all_of_kind in report[group].items()
        for one in all_of_kind
    ]
    for line in found:
        print(line)
    print(f"{pages} pages were looked at, {len(found)} things were found")
    if pages < LEAST_PAGES:
        print(f"fewer than {LEAST_PAGES} pages: the scanner did not get through the site")
        return 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
