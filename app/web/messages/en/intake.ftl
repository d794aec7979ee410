intake-closed = This site takes no accounts yet: those who would read them have not set it up.

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
