# The read API, for those who write programs.
api-title = For programs
api-description = The read API: cases, revisions, counts and the vocabulary in JSON, without a key.
api-examples = Examples
api-examples-lead = Each of them prints the ids and titles of the cases of one domain, page by page.
api-problems = When something goes wrong
api-problems-lead = Every failure is told in JSON as problem details (RFC 9457), with the media type application/problem+json. Its type leads to a line of this list and stays as it is. Where a part of the address is at fault, parameter, value and allowed say which one and what could stand there.
api-status = answer { $status }

# What kinds of failure there are.
api-problem-unknown-parameter-title = There is no such parameter
api-problem-unknown-parameter = A name in the address is none that this address knows. Names that could be meant are listed.
api-problem-repeated-parameter-title = This parameter stands there twice
api-problem-repeated-parameter = A parameter that can have one value only has several. Filters of fields may be repeated; words, years, order, limit and cursor may not.
api-problem-invalid-value-title = This value cannot be used
api-problem-invalid-value = A parameter has a value that it does not take. The values that it takes are listed where there are not too many.
api-problem-invalid-cursor-title = This cursor does not belong here
api-problem-invalid-cursor = A cursor belongs to one set in one order. Take the address that next gives, or begin again without a cursor.
api-problem-bad-request-title = This request cannot be read
api-problem-bad-request = Something in the request is not what this address takes.
api-problem-not-found-title = Nothing here
api-problem-not-found = There is nothing under this address. It may be mistyped.
api-problem-method-not-allowed-title = Reading only
api-problem-method-not-allowed = These addresses can be read, with GET or HEAD. Nothing was changed.
api-problem-gone-title = No longer public
api-problem-gone = This was public once and was taken down by the moderators; reason has the code of the reason. Take down your copies too.
api-problem-too-large-title = Too much at once
api-problem-too-large = More was sent than this site takes at once.
api-problem-too-many-title = Too often
api-problem-too-many = So many requests came in a short time that this one was not looked at. Wait some minutes.
api-problem-unexpected-title = Something broke
api-problem-unexpected = This is our fault. It is noted under the number that reference gives; name it if you write to the people who run this site.
api-problem-unavailable-title = Away for a moment
api-problem-unavailable = A part that this site rests on does not answer. Try again in a minute.

# What is wrong with a part of an address.
api-unknown-parameter = There is no parameter { $name } here. There are: { $allowed }.
api-empty-value = { $name } has no value. Give one, or leave it out.
api-repeated-parameter = { $name } can stand in an address once only.
api-bad-limit = limit is a whole number from 1 to { $most }.
api-bad-cursor = This is no cursor of this search. Take the address that next gives, or begin again without a cursor.
