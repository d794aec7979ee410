# The pages of contributors. Titles are neutral: they stand in the browser's history.

# What stands on several pages.
intake-leave = Leave quickly
intake-leave-help = "Leave quickly" deletes what you did not keep, and makes this browser forget the site.
intake-back-with-words = Back with twelve words
intake-all-topics = All topics
intake-first-page = First page
intake-save = Save
intake-save-topics = Save and go on
intake-save-next = Save and next topic
intake-save-list = Save, back to the topics
intake-save-send = Look at it and send now
intake-keep = Keep it for another day
intake-required = required
intake-choose = Choose
intake-example = Example: { $text }
intake-nothing-lost = Nothing was lost: what you wrote is still there.
intake-problem = { $label }: { $words }

# No accounts yet.
intake-closed-title = Not yet
intake-closed = This site takes no accounts yet: those who would read them have not set it up.
intake-closed-why = Accounts are sealed to moderators, and here there is nobody yet who could open them. Please come back another day.

# The first page.
intake-first-title = Share a case
intake-first-lead = How was a decision about technology in a city made? Tell what you know. It takes no account, no name and no address.
intake-first-what = This page asks only what is required. After it come further topics, all of them optional; you can send at any time. Moderators read what you send before anything is public, and you see beforehand what would be public.
intake-first-licence = What is published stands under the licence CC BY 4.0, and its author is the collection, never you.
intake-first-kept = Your browser will not bring a lost text back, but this site will: what you save lies sealed on our server until the end of tomorrow, and no copy stays on your device.
intake-first-words = With the sending, or when you keep the form, you get twelve words. They are the only way back; nobody can reset them.
intake-another-country = Another country
intake-no-answer = No answer

# The sentence on how many cities fit, and the advice where few do.
intake-crowd = { $n ->
    [one] Our gazetteer has one city of this size in { $where }. Someone who knows the vendor or the year may still guess it.
   *[other] Our gazetteer has { $n } cities of this size in { $where }. Someone who knows the vendor or the year may still guess which.
  }
intake-crowd-advice = That is few. Consider telling readers the continent and the size only.
intake-crowd-any-size = { $n ->
    [one] Our gazetteer has one city in { $where }: whoever reads the country may know the place.
   *[other] Our gazetteer has { $n } cities in { $where }. Someone who knows the vendor or the year may still guess in or near which of them it was.
  }
intake-crowd-any-size-advice = That is few. Consider telling readers the continent only.
intake-crowd-city-state = Few cities of a country are city states. Consider telling readers the continent in place of the country.
intake-fits = { $n ->
    [one] one city fits
   *[other] { $n } cities fit
  }

# The task list.
intake-topics-title = Topics
intake-topics-lead = What else do you know? Every topic is optional, can be left and come back to.
intake-is-saved = What you saved is kept on our server until the end of tomorrow. "Keep it for another day" gives you twelve words with which it lasts longer.
intake-is-kept = What you saved is kept under your twelve words.
intake-look-and-send = Look at it and send
intake-topic-empty = empty
intake-topic-answered = { $answered } of { $asked } answered
intake-topic-missing = { $n ->
    [one] one required answer is missing
   *[other] { $n } required answers are missing
  }

# One topic.
intake-topic-title = Topic
intake-topic-place = Topic { $n } of { $of }
intake-topic-lead = Answer what you know and leave the rest.
intake-ways = This is
intake-way-stated = the answer
intake-way-unknown = I don't know
intake-way-not-applicable = does not apply
intake-way-withheld = the city refused to say
intake-way-disputed = accounts differ
intake-version-first = One account says
intake-version-second = Another account says
intake-cites = Which sources say so
intake-source-n = Source { $n }
intake-word-number = Number
intake-word-amount = Amount
intake-word-date = Date
intake-word-organisation = Name
intake-word-yes = Yes
intake-limit = At most { $n } characters
intake-limit-between = { $least } to { $most } characters
intake-full = There are as many of these as one case may hold.
intake-on-record = On record as { $name }.
intake-on-record-seat = On record as { $name }, { $seat }.
intake-not-on-record = Not on record yet: it will be, once the case is published. Say what kind of organisation it is, where it sits and on which side it stands.
intake-source-known = This address is on record already: { $source }. What you leave empty is filled in from there.

intake-add-agreement = Add an agreement
intake-add-involvement = Add an organisation
intake-add-viewpoint = Add a concern
intake-add-answer = Add an answer to this concern
intake-add-timeline = Add a step
intake-add-source = Add a source
intake-part-agreement = Agreement { $n }
intake-part-involvement = Organisation { $n }
intake-part-viewpoint = Concern { $n }
intake-part-answer = Answer { $n }
intake-part-timeline = Step { $n }
intake-part-source = Source { $n }
intake-remove-agreement = Remove agreement { $n }
intake-remove-involvement = Remove organisation { $n }
intake-remove-viewpoint = Remove concern { $n }
intake-remove-answer = Remove answer { $n }
intake-remove-timeline = Remove step { $n }
intake-remove-source = Remove source { $n }


# What would be public.
intake-preview-title = Before sending
intake-preview-lead = This is what will be public, no more. Read it as someone who wants to find out who wrote it.
intake-found-title = Places to look at
intake-found-help = Marks are a help, not a guarantee: only you know what gives you away.
intake-vendor-named = The vendor stays named at each of these levels: without it the case is worth little.
intake-level = How much of the place is public?
intake-level-help = Whatever you choose here never enters the published record any closer.
intake-show-level = Show it like that
intake-licence-title = What happens then
intake-happens = Moderators read it, edit it with care and publish it as a case, or decline it with a reason. Of you, readers learn how you know and in which quarter it was published.
intake-happens-weeks = { $n ->
    [one] Unpublished, it is deleted after one week without activity.
   *[other] Unpublished, it is deleted after { $n } weeks without activity.
  }
intake-happens-words = After sending you get twelve words. With them you see how it stands and can withdraw it until it is published. There is no way to reset them.
intake-happens-same-words = Your twelve words stay the same.
intake-licence = I agree that the case is published under CC BY 4.0, with the collection as its author.
intake-send = Send
intake-change = Change something
intake-unready-title = Not ready to send

# Likely duplicates, and what a published case still lacks.
intake-alike-title = This may be told already
intake-alike-help = These published cases are of the same place and the same company. If yours is one of them, add to it: two accounts are worth more than one. We looked now, on our server, and keep no note of it.
intake-add-to = Add to this case
intake-add-to-n = Add to the case { $case }
intake-adds-to = What you write adds to the published case { $case }.
intake-adds-to-see = What it knows and what it lacks
intake-adds-to-none = Is there a published case already that this adds to?
intake-adds-to-say = Say which
intake-addition-title = Adding to a case
intake-addition-accounts = { $n ->
    [0] It rests on public sources so far.
    [one] One account stands behind it so far.
   *[other] { $n } accounts stand behind it so far.
  }
intake-addition-lead = Tell what you know, in your own words. Where your account says the same, it stands behind what is there; where it says otherwise, both stay, each with its source. How much of the place is public stays as the case has it.
intake-addition-filled = Place and companies are filled in for you where you had said nothing of them. Change what you know to be different.
intake-addition-go-on = Go on to the form
intake-addition-empty = Nothing known yet
intake-addition-known = Known
intake-addition-alone = Make it a case of its own
intake-addition-alone-help = What you wrote stays either way.
intake-addition-which = Which published case do you want to add to?
intake-addition-number = Number of the case (eight letters and digits), or its address

# The last questions.
intake-knowers = How many people could have known this?
intake-knowers-help = Count everybody who could have told it. Your answer is never published; moderators read it with your account.
intake-few = That is few. Before you send, think about making it harder to guess:
intake-few-delay = Wait longer before it is published
intake-few-date = Give coarser dates: a year instead of a month
intake-few-details = Leave out details that only few can know
intake-few-place = Say less of the place
intake-delay = When may it be published?
intake-delay-help = Every account waits some time after it was accepted. You can have it wait longer; nobody sees that you did.
intake-expected-month = If it were accepted today, it would be published in { $month } (year and month).
intake-expected = If it were accepted today, it would be published between { $first } and { $last } (year and month).
intake-show-delay = Show what that means

# The twelve words.
intake-words-title = Twelve words
intake-words-sent = Received.
intake-words-kept = Kept.
intake-words-lead = Write these words down on paper. They are the only way back to your case; we cannot send or reset them.
intake-words-three = Three of them, to be sure
intake-words-n = Word { $n }
intake-words-wrong = These are not the words that were asked for. Look at your paper and try again.
intake-words-reload = Until you confirm, this page shows the words whenever you reload it, until the end of tomorrow.
intake-words-counts = What you sent counts either way.
intake-words-weeks = { $n ->
    [one] It is kept for a week without activity.
   *[other] It is kept for { $n } weeks without activity.
  }
intake-confirm = Confirm
intake-another = Begin another case
intake-another-help = Another case gets words of its own, and these will not be shown again.
intake-done-title = Received
intake-done-lead = Your account is with the moderators, sealed.
intake-done-back = Come back with your twelve words to see how it stands, to write to the moderators and read their answers, to copy your text or to withdraw it.

# Leaving, and what could not be saved.
intake-left-title = Left
intake-left-deleted = What you did not keep is deleted, and this browser was asked to forget the site.
intake-left-stays = This browser was asked to forget the site. What you kept or sent stays under your twelve words.
intake-left-history = The addresses of these pages may still stand in the history of the browser; they say nothing of what you wrote.
intake-held-title = Not saved
intake-held-lead = We cannot take this right now; here is your text to copy.
intake-held-closed = What your twelve words had opened was closed meanwhile. Copy this, enter your words again, and send it once more.
intake-held-how-long = It is held in memory for an hour, sealed for this browser, and then it is gone.

# Coming back.
intake-return-title = Return
intake-return-lead = Your twelve words open what you kept or sent.
intake-return-words = Your twelve words
intake-return-help = In their order, with spaces between them.
intake-return-open = Open
intake-return-unknown = These words open nothing here. Either they are others than those you were shown, or what they opened was withdrawn or has expired.
intake-own-title = Your case
intake-own-state = State
intake-own-week = Received
intake-own-due = Published on or after
intake-own-until = Kept until
intake-own-case = The published case
intake-own-reason = Why it was declined
intake-own-waiting = The text that waits for its day
intake-own-waiting-help = This is what will be published. You can stop it: it then goes back to the moderators.
intake-own-stop = Stop the publication
intake-own-changes = What the moderators changed
intake-own-changes-help = What you sent beside the final text. What was added is underlined, what was taken out is struck through.
intake-own-changes-none = The final text says what you sent.
intake-own-text = What you sent
intake-own-text-help = Your text is yours to copy
intake-own-destroyed = What you sent is no longer stored here.
intake-own-withdraw = Withdraw this case
intake-withdraw-title = Withdraw?
intake-withdraw-lead = Everything you sent is destroyed at once, and your twelve words open nothing any more. Only the fact that something was withdrawn stays, without its content.
intake-withdraw-yes = Withdraw it
intake-withdraw-no = Keep it

# What has just happened.
intake-note-saved = Saved.
intake-note-fresh = Saved in a fresh form. What earlier pages held cannot be brought back: its time was over, or this browser lost its cookie.
intake-note-kept = Kept. Come back with your twelve words.
intake-note-more = Saved. One of your answers asks for more: both accounts where they differ, or the ground of a refusal.
intake-note-too-much = This was not saved: everything together would be longer than one megabyte.
intake-note-too-many-parts = There are as many of these as one case may hold. The rest was saved.
intake-note-licence = Not sent yet: without your agreement to the licence we cannot publish it.
intake-note-level = Not sent yet: you chose another level for the place. This is how it looks now.
intake-note-idle = For your safety, what the words open is closed after a quarter of an hour. Nothing is lost: enter them again.
intake-note-withdrawn = Withdrawn. Everything you sent is destroyed.
intake-note-stopped = Stopped. It is with the moderators again.

intake-note-few = Not sent yet: few people could have known this. Look at what would make it harder to guess, then send.
intake-note-alone = This is a case of its own again.
intake-note-no-such-case = There is no public case of this number. Nothing was changed.

# What cannot be done.
intake-already-sent = This was sent already.
intake-too-late = It is too late for this: it was published, or moved on.
intake-moved-on = It has moved on in the meantime.

# What is said about answers that cannot be taken as they are.
intake-missing = This is needed before your account can be sent.
intake-missing-here = This is needed here. If you did not mean to add this part, remove it.
intake-city-or-size = Name the city, or choose how large it is.
intake-city-to-name = Write the name of the place, or choose above not to name it.
intake-city-unknown = We do not know a place called “{ $typed }” in this country. Check the spelling, or choose how large it is.
intake-city-which = { $n } places bear this name. Choose the one you mean.
intake-country = We do not know a country called “{ $typed }”. Choose one of the list.
intake-which-side = Say on which side this organisation stands. If it belongs to the city, readers learn its type and not its name.
intake-unknown-code = “{ $typed }” is not among the answers. Choose one of the list.
intake-two-versions = Accounts differ means two answers. Give this one as well, or choose another way to answer.
intake-who-says = Say in a few words who gives this version, without a name.
intake-either-or = You gave an answer and also chose that there is none. Keep one of the two.
intake-too-long = At most { $most } characters fit here; you wrote { $length }.
intake-too-short = At least { $least } characters are needed here; you wrote { $length }.
intake-number = Write a whole number in digits, such as 504358.
intake-amount = Write a sum in digits, such as 1200000 or 99.50.
intake-currency = Write the three letters of the currency, such as EUR.
intake-year = Write the year with four digits, such as 2019.
intake-date = Write the date as 2018, 2018-01 or 2018-01-17.
intake-address = Write the whole web address, beginning with https:// and without a user name.
intake-title-or-address = Give the title of the source or its address.
intake-language = Choose one of the languages of the list.
intake-passphrase = This holds the twelve words that open your account. Take them out: whoever reads them could act in your place.

# The guard before sending.
intake-leave-empty = Leave this field empty
intake-note-filled = Not sent yet: a field that must stay empty was filled in, perhaps by your browser. Your text is kept. Look at it once more and send it again.
intake-note-early = Not sent yet: this came faster than a person reads, as programs send. Your text is kept. Look at it for some seconds and send it again.
intake-note-late = Not sent yet: this page had been open for more than a day. Your text is kept. Look at it once more and send it again.
intake-own-ending = { $n ->
    [0] This goes within a week: what you sent is then destroyed, and only the week stays. Copy the text below if you want to keep it.
    [one] This goes in one week unless the moderators do something with it or you write to them: what you sent is then destroyed, and only the week stays. Copy the text below if you want to keep it.
   *[other] This goes in { $n } weeks unless the moderators do something with it or you write to them: what you sent is then destroyed, and only the week stays. Copy the text below if you want to keep it.
  }

# Messages between a contributor and the moderators.
intake-messages = Messages
intake-messages-lead = The moderators read what you write here, and their answers appear here. Nothing is sent by mail and nobody is notified: come back with your words to look. All messages are destroyed with what you sent: when you withdraw it, when its time is over, or 30 days after publication.
intake-messages-news = The moderators wrote to you last. Read their message
intake-message-mine = You
intake-message-theirs = Moderator { $alias }
intake-message-label = Write to the moderators
intake-message-help = At most { $most } characters. Only the moderators and you can read it. Leave your twelve words and your name out.
intake-message-send = Send message
intake-message-unsent = Not sent; yours to copy
intake-message-empty = Not sent: nothing was written. Write your message first.
intake-message-too-long = Not sent: at most { $most } characters fit here; you wrote { $length }. Your text is kept.
intake-message-passphrase = Not sent: this holds twelve words that open an account. Take them out: whoever reads them could act in its author's place.
intake-message-full = No more fits here: 200 messages were written, and that is the most.
intake-message-closed = No message can be written here any more: what you sent is destroyed, and the messages with it.
intake-note-message = Sent. The moderators see it when they look into their inbox.
# Changes that moderators ask for.
intake-asked = A moderator asks: { $text }
intake-asked-title = What the moderators ask you to change
intake-answered-title = What the moderators had asked you to change
intake-asked-reply = What you said to it
intake-asked-no-reply = You sent your answers without a word beside them.
intake-asked-notes = { $n ->
    [one] one note of a moderator
   *[other] { $n } notes of a moderator
  }
intake-asked-part-gone = A part that you took out
intake-asked-open = Open the form
intake-asked-open-help = The form opens as you sent it, with each note beside its field. Change what you think right, then look at it and send it again. What you save lies under your twelve words until you do. You can also leave everything as it is and say why before you send.
intake-reply = A few words to the moderators
intake-reply-help = Optional, and never published: what you changed, or why you did not. At most 5,000 characters.
intake-note-answered = Sent. It is with the moderators again, and your twelve words stay the same.
intake-note-moved-on = The moderators went on meanwhile, so this was not sent. What you sent last stands below, and under it what you had changed.
intake-note-no-changes = No changes are asked for any more. Below you see how it stands.
intake-own-left = What you had changed and not sent
intake-own-left-copy = Yours to copy
intake-own-left-help = The moderators went on before it was sent. It is kept here for you to copy; to tell them of it, write them a message.
intake-note-reply-long = Not sent yet: your words to the moderators are longer than 5,000 characters. They are kept below.
intake-note-reply-words = Not sent yet: your words to the moderators hold the twelve words that open your account. Take them out: whoever reads them could act in your place.

# Asking for correction or removal after publication.
intake-correction-title = Is something wrong with it?
intake-correction-help = You can ask the moderators to put something right, or to take the case out of sight. Your twelve words keep this open, also when what you sent is destroyed. Nobody is notified: come back to read the answer.
intake-correction-wish = What is wrong, and what would be right? Or why it should be removed
intake-correction-wish-help = Sealed to the moderators and to you, and never published. At most 5,000 characters. What was published may have been copied: removing it cannot be the same as never having published it.
intake-correction-ask = Ask for correction
intake-correction-remove = Ask for removal
intake-correction-kind-correction = You asked for correction
intake-correction-kind-removal = You asked for removal
intake-correction-news = The moderators answered what you asked for. Read their answer
intake-correction-waits = The moderators have not answered yet.
intake-correction-answered = Answered on { $day }
intake-correction-gone = The words of your request were destroyed when words of the case were erased.
intake-note-asked = Asked. Come back with your twelve words to read the answer.
intake-note-one-is-open = Not sent: the moderators have not answered your earlier request yet. What you wrote is kept until the end of tomorrow.
intake-note-asked-nothing = Not sent: write what is wrong, or why it should be removed.
