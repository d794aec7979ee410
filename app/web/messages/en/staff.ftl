# Staff: joining, signing in, keys, members.
staff-home-title = Staff
staff-on = On to the staff pages
staff-waiting = You have joined. An administrator still has to admit you; until then you cannot read what comes in.
staff-key-waits = The recovery key was shown but not typed back yet.
staff-key-waits-link = Type it back
staff-to-admit = { $n ->
    [one] One person has joined and waits to be admitted
   *[other] { $n } people have joined and wait to be admitted
  }

staff-sign-in-title = Sign in
staff-sign-in-button = Sign in
staff-sign-in-wrong = Name or password is wrong.
staff-sign-in-expired = The password was given too long ago. Sign in again.
staff-too-many-attempts = Too many tries with this name. Wait a quarter of an hour.
staff-second-factor-title = Second step
staff-second-factor-button = Go on
staff-login-name = Name to sign in with
staff-login-name-help = Two to forty characters: letters from a to z, digits, dot, hyphen, underscore. Nobody else sees it.
staff-login-name-taken = Somebody has this name already.
staff-alias = Alias
staff-alias-help = The name that the public log shows beside what you do. It should not be the name you sign in with, nor your own.
staff-alias-taken = Somebody has this alias already.
staff-alias-is-login-name = The alias is public, so it must not be the name you sign in with.
staff-name-short = It has fewer than two characters.
staff-name-long = It has more than forty characters.
staff-name-characters = It has characters that it cannot have.
staff-password = Password
staff-password-again = The password once more
staff-password-help = 15 to 128 characters. A few words that do not belong together are good. Your password opens the sealed accounts; nobody can reset it.
staff-password-short = The password has fewer than 15 characters.
staff-password-long = The password has more than 128 characters.
staff-password-guessable = This password is among those that are tried first. Take words that do not belong together.
staff-password-differs = The two passwords differ.
staff-code = Code
staff-code-help = Six digits from your authenticator, or one of your recovery codes.
staff-code-join-help = The six digits that your authenticator shows now.
staff-code-wrong = This code does not hold. Each code holds once, for half a minute; the clocks of both devices must be right.
staff-code-missing = The code from your authenticator is missing.

staff-join-title = Join the staff
staff-join-founding = You are the first: after this page you are shown the recovery key of this instance.
staff-join-later = After this page an administrator has to admit you.
staff-join-button = Join
staff-factor-title = Second factor
staff-factor-words = Put this into an authenticator app. Each sign-in asks for the code that it shows.
staff-factor-picture = Picture of the secret for an authenticator app
staff-factor-text = Or type the secret into the app:

staff-keys-title = Codes and keys
staff-codes-title = Your recovery codes
staff-codes-what = Each code stands in for your authenticator once, for the day on which you lose it.
staff-codes-write-down = These codes are shown for a quarter of an hour and never again. Write them down, or keep them in a safe place that is not your telephone.
staff-codes-left = { $n ->
    [one] One code is left.
   *[other] { $n } codes are left.
  }
staff-codes-renew = Draw ten new codes
staff-recovery-key-title = The recovery key of this instance
staff-recovery-key-what = Twenty-four words that open what is sealed when no member of staff can sign in any more. Without them, and without anybody's password, unpublished accounts are lost.
staff-recovery-key-write-down = These words are shown for a quarter of an hour and never again. Write them on paper and keep them where more than one of you can find them.
staff-recovery-key-unseen = The words are not shown any more. If nobody wrote them down, make a new key.
staff-recovery-key-opens = Once they are typed back, contributors can send accounts.
staff-recovery-key-label = Type the twenty-four words back
staff-recovery-key-button = These are the words
staff-recovery-key-wrong = These are not the words of the recovery key.
staff-recovery-key-confirmed = The recovery key is noted as written down.
staff-recovery-key-renew-words = A new key takes the place of the old one, which then opens nothing.
staff-recovery-key-renew = Make a new recovery key

staff-sessions-title = Your sessions
staff-sessions-lead = Where you are signed in. Times are UTC. No address and no browser is noted.
staff-session-started = Since
staff-session-seen = Last used
staff-session-end-column = End
staff-session-this = this session
staff-session-end = End it
staff-session-ended = The session has ended.

staff-members-title = Members of staff
staff-members-lead = Admitting somebody gives them the key to what contributors send. Removing somebody makes a new key at once.
staff-role = Role
staff-role-moderator = Moderator
staff-role-administrator = Administrator
staff-role-unknown = The roles are moderator and administrator.
staff-state = State
staff-state-waiting = waits to be admitted
staff-state-active = active
staff-acts = Acts
staff-admit = Admit
staff-admitted = Admitted.
staff-not-waiting = This person does not wait to be admitted any more.
staff-remove = Remove
staff-remove-words = Their sessions end, and what comes in from now on is sealed to a key that they never had.
staff-remove-button = Remove
staff-removed = Removed. { $done ->
    [0] { "" }
    [one] One envelope that they could read was sealed again to the new key.
   *[other] { $done } envelopes that they could read were sealed again to the new key.
  } { $left ->
    [0] { "" }
    [one] One is left; the queue goes on with it.
   *[other] { $left } are left; the queue goes on with them.
  }
staff-already-removed = This person is no longer on the staff.
staff-last-administrator = The last administrator can neither be removed nor made a moderator.
staff-not-oneself = Nobody does this to themselves. Another administrator can.
staff-has-role = This person has the role already.
staff-change-role = Change the role
staff-change-role-words = Their sessions end, and they sign in anew. Where an administrator becomes a moderator there is a new recovery key, because they may know the old one.
staff-role-changed = The role was changed.
staff-offer-renewal = Lost password or second factor
staff-offer-renewal-words = A link for this person, by which they set password and second factor anew. Once they use it, what they signed in with before opens nothing, and you admit them again.
staff-offer-renewal-button = Make a renewal link
staff-invite-title = Invite somebody
staff-invite-button = Make a link
staff-link-title = A link for one person
staff-link-words = { $n ->
    [one] It holds once, for one day. Hand it over in a way that nobody else can read.
   *[other] It holds once, for { $n } days. Hand it over in a way that nobody else can read.
  }

# Changing what one signs in with.
staff-password-title = Change your password
staff-password-lead = Your key stays the same and is sealed under the new password. Every other session of yours ends.
staff-password-current = Your present password
staff-password-new = New password
staff-password-button = Change it
staff-password-wrong = This is not your present password.
staff-password-changed = The password was changed. Your other sessions have ended.
staff-changed-meanwhile = Password or second factor was changed elsewhere at the same moment. Nothing was done here; sign in anew.
staff-factor-renew-title = Renew your second factor
staff-factor-renew-lead = For another telephone, or after you used a recovery code because the old one is lost. Your recovery codes stay as they are.
staff-factor-password-help = So that nobody else does this who finds your session open.
staff-factor-renew-button = Use this one from now on
staff-factor-renewed = The new second factor is in use. Codes of the old one hold no more, and your other sessions have ended.
staff-factor-offer = The secret in this form was not made for you here. Open the page again.
staff-renew-title = Set password and second factor anew
staff-renew-lead = Your names stay. After this page an administrator has to admit you again; until then you cannot read what comes in. What you signed in with before opens nothing any more.
staff-renew-button = Set both

# Forms that were sent after their session had ended.
staff-kept-title = What you typed was kept
staff-kept-lead = Your session had ended when you sent this, so nothing was changed yet. It was sealed for you alone. Look first whether somebody has changed the page meanwhile, then send it.
staff-kept-send = Send it now
staff-kept-forget = Throw it away
staff-kept-until = It stays here until it is thrown away, at the latest until { $day }.
staff-kept-forgotten = Thrown away.
staff-kept-forms = { $n ->
    [one] One form was sent after your session had ended. It was kept:
   *[other] { $n } forms were sent after your session had ended. They were kept:
  }

# Mail to a member, and the page between a mail and the pages for staff.
staff-mail-title = Mail to you
staff-mail-lead = If you like, you are told once a day by mail how much waits. The mail holds numbers and nothing else: no text, no name, no address of a case.
staff-mail-time = The digest is sent every day at { $time } (UTC), whether or not anything came. It tells how things stood when the day before ended.
staff-mail-no-digest = This instance sends no digest. An address that you give here is used if that changes.
staff-mail-off = This instance sends no mail. An address that you give here is used if that changes.
staff-mail-present = Mail goes to
staff-mail-none = You have given no address, so you get no mail.
staff-mail-address = Your mail address
staff-mail-other = Another address
staff-mail-help = It is stored sealed, is shown to nobody else, and goes when you leave. Whoever can read that mailbox learns that you moderate here, and how much waited on which day. It should not be one of your employer.
staff-mail-malformed = This is not a mail address. It should look like name@example.org.
staff-mail-button = Send mail there
staff-mail-set = The address is stored.
staff-mail-forget = Forget the address
staff-mail-forgotten = No address is stored, and you get no mail.
staff-mail-trial = Send a mail to try it out
staff-mail-trial-sent = A mail is on its way. If it has not arrived in a few minutes, ask an administrator to look at the work laid aside.
staff-continue-title = Go on to the pages for staff
staff-continue-lead = You come from elsewhere, perhaps from a mail. One more step, so that no other site can open these pages in your name.

# Work that was laid aside.
staff-work-title = Work laid aside
staff-work-lead = What the program tried again and again and could not do. Mend the cause that is named, then let it be tried again. Nothing else waits for it.
staff-work-none = Nothing was laid aside.
staff-work-count = { $n ->
    [one] One piece of work was laid aside because it failed again and again
   *[other] { $n } pieces of work were laid aside because they failed again and again
  }
staff-work-when = Laid aside on { $time } (UTC) after { $n ->
    [one] one try
   *[other] { $n } tries
  }
staff-work-error = The last time it said:
staff-work-again = Try again
staff-work-waits = It waits to be tried again.
staff-work-discard = Throw away
staff-work-discarded = Thrown away.
staff-work-index-cases = Bringing cases into the text index
staff-work-rebuild-index = Building the text index anew
staff-work-clear-remains = Clearing what an erasure left in the files of the database
staff-work-publish-due = Publishing what is due
staff-work-send-digest = A digest to a member of staff; one of an earlier day is not sent any more
staff-work-send-trial = A mail to try out
staff-work-send-alert = A mail to a reader about new cases
staff-work-send-alert-confirmation = A mail that asks a reader for confirmation; once its link has had its time it is not sent any more
staff-work-other = Work that this version of the program does not know
