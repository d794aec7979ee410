# Pages for what went wrong: what happened, what was kept, what to do.
error-kicker = Answer { $status }
error-back = Back to the start
error-reference = It is noted under the number { $reference }. If you write to the people who run this site, name that number.

error-bad-request-title = This request cannot be read
error-bad-request = Something in the address or the form is not what this page takes. Nothing was changed.
error-forged-title = This form was not sent from here
error-forged = The form did not come from a page of this site, or that page is too old. Nothing was changed. Open the page again and send it from there.
error-forbidden-title = Not for you
error-forbidden = This is for people with another role. Nothing was changed.
error-not-found-title = Nothing here
error-not-found = There is nothing under this address. It may be mistyped, or the link that led here is wrong.
error-method-not-allowed-title = Not in this way
error-method-not-allowed = This address does not take what your browser sent. Nothing was changed.
error-conflict-title = Somebody was faster
error-conflict = What you saw has changed in the meantime. Your change was not made.
error-gone-title = No longer public
error-gone = This was public once and was taken down by the moderators.
error-gone-reason = The reason given: { $reason }.
error-too-large-title = Too much at once
error-too-large = More was sent than this site takes at once: the limit is one megabyte. Nothing of it was kept. Send less, or in parts.
error-refused-title = This cannot be done
error-refused = A rule of this site does not allow it. Nothing was changed.
error-too-many-title = Too often
error-too-many = So many tries came in a short time that this one was not looked at. Nothing was changed.
error-unexpected-title = Something broke
error-unexpected = This is our fault, not yours. What you did last may not have been kept.
error-unavailable-title = Away for a moment
error-unavailable = A part that this site rests on does not answer. Try again in a minute.

error-form-kind = A form was expected, of the kind that browsers send.
error-form-broken = The form broke off on its way.
error-limit-sign-in = Signing in can be tried again in { $minutes } minutes at the latest.
error-limit-passphrase = The words can be tried again in { $minutes } minutes at the latest.
error-limit-save = The form can be saved again in { $minutes } minutes at the latest. What was saved before is kept.
error-limit-mail = A mail to try out can be sent again in { $minutes } minutes at the latest.
error-limit-send = An account can be sent again in { $minutes } minutes at the latest. What was saved before is kept.
