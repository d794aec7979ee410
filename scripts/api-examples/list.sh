#!/bin/sh
# The ids and titles of all cases from the mobility domain, page by page; needs curl and jq.
set -eu
next='https://casebook.example/api/v1/cases?f.domain=mobility&limit=2'
while [ "$next" != null ]; do
    page=$(curl --fail --silent --show-error "$next")
    printf '%s' "$page" | jq --raw-output '.cases[] | [.id, .title.text] | @tsv'
    next=$(printf '%s' "$page" | jq --raw-output '.next')
done
