# Cases side by side.
compare-title = Side by side
compare-description = Two to four cases of smart-city decisions, field by field, with differences and gaps marked.
compare-lead = Differences are marked; where nothing is recorded, that stands there as a gap.
compare-all = All fields
compare-only-differences = Only differences
compare-csv = CSV
compare-xlsx = XLSX
compare-permanent = Permanent link to these revisions
compare-printed = These revisions: { $address } (seen on { $day })
compare-region = Comparison
compare-caption = Fields as rows, cases as columns
compare-field = Field
compare-revision = revision { $n }
compare-remove = Remove
compare-head = The case
compare-legend = In smaller letters under an answer stands what it rests on: what kind of knowledge it is and how well it is supported; how many sources it cites and how far the best of them can be relied on; its rank, where a case gives several answers; and whether the vocabulary still offers its code.
compare-differs = differs
compare-not-stated = not stated
compare-not-asked = not asked then
compare-sources = { $n ->
    [one] 1 source, { $best }
   *[other] { $n } sources, the best { $best }
}
compare-no-source = no source
compare-reliability-primary = primary
compare-reliability-established = established
compare-reliability-interested = interested
compare-reliability-unassessed = unassessed
compare-retired = retired in vocabulary { $version }
compare-retired-now = retired in vocabulary { $version }, now: { $now }
compare-rank-preferred = rank: preferred
compare-rank-normal = rank: normal
compare-rank-superseded = rank: superseded
compare-add = Add a case by its id
compare-add-button = Add
compare-which = Choose at least two cases: mark them in the list, or add them here by their ids.
compare-list = To the list of cases
compare-same = These cases do not differ in any field that is recorded.
compare-too-few = At least two cases are needed: /compare?case=ID&case=ID
compare-too-many = At most four cases can stand side by side.
compare-no-id = "{ $text }" is no id of a case. An id has eight letters and digits, such as 7K2MQX4T, and can name a revision: 7K2MQX4T@2.
