# The page of one case.
case-reference = reference case
case-revision-old = You are reading revision { $n }, as it was cited.
case-revision-current = Read the current revision, { $n }.
case-unlisted = This case stands in no list; it is found by its address only. The reason: { $reason }.
case-hidden = Hidden from readers. The reason: { $reason }.

case-place = Place
case-place-unnamed = The city is not named, to protect a source.
case-residents = { $n } residents
case-vendor = Vendor
case-what = What
case-since = First on record
case-state = How it stands
case-as-of = as of { $date }
case-unknown = not known
case-not-stated = not stated

case-sources-n = { $n ->
    [one] One source
   *[other] { $n } sources
  }
case-accounts-n = { $n ->
    [0] no accounts of witnesses
    [one] one account of a witness
   *[other] { $n } accounts of witnesses
  }
case-disputed-n = { $n ->
    [one] accounts differ on 1 value
   *[other] accounts differ on { $n } values
  }
case-gaps-n = { $missing } of { $asked } core questions open
case-completeness = Completeness: { $word }
case-revision = Revision { $n }, { $quarter }
case-compare-reference = Compare with the reference case
case-compare-others = Compare with another case
case-json = As JSON

case-contents = On this page
case-viewpoints = Concerns and answers
case-measures = Size and law
case-timeline = Timeline
case-narrative = Narrative
case-gaps = What we do not know
case-sources = Sources
case-related = Related cases
case-cite = Cite and revisions

case-concern = Concern
case-answer = Answer
case-quoted = quoted
case-paraphrased = in our words
case-undated = no date on record
case-translated-human = translated from { $from } by a person
case-translated-machine = translated from { $from } by a machine
case-source = Source
case-source-s = Sources
case-no-source = no source
case-contested = contested
case-contested-on = on { $date }
case-contested-in = in { $date }
case-no-answer = No answer on record
case-open-days = { $n ->
    [one] Unanswered for at least one day, as far as our sources go.
   *[other] Unanswered for at least { $n } days, as far as our sources go.
  }
case-open-months = { $n ->
    [one] Unanswered for at least one month, as far as our sources go.
   *[other] Unanswered for at least { $n } months, as far as our sources go.
  }
case-open-years = { $n ->
    [one] Unanswered for at least one year, as far as our sources go.
   *[other] Unanswered for at least { $n } years, as far as our sources go.
  }
case-open-unclear = Unanswered, as far as our sources go; when it was raised is not on record.
case-answered-same-day = First answered on the same day.
case-answered-days = { $n ->
    [one] First answered after one day.
   *[other] First answered after { $n } days.
  }
case-answered-same-month = First answered in the same month.
case-answered-months = { $n ->
    [one] First answered after about one month.
   *[other] First answered after about { $n } months.
  }
case-answered-same-year = First answered in the year in which it was raised.
case-answered-years = { $n ->
    [one] First answered after about one year.
   *[other] First answered after about { $n } years.
  }
case-answered-unclear = Answered; how long that took is not on record.
case-not-resolved = Answered does not mean resolved.
case-know-answer = Do you know of an answer?
case-no-viewpoints = No concern is on record yet.

case-size = Imbalance of size
case-size-ratio = { $residents ->
    [one] { $vendor } employs { $employees } people for each resident.
   *[other] { $vendor } employs { $employees } { $employees ->
        [one] person
       *[other] people
      } for every { $residents } residents.
  }
case-size-between = Somewhere between these two, for the place is known by its size class only:
case-size-at-least = At least this, for the place is known by its size class only:
case-size-at-most = At most this, for the place is known by its size class only:
case-size-missing = One of the two figures is not on record, so there is nothing to compare.
case-size-elsewhere = This is about no single municipality, so there are no residents to set a vendor's employees against.
case-size-continent = Only the continent of the place is public, and neither the residents nor what would follow from them are shown.
case-size-caption = The two figures, each with year and source
case-size-employees = Employees of { $vendor }
case-size-residents = Residents
case-size-class = { $label }, by its size class
case-size-gazetteer = GeoNames, as packaged
case-size-log = The measure is log10(employees / residents): { $value }. It says how large the one is beside the other, not what follows from it.
case-distance = Legal distance
case-distance-step = Step { $step } of 4, between { $home } and { $country }.
case-distance-same = Step 0 of 4: the vendor is at home in { $country }, as the case is.
case-distance-none = { $country } is not in our table, so there is no step.
case-distance-seated = Seat of { $names }.
case-step-0 = Same country
case-step-1 = Same data-protection area
case-step-2 = A decision in force that protection is adequate
case-step-3 = None of these
case-step-4 = None of these, and a law that compels companies to hand over data without independent court review
case-reason-same_country = The vendor and what owns it are at home in the same country.
case-reason-same_area = Both lie in the same area of data protection.
case-reason-adequacy = A decision holds that protection there is adequate.
case-reason-no_decision = There is no such decision, and no law of the fourth step is known to us.
case-reason-compelled_without_court = There is no such decision, and this law compels companies without independent court review.
case-reason-not_in_table = The country is not in our table.
case-caveat-origin_outside_area = The case lies outside of the area whose decisions the table holds.
case-caveat-limited_scope = The decision covers certain recipients or kinds of processing only.
case-caveat-listed_only = A decision covers organisations on a list only, and was not counted.
case-caveat-not_for_origin = A decision did not hold for the country of the case when it was checked, and was not counted.
case-caveat-laws_not_looked_up = No law of the country was looked up, so the step may be too low.
case-caveat-unclear_law = A law was not counted because sources disagree about it.
case-caveat-unverified = The entry of the table rests on general knowledge.
case-caveat-others_not_in_table = Other countries that are involved are not in the table.

case-ledger-help = Open a value to see its sources, who coded it and since when. Each word is defined in the
case-codebook = codebook
case-status-stated = stated
case-status-inferred = inferred
case-status-disputed = accounts differ
case-status-unknown = unknown
case-status-withheld = withheld
case-status-not_applicable = does not apply
case-confidence-confirmed = confirmed
case-confidence-probable = probable
case-confidence-possible = possible
case-confidence-doubtful = doubtful
case-means-stated = Stated: a source, or an account, says it directly.
case-means-inferred = Inferred: the coder concluded it from the sources.
case-means-disputed = Accounts differ: sources contradict each other; every version stands here.
case-means-unknown = Unknown: looked for, not found.
case-means-withheld = Withheld: it exists, and a party refused to disclose it.
case-means-not_applicable = Does not apply: the question does not arise in this case.
case-sure-confirmed = Confirmed: an official document, or two independent sources.
case-sure-probable = Probable: one good source, consistent with the rest.
case-sure-possible = Possible: one source, untested.
case-sure-doubtful = Doubtful: contradicted or implausible, kept for completeness.
case-value-unknown = Looked for, not found
case-value-withheld = Not disclosed
case-value-not_applicable = Does not apply
case-superseded = superseded
case-preferred = counts first
case-coded = Coded by { $coder }, unchanged since
case-coded-unknown = Unchanged since
case-coded-revision = revision { $n }
case-not-asked = not asked when this was coded
case-do-you-know = Do you know?

case-reach = Which law could reach the data
case-reach-help = Possible legal reach, not evidence of access. Each path carries the lowest confidence on it.
case-reach-unrated = not rated
case-reach-none = Neither a vendor's seat nor a place of storage is on record.
case-known-looked_up = Its laws were looked up; that there are no others is not claimed.
case-known-area_only = Only the law of its area was looked up.
case-known-not_looked_up = Its laws were not looked up.
case-known-not_in_table = The country is not in our table.
case-laws-n = { $n ->
    [one] One law
   *[other] { $n } laws
  }
case-law = { $law } ({ $year }), art. or sec. { $articles }
case-court-independent = A judge decides, or can be called upon before data are handed over.
case-court-limited = A court takes part, but in secret, for some demands only, or afterwards.
case-court-none = No court is needed.
case-court-unclear = Sources disagree on the part of the courts.
case-extent-anywhere = Could reach data wherever they lie.
case-extent-in_country = Could reach data that lie in the country.
case-extent-held_at_home = Could reach what the company holds in the country.
case-standing-lingering = It has ended and still has effect.
case-checked = Confirmed by a page of { $day }.

case-gaps-count = { $missing } of { $asked } core questions have no answer. If you know one,
case-gaps-tell = tell us
case-gaps-tell-how = you need no account and no name.
case-add-to = Add to this case
case-add-to-how = If you have a form open in this browser already, enter { $case } there instead.
case-gaps-listed = { $n ->
    [one] One entry is listed below.
   *[other] { $n } entries are listed below.
}
case-gaps-listed-looked = What was refused, or looked for and not found, counts as answered and is listed as well.
case-gaps-listed-agreements = A question about agreements counts once, and is listed for each agreement that says nothing of it.
case-gaps-refused = Asked for, and refused
case-gaps-not-found = Looked for, not found
case-gaps-not-told = Nobody has told us yet
case-similar = Similar cases
case-similar-lead = Public cases that are coded alike, or that a moderator set beside this one. What few cases share counts for more.
case-similar-set = Set beside each other by a moderator: { $reason }.
case-similar-how = How it is computed
case-similar-common = { $label }: { $what }.
case-similar-compare = Compare
case-similar-compare-with = Compare with { $title }
case-gaps-none = Every core question has an answer.

case-sources-accounts = { $n ->
    [0] No account of a witness stands behind this case; it rests on public sources alone.
    [one] One account of a witness stands behind this case.
   *[other] { $n } accounts of witnesses stand behind this case.
  }
case-source-untitled = Title not recorded
case-source-no-address = Address not recorded.
case-source-language = in { $language }
case-source-seen = Seen { $date }.
case-source-archived = archived copy
case-proximity-took_part = The author took part.
case-proximity-saw_the_document = The author saw the document.
case-proximity-told_by_someone_who_took_part = The author was told by someone who took part.
case-proximity-works_from_public_sources = The author works from public sources.

case-citation = Casebook collection ({ $year }): { $title }. Case { $id }, revision { $n }, { $quarter }.
case-revisions = Revisions
case-revision-reason = The reason: { $reason }

case-date-about = about { $date }
case-date-before = before { $date }
case-date-after = after { $date }
case-date-between = { $from } to { $to }
case-in-year = { $what } ({ $year })
case-band = between { $min } and { $max } { $currency }
case-amount-covers = { $amount }, for { $covers }
case-side-inside = on the same continent
case-side-outside = on another continent
case-qualified = { $label }: { $value }
case-qualified-retired = { $value } ({ $ended })
case-ended = retired, nothing took its place
case-ended-now = retired, now { $now }
case-language-de = German
case-language-en = English
case-language-es = Spanish
case-language-fr = French
case-language-it = Italian
case-language-ja = Japanese
case-language-nl = Dutch
case-language-pl = Polish
case-language-pt = Portuguese
case-language-zh = Chinese

# What a revision changed.
case-changes-title = What revision { $n } changed: { $title }
case-changes-heading = What revision { $n } changed
case-changes-lead = Two published revisions laid beside each other, field by field. What was added is underlined, what was taken out is struck through.
case-changes-link = what it changed
case-changes-coder = coded by { $coder }
case-changes-reason = The reason of revision { $n }: { $reason }
case-changes-choose = Compare with revision
case-changes-button = Compare
case-changes-what = What differs
case-changes-none = Nothing that readers see differs.
case-changes-since = Earlier revisions are counted from 1 to { $most }.
case-change-added = Added
case-change-removed = Taken out
case-change-changed = Changed
case-change-spoken-added = added:
case-change-spoken-removed = taken out:
case-change-list-head = Title and kind
case-change-list-narrative = Narrative
case-change-list-place = Place
case-change-list-organisations = Organisations
case-change-list-agreements = Agreements
case-change-list-values = Coded values
case-change-list-concerns = Concerns
case-change-list-answers = Answers
case-change-list-timeline = Timeline
case-change-list-sources = Sources
case-change-list-related = Related cases
case-change-text = Text
case-change-value = Answer
case-change-note = Note
case-change-cited = Rests on
case-change-agreement = Agreement
case-change-contested = Contested by
case-change-original = Original words
case-change-translated-from = Translated from

# Merged cases.
case-merged-into = The case was merged into another one. Read that one:
case-merged = Case { $case } was merged into this one with revision { $n }. What was cited of it stands where it stood:

# Retired codes.
case-retired = retired in vocabulary { $version }
case-retired-now = Now: { $now }.
case-retired-for-nothing = Nothing took its place.
case-retired-title = Codes that are no longer offered
case-retired-intro = This case was coded before these codes were retired. It keeps them: what it would be coded with today is not known.
