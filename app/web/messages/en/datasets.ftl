# Releases of the dataset: the pages, and what programs are told of them.
datasets-title = Datasets
datasets-lead = Numbered snapshots of every public case, which stay as they are: signed, with checksums and a list of what changed. Cite one of these, and your readers can fetch the same data years later.
datasets-newest = The newest release
datasets-newest-recalled = Release { $version } is newer, but something in it is no longer public, so it is not handed out for now.
datasets-download = Download as ZIP ({ $size })
datasets-more = All files, changes, and how to check them
datasets-all = All releases
datasets-none = There is no release yet. What is public today can be taken away at any time:
datasets-today-all = { $n ->
    [one] One case is public today.
   *[other] { $n } cases are public today.
  }
datasets-today = { $n ->
    [one] One case is public today; the newest may not be in a release yet.
   *[other] { $n } cases are public today; the newest may not be in a release yet.
  }
datasets-live-heading = As it is today
datasets-live-link = The cases, filtered as you like, in six formats
datasets-everything = All of it:
datasets-codebook = Codebook: what every field and code means
datasets-method = Method: how the measures are computed, and what they do not say
datasets-feed = Feed of new and revised cases
datasets-feed-title = Casebook: releases of the dataset
datasets-feed-summary = { $facts } { $changed }.
datasets-feed-releases = Feed of releases
datasets-follow = To hear of each new release, and of those that another one took the place of:
datasets-which = Which one to take
datasets-which-release = For work that others must be able to check, take a release and cite its number. It stays as it is, and its checksum says that you had the same data.
datasets-which-live = To look around, or to follow what is new, take the cases as they are today. Tomorrow they may be others.
datasets-which-recalled = When a case of a release is hidden, or words are taken out of it, the files of that release are handed out no longer. The next edition, such as 3.1 after 3.0, holds the same snapshot without that. The page of the release stays, so that a citation still leads somewhere.
datasets-pandas = Read it with pandas
datasets-pandas-zip = The ZIP file says of every column whether it is a text, a number, or yes and no. Without these types pandas takes a version such as 0.10 for the number 0.1, a year with gaps for 2022.0, and Namibia (NA) for a gap.
datasets-pandas-flat = CSV has one row for each case. Beside each field stand status, confidence and rank of its statements in the same order; beside each organisation, not all of which are vendors, stands its role. Several values of a cell are taken apart like this; an empty cell has none. A text that begins like a formula has an apostrophe before it.
datasets-pandas-parquet = Parquet has the same rows with their types, and lists where CSV joins. Whole numbers stay whole where some are missing:
datasets-for-programs = For programs:
datasets-for-programs-api = the read API
datasets-for-programs-dcat = this catalogue as DCAT (Turtle)
datasets-for-programs-linked = and as schema.org (JSON-LD)
datasets-release-dcat = this release as DCAT (Turtle)
datasets-release-linked = and as schema.org (JSON-LD)
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
datasets-schema = Form of the documents: version { $n }.
datasets-files = Files
datasets-files-known = They are not handed out. Whoever has one recognises it by its checksum.
datasets-file-changelog = What changed against the release before, in words.
datasets-file-changes = The same as a table.
datasets-file-sums = The checksums of the files above.
datasets-file-signature = The signature of these checksums.
datasets-file-other = A file of the release.
datasets-bytes = { $n ->
    [one] 1 byte
   *[other] { $n } bytes
  }
datasets-kilobytes = { $n } kB
datasets-megabytes = { $n } MB
datasets-what = The ZIP file is a Data Package: all tables, the documents, the vocabulary, and a description of every file and column.
datasets-verify = Check what you fetched
datasets-verify-lead = Put the files into one folder. The first command compares each with its checksum; the second shows, by the key of this collection, that the list of checksums is ours.
datasets-key = Public key:
datasets-key-compare = Compare it with one that you noted earlier, or that others have.
datasets-cite = Cite this release
datasets-cite-note = Dataset of { $day }, { $n ->
    [one] one case
   *[other] { $n } cases
  }, SHA-256 of the ZIP { $sum }
datasets-recalled = { $n ->
    [one] One case of this release is
   *[other] { $n } cases of this release are
  } no longer public as it was. Its files are not handed out until it is built anew without that.
datasets-replaced = Something of this release is no longer public. Edition { $version } took its place: the same snapshot without that.
datasets-newer = There is a newer release, of { $day }.
datasets-instead = Go to release { $version }
datasets-against = Changes against release { $version }
datasets-first = The first release: everything in it is new.
datasets-added = Added
datasets-changed-cases = Changed
datasets-withdrawn = Withdrawn
datasets-revision = revision { $n }
datasets-before = after revision { $n }:
datasets-difference = what it changed
datasets-withdrawn-asked = Whoever has an earlier release is asked to take these cases out of it, and not to pass on what they said.
datasets-words-changed = words taken out or shown again
datasets-unnamed = { $n ->
    [one] One more change is not named here. The file changes.csv names what may be named.
   *[other] { $n } more changes are not named here. The file changes.csv names what may be named.
  }
datasets-end-hidden = no longer public: { $reason }
datasets-end-unlisted = in no list any more: { $reason }
datasets-end-merged = merged into case { $id }
datasets-end-merged-away = merged into another case
datasets-end-there = Go to that case
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
