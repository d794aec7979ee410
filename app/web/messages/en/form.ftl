# What every form says.
form-problems-title = { $n ->
    [one] One thing needs your attention
   *[other] { $n } things need your attention
  }
form-problem = This needs your attention.
