# The codebook.
codebook-title = Codebook
codebook-lead = Every field and code with its definition. The form, the filters, the comparison and the exports are made from this one text.
codebook-version = Vocabulary { $version }
codebook-json = As JSON
codebook-csv = As CSV
codebook-contents = On this page
codebook-example = Example: { $text }
codebook-cases = { $n ->
    [0] no case yet
    [one] one case
   *[other] { $n } cases
}
codebook-cases-with = { $cases } with { $label }
codebook-answers = { $n ->
    [0] No case speaks of it yet.
    [one] One case speaks of it.
   *[other] { $n } cases speak of it.
}
codebook-retired = Retired in vocabulary { $version }; cases coded before keep it.
codebook-given-up = Retired in vocabulary { $version }, and nothing took its place; cases coded before keep it.
codebook-now = Now:
codebook-before = Took the place of
codebook-still = still in
codebook-around = Around the answers
codebook-around-intro = What stands beside a value, or says how well it is known, and what the site says of cases and submissions.
codebook-required = needed to send
codebook-core = counts for completeness
codebook-no-more = no longer offered
codebook-no-more-label = { $label } (no longer offered)
codebook-since = since { $version }
codebook-in-case = of the case
codebook-in-agreement = of each agreement
codebook-in-head = of the case's head
codebook-in-involvement = of each organisation involved
codebook-in-viewpoint = of each concern
codebook-in-answer = of each answer
codebook-in-timeline = of each event
codebook-in-source = of each source
codebook-in-account = of an account
codebook-in-organisation = of organisations
codebook-in-wrapper = around values
codebook-in-qualifier = beside a value
codebook-type-choice = one code
codebook-type-choices = any number of codes
codebook-type-text = text
codebook-type-line = one line of text
codebook-type-number = a number
codebook-type-amount = a sum of money
codebook-type-date = a date
codebook-type-country = a country
codebook-type-organisation = an organisation
codebook-type-address = a web address
codebook-type-language = a language
codebook-type-flag = yes or no
codebook-beside = with { $labels } beside it

# What changed.
codebook-versions = What changed
codebook-versions-intro = Each case and each export names the version of the vocabulary that it was coded under. A code that was renamed or merged is found under the new one, and old addresses lead there. A code that was split stays where it stands: which of the new ones it would be is not known.
codebook-first-version = The first version.
codebook-nothing-changed = No field and no code changed.
codebook-change-added = New
codebook-change-replaced = Retired for another
codebook-change-split = Split
codebook-change-given-up = Given up
