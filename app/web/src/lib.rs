//! How Casebook is reached: routes, forms, pages and the command line.

pub mod about;
pub mod alerts;
pub mod api;
mod asked;
pub mod cases;
pub mod cli;
pub mod codebook;
pub mod datasets;
mod difference;
mod filters;
pub mod intake;
pub mod kit;
pub mod moderation;
pub mod ops;
mod record;
pub mod routes;
pub mod server;
pub mod staff;
pub mod url;
mod words;

use actix_web::{
    App as WebApp, Error,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, from_fn},
    web::{Data, to},
};
use casebook_core::{background::Words, config::Config};

use kit::{
    App, error, headers, kept, log, nowhere,
    page::{Rendered, render_samples},
};

/// The words of mails, for whoever runs the worker.
#[must_use]
pub fn letters(config: &Config) -> Words {
    Words { staff: moderation::letters::letters(config), readers: alerts::letters::letters(config) }
}

/// The whole site as one service. What wraps it, from the outside in: the log line, what private areas and HEAD need before anything
/// else, compression, the headers of every answer, the pages for what went wrong, and the keeping of forms whose session has ended.
pub fn build_app(
    app: Data<App>,
) -> WebApp<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    WebApp::new()
        .app_data(app)
        .configure(routes::site)
        .default_service(to(nowhere::nowhere))
        .wrap(from_fn(kept::forms))
        .wrap(from_fn(error::pages))
        .wrap(from_fn(headers::after))
        .wrap(Compress::default())
        .wrap(from_fn(headers::before))
        .wrap(from_fn(log::line))
}

/// Every template with every sample. A template that is not named here fails a test.
#[must_use]
pub fn samples() -> Vec<Rendered> {
    [
        render_samples::<about::home::HomePage>(),
        render_samples::<about::prose::ProsePage>(),
        render_samples::<alerts::DonePage>(),
        render_samples::<alerts::confirm::ConfirmPage>(),
        render_samples::<alerts::end::EndPage>(),
        render_samples::<alerts::new::NewPage>(),
        render_samples::<api::page::ApiPage>(),
        render_samples::<cases::changes::ChangesPage>(),
        render_samples::<cases::compare::ComparePage>(),
        render_samples::<cases::facet::FacetPage>(),
        render_samples::<cases::list::ListPage>(),
        render_samples::<cases::show::CasePage>(),
        render_samples::<cases::statistics::StatisticsPage>(),
        render_samples::<codebook::CodebookPage>(),
        render_samples::<datasets::list::ListPage>(),
        render_samples::<datasets::show::ReleasePage>(),
        render_samples::<error::ErrorPage>(),
        render_samples::<moderation::changes::ChangesPage>(),
        render_samples::<moderation::corrections::CorrectionPage>(),
        render_samples::<moderation::case::StaffCasePage>(),
        render_samples::<moderation::demands::DemandPage>(),
        render_samples::<moderation::demands::DemandsPage>(),
        render_samples::<moderation::inbox::InboxPage>(),
        render_samples::<moderation::log::LogPage>(),
        render_samples::<moderation::pile::PilePage>(),
        render_samples::<moderation::queue::QueuePage>(),
        render_samples::<moderation::removal::RemovalPage>(),
        render_samples::<moderation::revision::RevisionPage>(),
        render_samples::<moderation::sheet::SheetPage>(),
        render_samples::<moderation::submission::SubmissionPage>(),
        render_samples::<moderation::transparency::TransparencyPage>(),
        render_samples::<intake::back::ReturnPage>(),
        render_samples::<intake::closed::ClosedPage>(),
        render_samples::<intake::first::FirstPage>(),
        render_samples::<intake::leave::HeldPage>(),
        render_samples::<intake::leave::LeftPage>(),
        render_samples::<intake::own::OwnPage>(),
        render_samples::<intake::own::WithdrawPage>(),
        render_samples::<intake::preview::PreviewPage>(),
        render_samples::<intake::preview::UnreadyPage>(),
        render_samples::<intake::topic::TopicPage>(),
        render_samples::<intake::topics::TopicsPage>(),
        render_samples::<intake::addition::AdditionPage>(),
        render_samples::<intake::twelve::DonePage>(),
        render_samples::<intake::twelve::WordsPage>(),
        render_samples::<staff::factor::FactorPage>(),
        render_samples::<staff::home::StaffPage>(),
        render_samples::<staff::join::JoinPage>(),
        render_samples::<staff::kept::KeptPage>(),
        render_samples::<staff::keys::KeysPage>(),
        render_samples::<staff::laid_aside::WorkPage>(),
        render_samples::<staff::mailing::ContinuePage>(),
        render_samples::<staff::mailing::MailPage>(),
        render_samples::<staff::members::MembersPage>(),
        render_samples::<staff::password::PasswordPage>(),
        render_samples::<staff::renew::RenewPage>(),
        render_samples::<staff::sessions::SessionsPage>(),
        render_samples::<staff::sign_in::SecondFactorPage>(),
        render_samples::<staff::sign_in::SignInPage>(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
