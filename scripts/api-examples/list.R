# The ids and titles of all cases from the mobility domain, page by page; needs the package jsonlite.
library(jsonlite)

address <- "https://casebook.example/api/v1/cases?f.domain=mobility&limit=2"
while (!is.null(address)) {
  page <- fromJSON(address, simplifyVector = FALSE)
  for (case in page$cases) cat(case$id, "\t", case$title$text, "\n", sep = "")
  address <- page[["next"]]
}
