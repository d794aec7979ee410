//! How Casebook is reached: routes, forms, pages and the command line.
