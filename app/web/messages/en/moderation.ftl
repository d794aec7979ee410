# Review: the queue, submissions, drafts, published cases, the public log.

moderation-queue-title = Queue
moderation-queue-open = Open
moderation-queue-declined = Declined
moderation-queue-empty = Nothing waits here.
moderation-column-kind = What
moderation-column-age = Age
moderation-column-state = State
moderation-column-completeness = Completeness
moderation-column-assignee = Assigned to
moderation-column-risk = Risk
moderation-age = { $n ->
    [0] this week
    [one] one week ago
   *[other] { $n } weeks ago
}
moderation-unconfirmed = words not confirmed
moderation-due = due { $day }
moderation-no-such-order = The queue is sorted by age, kind, state, completeness, assignee or risk.
moderation-to-reseal = { $n ->
    [one] One envelope is still sealed to a review key that is no longer in use.
   *[other] { $n } envelopes are still sealed to a review key that is no longer in use.
}
moderation-reseal = Seal them again
moderation-resealed = { $n ->
    [one] One envelope was sealed again.
   *[other] { $n } envelopes were sealed again.
}
moderation-kind-new = New case
moderation-kind-addition = Adds to a case
moderation-adds-to = Adds to { $case }
moderation-kind-correction = Correction
moderation-kind-reply = Reply by a party

moderation-submission-title = Submission
moderation-completeness = completeness: { $words }
moderation-became-case = The case that came of it
moderation-received = As received
moderation-received-basics = First page
moderation-received-second = Another account says
moderation-draft = Draft of the case
moderation-no-draft = The review has not begun. Beginning makes a draft of the case from what was sent.
moderation-no-draft-published = The draft has become the published case.
moderation-no-draft-declined = There is no draft. Reopen it to begin the review.
moderation-no-draft-gone = There is nothing left to review.
moderation-acts = What to do
moderation-begin = Begin the review
moderation-accept = Accept
moderation-accepted = Accepted. It will be published on { $day }.
moderation-not-ready = Not done: something in the draft is missing or cannot be read. What stands in the way is listed with the draft.
moderation-telling = Not done: names in the texts would tell the place. Remove each from its text, or give a reason why it may stand.
moderation-take-back = Take back
moderation-take-back-words = It waits for its day and cannot be edited. Taking it back opens the draft again; a new acceptance draws a new day.
moderation-taken-back = Taken back. The draft is open again.
moderation-decline = Decline
moderation-decline-reason = Reason
moderation-decline-text = In words, for the contributor
moderation-decline-button = Decline this submission
moderation-declined = Declined. Nothing was deleted; it can be reopened from the list of declined ones.
moderation-declined-because = Declined: { $reason }
moderation-reopen = Reopen
moderation-reopened = Reopened.
moderation-choose = Choose
moderation-choose-a-reason = Choose a reason from the list.
moderation-not-begun = The review has not begun.
moderation-not-waiting = It does not wait for its day any more.
moderation-not-open = The draft cannot be edited now: the text waits for its day, or was decided on.

moderation-level = How much of the place is public: { $level }
moderation-in-the-way = { $n ->
    [one] One thing stands in the way of publication
   *[other] { $n } things stand in the way of publication
}
moderation-to-mend = { $n ->
    [one] one thing to mend
   *[other] { $n } things to mend
}
moderation-see-preview = See it as readers will
moderation-preview = A preview: readers will see this page as it stands here, under an address of its own.
moderation-sheets = Parts of the draft
moderation-found-title = Names that would tell the place
moderation-found-words = The place is not to be named. Remove each name from its text, or say why it may stand.
moderation-waive = “{ $words }” may stand, because
moderation-not-waived = It must go
moderation-mark-place = place
moderation-mark-body = body

moderation-sheet-head = Title and kind
moderation-sheet-narrative = Narrative
moderation-sheet-place = Place and disclosure
moderation-sheet-organisations = Organisations
moderation-sheet-agreements = Agreements
moderation-sheet-viewpoints = Concerns and answers
moderation-sheet-timeline = Timeline
moderation-sheet-sources = Sources
moderation-sheet-related = Related cases
moderation-unit-related = Related case
moderation-add-related = Add a related case
moderation-reference = The case that others are compared with by default
moderation-related-case = Id of the other case
moderation-no-case-id = An id has eight letters and digits, such as 7K2MQX4T.
moderation-unit-head = Title and kind
moderation-unit-narrative = Section
moderation-unit-place = Place
moderation-unit-named-place = Named place
moderation-unit-party = Side
moderation-unit-newcomer = Organisation not yet on record
moderation-unit-agreement = Agreement
moderation-unit-involvement = Took part
moderation-unit-statement = Coded value
moderation-unit-viewpoint = Concern
moderation-unit-answer = Answer
moderation-unit-event = Event
moderation-unit-source = Source
moderation-add-place = Add a place
moderation-add-involvement = Add somebody who took part
moderation-add-organisation = Add an organisation not yet on record
moderation-add-agreement = Add an agreement
moderation-add-statement = Add a value
moderation-add-viewpoint = Add a concern
moderation-add-answer = Add an answer
moderation-add-event = Add an event
moderation-add-source = Add a source
moderation-new-field = Field of the new value
moderation-remove = Remove
moderation-more = Further details
moderation-save = Save
moderation-saved = Saved.
moderation-kept = Kept as typed, but not taken into the case: something on this page cannot be read.
moderation-no-parts = There is nothing here yet.
moderation-nothing-to-choose = There is nothing to choose from yet.
moderation-needed = needed
moderation-most = { $n ->
    [one] At most one character.
   *[other] At most { $n } characters.
}
moderation-stays = { $label }: stays as it was published, made coarser then.

moderation-text = Text, in Markdown
moderation-geonames = GeoNames number, where the name fits several cities
moderation-side = Side
moderation-side-other = Vendor or another party: named
moderation-side-public = Public side: its name would tell the place
moderation-side-undeclared = Not said yet
moderation-organisation-name = Name
moderation-agreement = Agreement
moderation-instead-of-a-sum = In place of a sum
moderation-note = Note
moderation-language = Language
moderation-translated-from = Translated from
moderation-translated-by = Translated by
moderation-original = Original words
moderation-cited = Sources
moderation-address-not-recorded = The address was not recorded
moderation-archived-address = Address of an archived copy

moderation-missing = This is needed.
moderation-not-on-list = Choose one of the list.
moderation-no-date = A date is written 2018, 2018-01 or 2018-01-17.
moderation-no-number = Write a number in figures.
moderation-no-whole-number = Write a whole number in figures.
moderation-no-address = An address begins with http:// or https:// and names no user.
moderation-no-such-city = The gazetteer has no city with this number.
moderation-passphrase = This holds twelve words that open a submission. Take them out.
moderation-too-long = At most { $most } characters; these are { $length }.
moderation-stands-alone = This says something only beside the value it belongs to, which is missing.
moderation-without-answer = Give the value, or choose another status.
moderation-answer-beside-status = With this status no value can stand here. Take it out, or choose another status.
moderation-sum-or-code = Give a sum, or what stands in its place, but not both.
moderation-type-of-body = Say what type of body it is: that is shown in place of its name.
moderation-say-the-side = The place is not named: say on which side this organisation stands.
moderation-choose-a-field = Saved, but nothing was added: choose a field first.
moderation-no-such-part = Saved, but there is no such part any more.
moderation-too-many-parts = Saved, but a case holds no more parts of this kind.
moderation-unreadable = The draft cannot be read as a case.
moderation-fault = { $where }: { $reason }

moderation-revision-title = Next revision
moderation-revision-reason = Why it is revised, for readers
moderation-reason-missing = Say in one line why it is revised.
moderation-reason-too-long = Say it in at most 300 characters.
moderation-publish-revision = Publish the revision
moderation-revised = The revision is published.
moderation-discard = Throw the draft away
moderation-discard-words = The published case stays as it is.
moderation-discard-button = Throw it away
moderation-discarded = The draft is gone. The published case is as it was.
moderation-case-title = Published case
moderation-case-link = Revise, hide or show this case
moderation-revision-number = revision { $n }
moderation-revise = Revise
moderation-revise-button = Make the next revision
moderation-revision-under-way = A revision is under way
moderation-merge = Merge another case into this one
moderation-merge-words = For two cases of one matter. A draft unites what both say; you read it as you would any revision before it is published. From then on the other case is no longer in the lists, and its address leads here for ever. What was cited of it stays readable. It cannot be taken apart again: what was united can only be hidden.
moderation-merge-other = The id of the other case
moderation-merge-button = Begin a draft that unites them
moderation-merge-no-case = There is no such case, or it was merged already.
moderation-merge-self = This is the case itself.
moderation-merge-hidden = One of the two is hidden. Show it first.
moderation-merge-place = One of the two names its place and the other does not, or they tell of different places without naming them. Together they would give away what one of them holds back.
moderation-merge-draft = A revision of one of the two is under way. Publish it or throw it away first.
moderation-merge-under-way = By publishing this revision the case takes in another one, for good. Read that one too first:
moderation-case-merged = The case was merged into another one. Decide on that one.
moderation-visibility = Visibility
moderation-visibility-words = Public: in every list. Unlisted: found by its address only; in no list, search, count, export or site map, and its page says so. Hidden: gone, and its address says why.
moderation-hide-reason = Reason, shown to readers
moderation-hide = Hide this case
moderation-unlist = Unlist this case
moderation-show = Show this case again
moderation-visibility-set = Done. The log shows it.

# The desk: claims, marks of risk, two people, the checklist, notes, stepping aside.
moderation-claim = Claim it
moderation-release = Release it
moderation-claimed = It is yours.
moderation-released = Released.
moderation-claimed-until = You work on this. Your claim ends at { $until } UTC.
moderation-claimed-by = { $alias } works on this until { $until } UTC.
moderation-claimed-by-another = Somebody else works on it. Open it again to take it over.
moderation-take-over = Take it over
moderation-take-over-there = Take it over
moderation-acts-are-anothers = Somebody else works on it. Deciding opens once you take it over, at the top of this page.
moderation-risk = Mark of risk
moderation-risk-none = None
moderation-risk-words = What is marked is published only when a second moderator confirms. Whoever lifts a mark does not accept alone either. Saving it loads the page anew: tick and write below it afterwards.
moderation-risk-set = Save the mark
moderation-marked = The mark is set.
moderation-unmarked = It bears no mark.
moderation-mark-stays = It was accepted: take it back first, then the mark can be changed.
moderation-awaits-you = waits for your confirmation
moderation-awaits-another = waits for a second moderator
moderation-awaits-second = Accepted by you. A second moderator has to confirm it.
moderation-accepted-first = { $alias } has accepted this text and looked at:
moderation-accepted-with-pause = Accepted. Fewer than two can decide on it, so a pause stands in for the second person: it will be published on { $day }, and the log will say that there was a pause.
moderation-confirm = Confirm
moderation-decides-one = An accepted text is published when its day comes. Until then it can be taken back.
moderation-decides-first = A second moderator has to confirm before it waits for its day.
moderation-decides-second = You see the text that was accepted. Confirmed, it is published when its day comes; until then it can be taken back.
moderation-decides-pause = Fewer than two moderators can decide on this. A pause of at least seven days stands in for the second person, and the log says so.
moderation-decides-waits = You have accepted this. Another moderator has to confirm it.
moderation-checklist = Looked at
moderation-not-checked = { $point }: look at it and tick it.
moderation-notes = Internal notes
moderation-notes-words = For moderators alone: no contributor and no reader ever sees them. Those on a submission go when its original does.
moderation-note-new = New note
moderation-note-add = Add the note
moderation-note-missing = Write something first.
moderation-note-too-long = A note holds at most 5,000 characters.
moderation-noted = Noted.
moderation-conflict = Conflict of interest
moderation-step-aside = Step aside for a conflict of interest
moderation-step-aside-words = Do this if you work for the city or for a company concerned, or did lately. It leaves your queue, you cannot open it any more, and you cannot take this back. The public log says that somebody stepped aside; of what is not published it tells neither what nor who.
moderation-step-aside-button = Step aside
moderation-stepped-aside = You have stepped aside.
moderation-stepped-aside-from = You have stepped aside from this for a conflict of interest.

moderation-log-title = Moderation log
moderation-log-lead = What the people who review and who run this site have done. What was sent, published and declined is told by the quarter alone, so that no day leads to anybody.
moderation-log-small-team = Fewer than two people review at present, so nobody looks over the other's shoulder.
moderation-log-dated = Acts on published cases, demands and releases
moderation-log-empty = Nothing yet.
moderation-log-counts = Received: { $received }. Taken back by their authors: { $withdrawn }.
moderation-act-case-published = Published
moderation-act-submission-declined = Declined a submission
moderation-act-publication-paused = A pause of at least seven days stood in for a second moderator
moderation-act-reviewer-stepped-aside = A moderator stepped aside for a conflict of interest
moderation-act-case-stepped-aside = Stepped aside for a conflict of interest
moderation-act-case-revised = Revised
moderation-act-case-enlarged = Further account published
moderation-act-case-hidden = Hidden
moderation-act-case-unlisted = Taken from the lists
moderation-act-case-shown = Shown again
moderation-act-case-merged = Merged into another case
moderation-act-case-likened = Two cases set beside each other as similar
moderation-act-case-set-apart = Two cases set apart as not similar
moderation-act-likeness-lifted = What was ruled on two similar cases taken back
moderation-act-case-redacted = Words redacted
moderation-act-redaction-lifted = Redacted words shown again
moderation-act-case-erased = Words erased
moderation-act-demand-recorded = Demand received
moderation-act-demand-decided = Demand decided
moderation-act-dataset-released = Made a release of the dataset
moderation-act-release-recalled = Recalled a release of the dataset, as something in it is no longer public
moderation-act-release-restored = Handed a recalled release of the dataset out again
moderation-act-release-rebuilt = Built a release of the dataset anew

moderation-words-missing = Give words with at least two letters.
moderation-redacted-already = These words are redacted already.
moderation-words-nowhere = These words stand nowhere in this case.

# The pile, near-duplicates, and what is about to go.
moderation-pile-title = Pile
moderation-pile-lead = More came in an hour than this site's pace allows. What came after that waits here, near-duplicates together. Its authors notice nothing of it.
moderation-pile-link = { $n ->
    [one] One submission came over the site's pace and waits in the pile.
   *[other] { $n } submissions came over the site's pace and wait in the pile.
  }
moderation-pile-look-through = Look through the pile
moderation-alike-title = Near-duplicates
moderation-alike-lead = The texts of these submissions share a good part of their words. One of them may be genuine all the same: look before you decline.
moderation-alike = { $n ->
    [one] one near-duplicate
   *[other] { $n } near-duplicates
  }
moderation-heap = { $n ->
    [one] one text
   *[other] { $n } near-duplicates
  }
moderation-pile-choose = Choose what to release or decline
moderation-pile-tick = Nothing is ticked. Tick what you want to release or decline.
moderation-pile-look = Read
moderation-pile-release = Put what is ticked into the queue
moderation-pile-released = { $n ->
    [0] None of these lay in the pile any more.
    [one] One submission is in the queue now.
   *[other] { $n } submissions are in the queue now.
  }
moderation-pile-decline = Decline what is ticked
moderation-pile-decline-button = Decline
moderation-pile-declined = { $n ->
    [0] None was declined: all of them have moved on since.
    [one] Declined one submission.
   *[other] Declined { $n } submissions.
  }
moderation-weeks-left = { $n ->
    [0] goes this week
    [one] goes in one week
   *[other] goes in { $n } weeks
  }

# Accounts that add to a case, and what contributors say of the risk.
moderation-knowers = How many people could have known this, says its author: { $words }.
moderation-destroyed = What was sent is no longer stored.
moderation-behind = The case that this adds to has another revision by now than the one that this draft was made from. It cannot be accepted like that.
moderation-begin-anew = Make the draft anew
moderation-begin-anew-words = The draft is made anew from the case as it is now and from the account. What was edited in it before is replaced.
moderation-begun-anew = The draft was made anew.
moderation-case-as-it-was = The case has not moved on: there is nothing to make anew.

# Messages to and from contributors, and the inbox.
moderation-messages = Messages with the contributor
moderation-messages-lead = The contributor reads them on coming back with the words; nobody is notified. They are destroyed with what was sent.
moderation-message-theirs = The contributor
moderation-message-label = Write to the contributor
moderation-message-help = At most { $most } characters. Your alias stands beside it; ask for nothing that would tell who they are.
moderation-message-send = Send message
moderation-message-sent = Sent.
moderation-message-is-anothers = Whoever works on this answers. Take it over to answer yourself.
moderation-message-taken = Not sent: somebody else works on this by now. What you wrote stands below; copy it before you take this over.
moderation-typed = What you wrote, to copy
moderation-message-full = No more fits here: 200 messages were written, and that is the most.
moderation-message-closed = No message can be written here any more: what was sent is destroyed, and the messages with it.
moderation-inbox-title = Inbox
moderation-inbox-lead = Everything that contributors and moderators wrote to each other. Any moderator can go on with any of it, unless somebody else works on the submission.
moderation-inbox-empty = Nobody has written yet.
moderation-inbox-thread = Submission
moderation-inbox-answer = Answer
moderation-inbox-waits = waits for an answer
moderation-inbox-answered = moderators wrote last
moderation-queue-waiting = { $n ->
    [one] one waits for somebody to begin
   *[other] { $n } wait for somebody to begin
  }
moderation-inbox-unanswered = { $n ->
    [one] one waits for an answer
   *[other] { $n } wait for an answer
  }

# What contributors ask for after publication.
moderation-kind-removal = Removal
moderation-act-request-answered = Answered a contributor's request for correction or removal
