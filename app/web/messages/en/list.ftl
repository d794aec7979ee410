# The list of cases.
list-title = Cases
list-description = Cases of smart-city decisions, by words and by every coded field: place, vendor, technology, agreement, data, concerns, outcome.
list-search = Words, names, or a field such as vendor:huawei
list-search-button = Search
list-help = How words are found
list-help-words = A case must have every word: in its texts, in the names of its places and organisations, or in the name of a code that it has. The last word may be unfinished.
list-help-signs = "smart city" in quotation marks is found as it stands. A minus, as in -camera, leaves out the cases with the word.
list-help-fields = Words can be looked for in one field, as in vendor:huawei. The fields are: { $fields }. Everything else that is coded has filters beside the list.
list-help-spelling = Words of four letters and more are also found with one letter wrong, those of eight and more with two; in quotation marks they are not.
list-meant = Did you mean the filter
list-meant-cases = { $n ->
    [one] ({ $n } case)
   *[other] ({ $n } cases)
}
list-meant-year = dated events in { $value }
list-filters = Filters
list-filters-summary = { $n ->
    [0] Filter
    [one] Filter: { $n } chosen
   *[other] Filter: { $n } chosen
}
list-distinct = { $n ->
    [one] { $n } value
   *[other] { $n } values
}
list-without = without
list-without-label = Without: { $label }
list-chosen-heading = Chosen filters; follow a link to remove one
list-chosen = { $label }: { $value }
list-chosen-not = not { $label }: { $value }
list-chosen-words = words: { $value }
list-chosen-year-from = from { $value }
list-chosen-year-to = to { $value }
list-chosen-population-from = at least { $value } inhabitants
list-chosen-population-to = at most { $value } inhabitants
list-remove-all = Remove all
list-count = { $n ->
    [0] No case fits
    [one] { $n } case
   *[other] { $n } cases
}
list-sort = Sort
list-sort-button = Sort
list-sort-relevance = by relevance
list-sort-recent = most recent
list-sort-title = by title
list-sort-population = by population
list-years-heading = Years
list-years-from = From
list-years-to = To
list-years-button = Apply
list-years-bars = Cases by the years of their dated events
list-years = { $from } to { $to }
list-population-heading = Inhabitants
list-population-bars = Cases by the inhabitants of their place
list-population-span = { $from } to { $to }
list-population-above = { $from } and more
list-population-help = Where the place is not named, its class is all that is known: such a case is found by a range that covers its whole class, and stands in the bars of classes alone.
list-vendor = Organisation
list-evidence = Rests on a source that is
list-evidence-heading = Evidence
list-any-statement = Any statement
list-best-source = best source: { $code ->
    [primary] primary
    [established] established
    [interested] interested
   *[unassessed] unassessed
}
list-worth-status = A statement is:
list-worth-confidence = Its support is:
list-worth-reliability = Its best source is:
list-worth-cited = A source is cited that is:
list-worth-help = What you choose of the first three holds for one and the same statement.
list-coverage = { $found } of { $published } published cases fit.
list-coverage-countries = Most are from { $countries }.
list-coverage-countries-all = They are from { $countries }.
list-coverage-country = { $country } ({ $n })
list-coverage-years = Their dated events lie in { $years }.
list-coverage-sources = { $n ->
    [0] All rest on somebody's account.
    [one] { $n } rests on public sources alone.
   *[other] { $n } rest on public sources alone.
}
list-coverage-absence = What is absent here is not absent in the world.
list-exports = Exactly these cases, all of them:
list-exports-which = What each file is for
list-exports-pandas = How to read them with pandas
list-export-codebook = codebook
list-cite-for-good = To cite the same data for years:
list-datasets = numbered releases
list-statistics = Statistics of this set
list-export-csv = one wide row for each case, for spreadsheets; where several values stand in one cell, a semicolon stands between them, and a semicolon or a backslash within a value has a backslash before it
list-export-xlsx = all tables, each on a sheet of its own, for spreadsheets
list-export-json = the whole documents as one object, with the query and the licence
list-export-jsonl = the whole documents, one on each line, for programs that read as they go
list-export-parquet = the same rows as CSV, for statistics: several values are a list, and counts and sums are numbers
list-export-zip = all tables with their keys, the codebook, the whole documents and checksums, for keeping and passing on; in these nothing is joined, and the table cases.csv among them has other columns than CSV here
list-export-busy = Too many files are being made or fetched at this moment. Try again in a minute; CSV and JSON can be taken at any time.
list-export-too-many-rows = This set has more rows than a sheet of a workbook can hold, which is 1,048,576. Nothing was left out quietly: take it as CSV or as ZIP, which have no such limit, or choose more filters.
list-reference = Reference case
list-disputed = accounts differ on { $n }
list-gaps = { $n ->
    [one] { $n } gap
   *[other] { $n } gaps
}
list-completeness = Completeness: { $label }
list-accounts = { $n ->
    [one] { $n } account
   *[other] { $n } accounts
}
list-unnamed = place not named
list-compare = Compare
list-compare-button = Compare the marked cases
list-compare-help = two to four
list-none = No case fits all of this. Remove a filter, or search with fewer words. What is missing may never have been told: a case that you know can be shared.
list-pages = Pages
list-previous = Previous
list-next = Next
list-note-open-quote = A quotation mark was opened and not closed, so the words were searched plainly, one by one.
list-note-unknown-field = There is no field “{ $name }” to look for words in, so “{ $value }” was looked for anywhere. The fields are: { $fields }. What is coded has filters beside the list. In quotation marks a colon means nothing.
list-note-nothing-behind = Behind “{ $name }:” stands nothing to look for in that field, so it was read as a word like any other. The fields are: { $fields }.
list-note-no-or = OR between words means nothing here: all of the words were looked for.
list-note-no-words = The search has no letter and no digit in it, so no word was looked for.
list-note-similar = In { $n } of these cases some word stands in a similar spelling alone. In quotation marks words are found as they are written.
list-note-too-long = The search was longer than can be read; its beginning was used.
list-note-titles-only = The word index is being rebuilt. Until then words are looked for in titles alone; filters and counts are as ever.
list-note-incomplete = The search server stopped at its limit: more cases may fit than are counted here.
list-note-reversed-years = The range of years, { $from } to { $to }, ends before it begins, so no case can fit.
list-note-reversed-population = The range of inhabitants, { $from } to { $to }, ends before it begins, so no case can fit.
list-turned-years = years { $from } to { $to }
list-turned-population = { $from } to { $to } inhabitants
list-retired = { $label } (retired in { $version })
list-note-split = “{ $label }” is offered no more since vocabulary { $version }; in its place there are now: { $now }. Shown are the cases that still carry it.
list-note-given-up = “{ $label }” is offered no more since vocabulary { $version }, and nothing took its place. { $because } Shown are the cases that still carry it.
list-note-unknown-names = The address also says { $names }, which means nothing here and was passed over. It may say: { $allowed }.
list-note-past-the-end = There is no page { $n }; this is the last one.
list-refused = Part of this address cannot be used.
list-unknown-name = "{ $name }" is no filter. These are: { $allowed }.
list-bad-population = "{ $value }" is no number of inhabitants that { $name } can be. Write digits, with or without marks between groups of three, up to a billion: { $allowed }.
list-bad-year = "{ $value }" is no year that { $name } can be. Write a year of four digits, such as { $allowed }.
list-bad-country = "{ $value }" is no country that { $name } can be. Write the two letters of a country (ISO 3166-1), such as { $allowed }.
list-bad-organisation = "{ $value }" is no organisation that { $name } can be. Write the id of an organisation, such as { $allowed }; the list has it in the address of the filter by one.
list-unknown-value = "{ $value }" cannot be used for { $name }.
list-unknown-code = "{ $value }" is not known for { $name }. These are: { $allowed }.
