# What is counted of a set of cases.
statistics-title = Statistics
statistics-description = Cases of smart-city decisions counted: one field by another, states, years, inhabitants, a map, and vendors beside cities.
statistics-to-list = { $n ->
    [one] This case
   *[other] These { $n } cases
}
statistics-to-method = How it is computed
statistics-table = One field by another
statistics-rows = Rows
statistics-columns = Columns
statistics-cross = Show the table
statistics-nothing = No case is published yet, so there is nothing to count.
statistics-none = No case fits, so there is nothing to count. Remove a filter.
statistics-withheld = This set is too small for a table of these two fields: a count is told from { $n } cases on, and whatever is suppressed of it could be worked out from the rest.
statistics-bare = No count of this table can be told: a count is told from { $n } cases on, and each one here is smaller, or would let a smaller one be worked out.
statistics-advice = Choose fields with fewer codes. The more cases are published, the more can be told.
statistics-advice-filtered = Remove a filter, or choose fields with fewer codes.
statistics-counts = Each cell counts cases; each total counts a case once.
statistics-overlaps = A case with several codes counts in several cells, so cells can add up to more than their total.
statistics-suppressed = suppressed
statistics-suppressed-means = Fewer than { $n } cases, but some, or a number from which such a small one could be worked out. It is something else than "not stated", which says that a case is silent. This holds for the table and its picture: bars and map show each count exactly.
statistics-caption = Number of cases: { $rows } by { $columns }
statistics-total = All
statistics-csv = The same table as CSV
statistics-other-codes = all others
statistics-uncoded = said without a code
statistics-without-country = continent only
statistics-not-stated = not stated
statistics-heat = Picture of the table
statistics-heat-summary = { $rows } rows and { $columns } columns; the table above has the same numbers.
statistics-heat-suppressed = { $n ->
    [0] Nothing is suppressed.
    [one] { $n } count is suppressed.
   *[other] { $n } counts are suppressed.
}
statistics-heat-caption = The darker a field, the more cases; its number stands in it, and "s" where it is suppressed.
statistics-heat-cut = Only the first rows and columns are drawn; the table has all of them.
statistics-states = How cases stand
statistics-state = State
statistics-states-counted = A case counts at each state that it is known to have had, not at its last one alone.
statistics-sizes = Inhabitants of the places
statistics-size = Inhabitants
statistics-no-municipality = no single municipality
statistics-years = Years of dated events
statistics-year = Year
statistics-years-gap = { $from } to { $to }
statistics-years-none = { $from } to { $to }: none
statistics-years-undated = No case here has a dated event.
statistics-bars-longest = { $n ->
    [one] { $n } bar; it stands for "{ $label }": { $most }.
   *[other] { $n } bars; the longest is "{ $label }": { $most }.
}
statistics-bars-two = { $n } bars; the longest are "{ $label }" and "{ $second }": { $most } each.
statistics-bars-more = { $n } bars; the longest are "{ $label }" and { $others } more: { $most } each.
statistics-bars-overlap = A case can count in several bars.
statistics-undated = { $n ->
    [one] { $n } case has no dated event and stands in no bar of the years.
   *[other] { $n } cases have no dated event and stand in no bar of the years.
}
statistics-bars-csv = The bars as CSV
statistics-same-numbers = The same numbers as a table
statistics-cases = Cases
statistics-country = Country
statistics-world = Where cases are from
statistics-world-place = { $n ->
    [one] { $code } { $n }: { $country }, { $n } case
   *[other] { $code } { $n }: { $country }, { $n } cases
}
statistics-world-summary = { $n ->
    [0] No country has a case here.
    [one] { $n } country has cases.
   *[other] { $n } countries have cases.
}
statistics-world-caption = A circle stands for a country, not for a town. Its label has the country's two letters and the number of cases, and leads to them, unless another country was chosen; a line leads from the label to the country. A case in two countries counts in both. Outlines: Natural Earth.
statistics-world-unlabelled = Where there is no room for a label, a circle stands alone; the table names every country.
statistics-world-continent = { $n ->
    [one] Of { $n } more case only the continent is public.
   *[other] Of { $n } more cases only the continent is public.
}
statistics-world-unplaced = Not on the map, but in the table: { $names }.
statistics-axes = Size of the vendor and legal distance
statistics-axes-lead = To the right, the vendor is the larger beside the city; further up, the farther is the law that binds it from the city's.
statistics-axes-reach = Possible legal reach, not evidence of access.
statistics-axes-none = No case of this set has both figures on record.
statistics-axes-x = Employees of the vendor to residents of the city
statistics-axes-summary = { $n ->
    [one] { $n } case has both measures; cases that lack one: { $gaps }.
   *[other] { $n } cases have both measures; cases that lack one: { $gaps }.
}
statistics-axes-caption = Each mark is a case, with its number in the table. A long mark is an interval, where only the size class of the city is public; an arrow says that the interval is open. Height within a step means nothing.
statistics-axes-open = Hollow: a figure or an entry was not looked up.
statistics-axes-table = The two measures of each case
statistics-number = No.
statistics-case = Case
statistics-vendor = Vendor
statistics-employees = Employees
statistics-residents = Residents
statistics-ratio = Employees to residents
statistics-distance = Legal distance
statistics-unverified = not verified
statistics-residents-case = By a source of the case
statistics-residents-class = By its size class
statistics-between = { $from } to { $to }
statistics-at-least = at least { $ratio }
statistics-at-most = at most { $ratio }
statistics-step = Step { $step } of 4, { $home } to { $country }
statistics-step-0 = 0: same country
statistics-step-1 = 1: same area
statistics-step-2 = 2: found adequate
statistics-step-3 = 3: none of these
statistics-step-4 = 4: without a court
statistics-gaps = Cases that lack a measure
statistics-missing-vendor = no vendor on record
statistics-missing-employees = no employees on record
statistics-missing-residents = no residents on record
statistics-missing-seat = no seat on record
statistics-missing-jurisdiction = country not in the table
statistics-elsewhere = { $n ->
    [one] { $n } case is about no single municipality, so there are no residents to compare with.
   *[other] { $n } cases are about no single municipality, so there are no residents to compare with.
}
statistics-continent-only = { $n ->
    [one] Of { $n } case only the continent is public, and neither measure is shown.
   *[other] Of { $n } cases only the continent is public, and neither measure is shown.
}
statistics-left-out = { $n ->
    [one] { $n } more case was left out, since more marks could not be told apart. Choose a filter.
   *[other] { $n } more cases were left out, since more marks could not be told apart. Choose a filter.
}
