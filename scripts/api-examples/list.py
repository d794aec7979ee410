# The ids and titles of all cases from the mobility domain, page by page; needs nothing beside Python.
import json
import urllib.request

address = "https://casebook.example/api/v1/cases?f.domain=mobility&limit=2"
while address:
    with urllib.request.urlopen(address) as answer:
        page = json.load(answer)
    for case in page["cases"]:
        print(case["id"], case["title"]["text"], sep="\t")
    address = page["next"]
