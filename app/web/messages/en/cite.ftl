# Citations in files for reference managers, and where they are offered.
cite-revision = Case { $id }, revision { $n }, { $quarter }
cite-comparison = Comparison of cases of the Casebook collection: { $titles }
cite-cases = Cases { $cases }
cite-set = { $n ->
    [one] One case of the Casebook collection
   *[other] { $n } cases of the Casebook collection
  }
cite-everything = Everything that was published
cite-asked = What was asked for: { $filters }
cite-line = { $author } ({ $year }): { $title }. { $note }. { $address } (accessed { $day }).
cite-accessed = (accessed { $day })
cite-this = Cite this set
cite-files = Citation for reference managers:
