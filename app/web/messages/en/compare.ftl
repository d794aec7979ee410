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
compare-legend = In smaller letters under an answer stands what it rests on: what kind of knowledge it is and how well it is supported; how many sources it cites and how far the best of them can be relied on; and its rank, where a case gives several answers.
compare-legend-retired = What is marked as retired was coded under an earlier vocabulary, which offered it; beside it stands what is offered now. The case keeps it: what it would be coded with today is not known.
compare-legend-differs = A field is marked "differs" where cases do not say the same, and "one is a gap" where only some have a value: a gap is what is not stated, was not asked, is unknown or withheld. "Only differences" shows these two. Where none has a value, "all gaps" stands there; what does not apply to a case is neither a difference nor a gap. In files the column "differs" says yes, one_is_gap, all_gaps and no, and has the fields on which every case is silent as well.
compare-legend-method = More on this
compare-differs-yes = differs
compare-differs-one_is_gap = one is a gap
compare-differs-all_gaps = all gaps
compare-not-stated = not stated
compare-not-asked = not asked then
compare-not-applicable = does not apply
compare-sources = { $n ->
    [one] 1 source: { $best }
   *[other] { $n } sources, best: { $best }
}
compare-no-source = no source
compare-reliability-primary = primary
compare-reliability-established = established
compare-reliability-interested = interested
compare-reliability-unassessed = unassessed
compare-rank-preferred = rank: preferred
compare-rank-normal = rank: normal
compare-rank-superseded = rank: superseded
compare-add = Add a case by its id, its address or words
compare-meant = Cases that fit "{ $words }". Choose the one to add:
compare-meant-all = All of them in the list
compare-add-button = Add
compare-which = Choose at least two cases: mark them in the list, or add them here by id, address or words.
compare-list = To the list of cases
compare-same = These cases do not differ in any field that is recorded.
compare-unfit = { $n ->
    [one] One id leads to no case that can be compared. Its own page says what there is under it:
   *[other] { $n } ids lead to no case that can be compared. Their own pages say what there is under them:
}
compare-unfit-file = A file cannot say what is missing in it, so it is made only of cases that can all be compared. These ids lead to none that can: { $ids }. Take them out of the address.
compare-no-ids-file = A file cannot say what is missing in it, so it is made only of cases that can all be compared. { $n ->
    [one] This is no id of a case: { $texts }. Take it out of the address.
   *[other] These are no ids of cases: { $texts }. Take them out of the address.
}
compare-neither-file = A file cannot say what is missing in it, so it is made only of cases that can all be compared. These ids lead to none that can: { $ids }. { $n ->
    [one] And this is no id of a case: { $texts }.
   *[other] And these are no ids of cases: { $texts }.
} Take all of them out of the address.
compare-again = { $id } is named more than once, or by two names, and stands here once.
compare-revisions = Revisions of the same case stand side by side here: { $id }. What differs between them is what was changed.
compare-alone = Chosen so far:
compare-alone-reference = Put the reference case beside it
compare-too-few = At least two cases are needed: /compare?case=ID&case=ID
compare-too-many = At most four cases can stand side by side. Take the others out of the address; the page of the comparison lists them all.
compare-crowd = These are { $n } cases, and at most four can stand side by side. { $over ->
    [one] Take one out:
   *[other] Take { $over } out:
}
compare-crowd-first = Compare the first four
compare-beyond = An address can name { $most } cases here. { $n ->
    [one] One more was passed over.
   *[other] { $n } more were passed over.
}
compare-no-id = "{ $text }" is no id of a case. An id has eight letters and digits, such as 7K2MQX4T, and can name a revision: 7K2MQX4T@2. The address of a page of the case does as well.
