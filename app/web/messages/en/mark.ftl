# What is marked in texts, for contributors and for moderators.
mark-user-url = names a person
mark-email = e-mail
mark-path = file path
mark-iban = account number
mark-date = exact date
mark-amount = exact amount
mark-phone = telephone
mark-person = name of a person
mark-body = body of the place
mark-place = name of the place
mark-city = city
mark-mixed-script = mixed letters
mark-count-user-url = { $n ->
    [one] an address that names a person
   *[other] { $n } addresses that name a person
  }
mark-count-email = { $n ->
    [one] an e-mail address
   *[other] { $n } e-mail addresses
  }
mark-count-path = { $n ->
    [one] the path of a file
   *[other] { $n } paths of files
  }
mark-count-iban = { $n ->
    [one] an account number
   *[other] { $n } account numbers
  }
mark-count-date = { $n ->
    [one] an exact date
   *[other] { $n } exact dates
  }
mark-count-amount = { $n ->
    [one] an exact amount
   *[other] { $n } exact amounts
  }
mark-count-phone = { $n ->
    [one] a telephone number
   *[other] { $n } telephone numbers
  }
mark-count-person = { $n ->
    [one] what looks like a person's name
   *[other] { $n } stretches that look like a person's name
  }
mark-count-body = { $n ->
    [one] a body of the place
   *[other] { $n } mentions of bodies of the place
  }
mark-count-place = { $n ->
    [one] a name of the place
   *[other] { $n } mentions of the place
  }
mark-count-city = { $n ->
    [one] what is called like a city
   *[other] { $n } stretches that are called like cities
  }
mark-count-mixed-script = { $n ->
    [one] a word that mixes alphabets
   *[other] { $n } words that mix alphabets
  }

# What can be done about each.
mark-remedy-user-url = Give the page of the institution instead, or leave the address out.
mark-remedy-email = Take it out: it names its owner, and often whoever wrote to them.
mark-remedy-path = Take it out: paths hold the names of users and machines. The title of the document is enough.
mark-remedy-iban = Take it out: say what was paid for instead.
mark-remedy-date = Write the month or the year, unless everybody could know the day.
mark-remedy-amount = Write a round figure, such as "about two million".
mark-remedy-phone = Take it out.
mark-remedy-person = Write the office instead of the name: "the head of the department".
mark-remedy-body = Write what sort of body it is: "a company of the city".
mark-remedy-place = Write "the city".
mark-remedy-city = If a city tells where this happened or where you were, leave it out; if it is only a comparison or a word, it can stay.
mark-remedy-mixed-script = Type the word again: letters of another alphabet can mark a copy of a text.
