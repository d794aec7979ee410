# Releases of the dataset: the list, the page of each, and what descriptions for programs say.
datasets-title = Datasets
datasets-lead = A release holds every case that was public on one day. It has a number and never changes, so that whoever reads your work can take the same data and check it.
datasets-release = Release { $version }
datasets-newest = The newest release: { $version }
datasets-newest-recalled = A newer release cannot be fetched for now, since something that it holds is not public any more:
datasets-day = Made on
datasets-cases = Cases
datasets-size = Size
datasets-licence = Licence
datasets-vocabulary = Vocabulary
datasets-schema = Form of the documents
datasets-download = Download as ZIP ({ $size })
datasets-more = All files, changes and how to verify them
datasets-cite = How to cite
datasets-all = All releases
datasets-none = There is no release yet. What is public can be taken away as it is today; say on which day you did.
datasets-line = of { $day }: { $n ->
    [one] one case
   *[other] { $n } cases
  }
datasets-counts = { $added } added, { $changed } changed, { $withdrawn } withdrawn
datasets-not-fetched = cannot be fetched
datasets-today = As it is today
datasets-today-lead = { $n ->
    [0] No case is public at this moment. What there will be can be taken away without a release too.
    [one] One case is public at this moment. It can be taken away without a release too.
   *[other] { $n } cases are public at this moment. They, or any choice of them, can be taken away without a release too.
  }
datasets-today-list = Choose cases and take them away
datasets-codebook = Codebook: what every field and code means
datasets-method = Method: how the measures are computed, and what they do not say
datasets-api = For programs: page by page, with filters
datasets-feed = Feed of new and revised cases
datasets-which = Which one to take
datasets-which-release = To publish something, take a release: cite its number, and others find what you had. It holds all tables as CSV with their keys, the codebook, and the whole documents.
datasets-which-live = To look around, or to follow what is new, take the cases as they are today. Tomorrow they may be others.
datasets-which-withdrawn = When a case of a release is taken from view, the files of that release are no longer handed out. A next edition, such as 3.1 after 3.0, holds the same cases without it. Its page stays and says so.
datasets-programs = The same for catalogues and search engines:
datasets-held = { $n ->
    [one] One case, as it stood on { $day }.
   *[other] { $n } cases, as they stood on { $day }.
  }
datasets-recalled = { $n ->
    [one] One case of this release is not public any more, or words were taken out of it.
   *[other] { $n } cases of this release are not public any more, or words were taken out of them.
  } Its files are no longer handed out. The next edition will hold the same cases without what was taken out. If you have the files, please do not pass them on.
datasets-replaced = Something that this release held is not public any more, so its files are gone. Release { $version } holds the same cases without it. If you have the files, please do not pass them on.
datasets-files = Files
datasets-files-recognised = They are not handed out. By its checksum a file can be recognised that somebody has.
datasets-file-package = All tables as CSV with their keys, the codebook, and the whole documents: a Data Package, which unpacked opens in any spreadsheet.
datasets-file-changelog = What changed since the release before, in words.
datasets-file-changes = The same as a table, for programs.
datasets-file-sums = The checksums of the files above.
datasets-file-signature = The signature of these checksums.
datasets-file-other = A file of the release.
datasets-bytes = { $n ->
    [one] one byte
   *[other] { $n } bytes
  }
datasets-kilobytes = { $n } kB
datasets-megabytes = { $n } MB
datasets-verify = How to verify the files
datasets-verify-lead = Put all files into one folder and run there, with minisign installed:
datasets-key = Public key:
datasets-verify-key = The first command says whether the checksums were signed by this site, the second whether each file is what they say. Compare the key with one that you noted earlier, or that others have.
datasets-changes = What changed
datasets-first = This is the first release: all its cases are new.
datasets-against = Against
datasets-added = Added
datasets-changed = Changed
datasets-withdrawn = Withdrawn
datasets-withdrawn-lead = Whoever has an earlier release is asked to take these cases out of it, and not to pass on what they said.
datasets-case = { $case }, revision { $n }
datasets-revised = revision { $n } after { $before }
datasets-reworded = revision { $n } as before, with words taken out or shown again
datasets-unnamed = { $n ->
    [one] One more change is not named here; it stands in the files of the release, as far as it may be told.
   *[other] { $n } more changes are not named here; they stand in the files of the release, as far as they may be told.
  }
datasets-end-hidden = hidden ({ $reason })
datasets-end-unlisted = in no list any more ({ $reason })
datasets-end-merged = merged into another case
datasets-end-shown = in the lists again
datasets-cite-title = Cases, release { $version }
datasets-cite-note = { $n ->
    [one] One case
   *[other] { $n } cases
  }, as of { $day }
datasets-name = Casebook collection: cases, release { $version }
datasets-description = How municipalities decided about smart-city technology: { $n ->
    [one] one published case
   *[other] { $n } published cases
  } with coded statements, their sources and how sure they are, concerns and their answers, and a timeline, as of { $day }. Release { $version } never changes.
datasets-catalogue = Datasets of the Casebook collection
datasets-catalogue-description = Numbered releases of all published cases about how municipalities decided about smart-city technology, and the cases as they are today.
datasets-series = Releases of the Casebook collection
datasets-series-description = Numbered, dated and signed snapshots of all published cases about how municipalities decided about smart-city technology.
datasets-live = Casebook collection: cases as they are today
datasets-live-description = How municipalities decided about smart-city technology: all published cases as they are today, with coded statements, their sources and how sure they are, concerns and their answers. Cases are added, revised and withdrawn; for citing there are numbered releases.
datasets-keywords = smart city, municipalities, public procurement, surveillance, privacy, data protection, vendors, civic participation
datasets-conditions = Open to everyone, without registration.
datasets-technique = Accounts and public sources, divided into statements and coded by moderators in one vocabulary, each with its source, status and confidence.
datasets-status-recalled = Recalled: not handed out any more
