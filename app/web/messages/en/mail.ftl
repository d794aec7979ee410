# Mails to staff. Lines stay under 78 characters, as they are sent.
mail-link = To the pages for staff:
mail-digest-subject = { $site }: what waited at the end of { $day }
mail-digest-lead = This is what waited at the end of { $day } (UTC):
mail-digest-uncounted = What waited at the end of { $day } (UTC) is not known: the count is taken
    at midnight, and nobody took it then. The pages for staff show what waits.
mail-digest-received = that nobody has begun to review
mail-digest-held = in the pile of what came over the pace
mail-digest-in-review = under review
mail-digest-to-confirm = accepted by one moderator, to be confirmed by another
mail-digest-changes-requested = waiting for their authors
mail-digest-answered = answered by their authors, to be looked at again
mail-digest-accepted = accepted, waiting for their day
mail-digest-ending = removed within four weeks unless somebody does something
mail-digest-requests = requests for correction or removal without an answer
mail-digest-demands = demands without a decision
mail-digest-why = This mail comes once a day at the same time, whatever has happened. It holds
    numbers and nothing else. Who wants it no more says so there, under
    "Mail to you".
mail-trial-subject = { $site }: a mail to try out
mail-trial-text = You asked for this mail on your page "Mail to you". That it has arrived
    means that the daily digest will.
