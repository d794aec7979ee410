# Feeds, and where they are offered.
feed-all = Casebook: all cases
feed-set = Casebook: cases that fit { $filters }
feed-organisation = Casebook: cases with { $name }
feed-case = Casebook: { $title }
feed-revision = { $title } (revision { $n })
feed-link = Feed
feed-link-set = Follow these cases:
feed-link-case = Follow this case:
