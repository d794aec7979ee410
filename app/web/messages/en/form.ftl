# What every form says.
form-problems-title = { $n ->
    [one] One thing needs your attention
   *[other] { $n } things need your attention
  }
form-problem = This needs your attention.
form-words-not-in-list = Word { $place } is not in the list. Look at its spelling.
form-words-count = { $found ->
    [one] There is one word; it takes { $expected }.
   *[other] There are { $found } words; it takes { $expected }.
  }
form-words-checksum = Every word is in the list, but they do not belong together: one may be another list word, or two changed places.
