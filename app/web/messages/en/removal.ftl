# Words taken out of a published case.
removal-words-title = Words in the case
removal-link = Redact or erase words
removal-redact-title = Redact words
removal-redact-lead = Readers no longer see the words: not in the case, not in any of its revisions, not in lists, searches or exports. In their place stands that something was redacted, and why. Moderators still see them, and they can be shown again.
removal-redact-button = Redact
removal-redact-done = The words are redacted. The log shows it, without the words.
removal-redact-other = Erase words for ever instead
removal-erase-title = Erase words
removal-erase-lead = The words are struck from every revision of the case, from notices of demands about it and from the text index. Sealed originals of its accounts and drafts of its next revision are destroyed with them.
removal-erase-warning = Nobody can undo this. Redact the words instead if they may be needed again. Back-ups made before still hold them; those have to be deleted by hand.
removal-erase-button = Erase for ever
removal-erase-done = The words are erased. What they left behind on the disk is being cleared. The log shows the act, without the words.
removal-erase-other = Redact words instead
removal-words = Words
removal-words-help = They are found however they are written: capitals, accents, hyphens and line ends make no difference, and a longer word that holds them goes whole. Codes, dates and names of organisations on record are not words of the case: revise the case to change those.
removal-look = See where they stand
removal-places = { $n ->
    [0] They stand nowhere
    [one] They stand in one place
   *[other] They stand in { $n } places
}
removal-nowhere = No revision of this case holds these words.
removal-in-revisions = (revision { $revisions })
removal-reason = Reason, shown to readers
removal-sure = I know that this cannot be undone.
removal-not-sure = Say that you know it cannot be undone.
removal-redacted = Redacted at present
removal-none = Nothing is redacted in this case.
removal-lift = Show again
removal-lifted = The words are shown again. The log says so.
removal-releases-title = { $n ->
    [one] One release waits to be built anew
   *[other] { $n } releases wait to be built anew
}
removal-releases = They hold something that is not public any more, and their files are not handed out, but they still lie on the server. Whoever runs the site builds each anew on its command line, which takes the old files away:
