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
staff-codes-write-down = These codes are shown now and never again. Write them down, or keep them in a safe place that is not your telephone.
staff-codes-left = { $n ->
    [one] One code is left.
   *[other] { $n } codes are left.
  }
staff-codes-renew = Draw ten new codes
staff-recovery-key-title = The recovery key of this instance
staff-recovery-key-what = Twenty-four words that open what is sealed when no member of staff can sign in any more. Without them, and without anybody's password, unpublished accounts are lost.
staff-recovery-key-write-down = These words are shown now and never again. Write them on paper and keep them where more than one of you can find them.
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
staff-removed = Removed.
staff-already-removed = This person is no longer on the staff.
staff-last-administrator = The last administrator cannot be removed.
staff-invite-title = Invite somebody
staff-invite-button = Make a link
staff-link-title = A link for one person
staff-link-words = { $n ->
    [one] It holds once, for one day. Hand it over in a way that nobody else can read.
   *[other] It holds once, for { $n } days. Hand it over in a way that nobody else can read.
  }

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
