# What people type. Each recipe calls a script of `scripts/`, and so does `.ci/run`: no check exists in one place only.

# Everything that CI checks, in its order
all: format-check lint test test-postgres test-browser scan read-by-others

# Start the site on http://127.0.0.1:8080
serve:
    cargo run -- serve

# Format the code
format:
    cargo fmt --all

# Say where the code is not formatted
format-check:
    scripts/check-format

# Clippy, warnings as errors, for both databases
lint:
    scripts/lint

# Every test, on SQLite
test *arguments:
    scripts/test {{ arguments }}

# The same tests on a temporary PostgreSQL
test-postgres *arguments:
    scripts/test-postgres {{ arguments }}

# The journeys in a real browser
test-browser *files:
    scripts/test-browser {{ files }}

# An independent scanner of web sites, against the site with the first cases
scan:
    scripts/scan

# What researchers take away, read by the programs that they read it with
read-by-others:
    scripts/read-by-others

# Times, rates and memory with 100,000 cases, or as many as are named, in a release build
bench *arguments:
    scripts/bench {{ arguments }}
