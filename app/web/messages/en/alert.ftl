# Alerts by mail: the pages, and the mails, whose lines stay under 78 characters, as they are sent.
alert-link = Tell me by mail
alert-title = Tell me by mail
alert-lead = You are sent a mail when new or revised cases fit this search, and none when there is nothing new.
alert-search = The search:
alert-everything = all cases
alert-address = Your mail address
alert-address-help = A mail goes there first, with a link to say yes. Without that nothing further is sent.
alert-malformed = This is not a mail address. One looks like name@example.org.
alert-often = How often
alert-daily = at most once a day
alert-weekly = at most once a week, on Monday
alert-too-long = This search is too long to be followed by mail. Take some words or filters out of it.
alert-no-rhythm = Choose how often: once a day or once a week.
alert-stored = Your address and the search are stored sealed, and are forgotten when you end the mails. What is held of readers:
alert-button = Send me the link
alert-feed = Without giving an address, a feed reader tells you the same:
alert-off = This instance sends no mail to readers.
alert-asked-title = Look into your mailbox
alert-asked = If the address is right, a mail is on its way with a link by which you say yes. At most one such mail a day goes to one mailbox, whoever asks: if you have had one today, use its link, and ask for the next search tomorrow.
alert-back = Back to the cases
alert-confirm-title = Do you want these mails?
alert-confirm-lead = Somebody, most likely you, asked for mails about new and revised cases. They begin only when you say yes here.
alert-confirm-button = Yes, tell me
alert-confirm-else = If it was not you, close this page. Nothing further is sent, and after two days what was asked for is forgotten.
alert-confirmed-title = You will be told
alert-confirmed = From tomorrow on a mail comes when there is something new. Each of them has a link by which it ends.
alert-end-title = No more mails?
alert-end-lead = This ends the mails about new and revised cases that fit this search. Your address is forgotten with it.
alert-end-button = End these mails
alert-ended-title = No more mails
alert-ended = These mails have ended, and nothing of your address is kept with them.
alert-asking-subject = { $site }: do you want to be told of new cases?
alert-asking-lead = Somebody, most likely you, asked to be told by mail of new and revised
    cases on
alert-asking-confirm = If it was you, say yes on this page:
alert-asking-until = The link can be used until the end of { $day } (UTC). If it was not you, do
    nothing: nothing further is sent, and what was asked for is forgotten.
alert-news-subject = { $site }: { $n ->
    [one] one new or revised case
   *[other] { $n } new or revised cases
}
alert-news-lead = New or revised since the last mail:
alert-news-revision = { $title } (revision { $n })
alert-news-more = { $n ->
    [one] One more stands on the page of the search.
   *[other] { $n } more stand on the page of the search.
}
alert-news-coverage = { $found } of { $published } published cases fit. What is absent here
    is not absent in the world.
alert-news-incomplete = The search has more results than could be looked through; some may be
    missing here.
alert-news-end = No more of these mails:
