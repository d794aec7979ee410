# All values of one field that cases can be filtered by.
facet-title = Filter: { $label }
facet-description = All values of { $label } among the cases that fit the other filters, each with its number of cases.
facet-lead = Each value leads to the list with it chosen, or taken back where it is chosen. The number is that of the cases which a reader finds who chooses it.
facet-to-list = Back to the cases
facet-find = Find a value
facet-find-button = Find
facet-all = { $n ->
    [one] All { $n } value
   *[other] All { $n } values
}
facet-number = { $n ->
    [0] No value
    [one] { $n } value
   *[other] { $n } values
}
facet-number-found = { $found } of { $all } values have "{ $find }" in them
facet-none = No case that fits has a value here. Remove a filter.
facet-none-found = No value has these words in its name. Search with fewer letters.
