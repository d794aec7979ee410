# The first page and the pages about the site.
about-description = First-hand accounts and public sources on how cities decide about smart-city technology: who drove it, who has the data, what was asked and what was answered.
about-home-title = How cities decide
about-home-heading = How smart-city decisions are really made
about-home-lead = First-hand accounts and public sources, coded so that cases can be compared: who drove a project, who holds the data, which concerns were raised and what was answered. What nobody knows is shown as a gap.
about-home-search = Search the cases
about-home-search-button = Search
about-home-all = All cases, with filters
about-home-datasets = datasets to cite
about-home-newest = New and revised
about-home-share-title = You were there
about-home-share = You took part in such a decision, or saw how it was made. Tell it without an account, without a name and without an e-mail address.
about-home-share-link = Share a case
about-home-protection-link = How you are protected, and what we cannot protect you from
about-title = About
about-protection-title = Protection
about-method-title = Method
about-method-description = How the measures of this collection are computed, from which sources, and what they do not say.
about-proof = Test { $number } that proves this
about-moderation = Moderators are appointed by the people who run this instance. Each acts under an alias, which the log shows.
about-operator = Run by: { $text }
about-operator-silent = The people who run this instance have not yet said who they are.
about-funding = Paid for by: { $text }
about-funding-silent = They have not yet said who pays for it.
about-contact = Contact: { $text }
about-contact-silent = They have not yet given a way to reach them.

# On which days accounts are published, on the page "protection".
about-waits = An account waits at least { $delay } days after it is accepted, up to { $jitter } more by chance, and as much longer as you choose.
about-waits-for-nothing = An account is published as soon as it is accepted, unless you choose a delay.
about-batches-quarterly = Accounts are published together on the first day of a quarter, so that whoever watches the site every day learns no more than the quarter that everybody is told.
about-batches-monthly = Accounts are published together on the first day of a month: whoever watches the site every day learns the month, though readers are told the quarter only.
about-batches-none = Accounts are published one by one here: whoever watches the site every day learns the day, and can guess when yours was sent. Choose a delay.
