//! How Casebook is reached: routes, forms, pages and the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    casebook_web::cli::run()
}
