# Releases of the dataset: the pages, and what programs are told of them.
datasets-title = Datasets
datasets-lead = Numbered snapshots of every public case, which stay as they are: signed, with checksums and a list of what changed. Cite one of these, and your readers can fetch the same data years later.
datasets-newest = The newest release
datasets-all = All releases
datasets-none = There is no release yet. What is public today can be taken away at any time:
datasets-today = { $n ->
    [one] One case is public today; the newest may not be in a release yet.
   *[other] { $n } cases are public today; the newest may not be in a release yet.
  }
datasets-live-link = The cases, filtered as you like, in six formats
datasets-for-programs = For programs:
datasets-for-programs-api = the read API
datasets-for-programs-dcat = this catalogue as DCAT (Turtle)
datasets-name = Casebook dataset, release { $version }
datasets-facts = { $day }. { $n ->
    [one] One case
   *[other] { $n } cases
  }, vocabulary { $vocabulary }.
datasets-changed = { $added } added, { $changed } changed, { $withdrawn } withdrawn
datasets-release = Release
datasets-day = Day
datasets-cases = Cases
datasets-changes = Changes
datasets-standing = State
datasets-available = can be fetched
datasets-licence = Licence: Creative Commons Attribution 4.0
datasets-files = Files
datasets-bytes = { $n ->
    [one] 1 byte
   *[other] { $n } bytes
  }
datasets-kilobytes = { $n } kB
datasets-megabytes = { $n } MB
datasets-what = The ZIP file is a Data Package: all tables, the documents, the vocabulary, and a description of every file and column.
datasets-verify = Check what you fetched
datasets-verify-lead = Put the files into one folder. The first command compares each with its checksum; the second shows, by the key of this collection, that the list of checksums is ours.
datasets-cite = Cite this release
datasets-cite-note = Dataset of { $day }, { $n ->
    [one] one case
   *[other] { $n } cases
  }, SHA-256 { $sum }
datasets-recalled = { $n ->
    [one] One case of this release is
   *[other] { $n } cases of this release are
  } no longer public as it was. Its files are not handed out until it is built anew without that.
datasets-replaced = Something of this release is no longer public. Edition { $version } took its place: the same snapshot without that.
datasets-instead = Go to release { $version }
datasets-against = Changes against release { $version }
datasets-first = The first release: everything in it is new.
datasets-added = Added
datasets-changed-cases = Changed
datasets-withdrawn = Withdrawn
datasets-revision = revision { $n }
datasets-words-changed = words taken out or shown again
datasets-unnamed = { $n ->
    [one] One more change is not named here. The file changes.csv names what may be named.
   *[other] { $n } more changes are not named here. The file changes.csv names what may be named.
  }
datasets-end-hidden = no longer public: { $reason }
datasets-end-unlisted = in no list any more: { $reason }
datasets-end-merged = merged into case { $id }
datasets-end-merged-away = merged into another case
datasets-end-shown = public again
datasets-back = All releases
datasets-catalogue = Casebook datasets
datasets-catalogue-description = First-hand and documented accounts of how decisions on smart city technology are made: place or size class, vendor, technology, agreement, data and who can reach them, who drove it, concerns and answers, outcome. Every value has its sources.
datasets-live = Casebook, public cases of today
datasets-live-description = All public cases as they stand today, in six formats, filtered as asked for. They change with every publication; for work that is to be repeated, use a numbered release of the dataset.
datasets-series = Releases of the Casebook dataset
datasets-series-description = Dated, numbered and signed snapshots of all public cases of Casebook, each with checksums and a list of what changed against the one before.
datasets-description = Release { $version } of the Casebook dataset, made on { $day }: { $n ->
    [one] one case
   *[other] { $n } cases
  } of how decisions on smart city technology were made, each with place or size class, vendor, technology, agreement, data, concerns and answers, outcome and sources, as a Data Package of keyed tables and whole documents.
datasets-keywords = smart city, procurement, technology vendors, municipalities, data protection, surveillance, public accountability, digital sovereignty
datasets-conditions = Free to fetch and use without signing in, under the licence named.
datasets-technique = Structured accounts and public sources, coded by a published codebook and reviewed by moderators
datasets-status-recalled = Recalled
