//! The site map on one screen. Its inverse is [`crate::url`].

use actix_web::{
    Resource,
    web::{ServiceConfig, get, post, resource},
};

use crate::{
    about,
    alerts::{confirm as confirming, end as ending, new as asking},
    api, cases, codebook, datasets,
    intake::{
        addition, back, changes as answering, correction, first, leave, messages, own, preview, topic, topics, twelve,
    },
    kit::{assets, error, log::Template},
    moderation::{
        case, changes, corrections, demands, desk, inbox, log, notes, pile, queue, removal, revision, sheet, similar,
        submission, transparency,
    },
    ops,
    staff::{self, factor, join, kept, keys, laid_aside, mailing, members, password, renew, sessions, sign_in},
};

/// Every address of the site. A feature's lines stand together; the order among them is that of the core's features.
pub fn site(site: &mut ServiceConfig) {
    // About the site
    site.service(at("/").route(get().to(about::home::home)));
    site.service(at("/about").route(get().to(about::about)));
    site.service(at("/protection").route(get().to(about::protection)));
    site.service(at("/method").route(get().to(about::method)));

    // Staff
    site.service(at("/staff").route(get().to(staff::home::home)));
    site.service(at("/staff/sign-in").route(get().to(sign_in::sign_in)).route(post().to(sign_in::check_password)));
    site.service(
        at("/staff/second-factor").route(get().to(sign_in::second_factor)).route(post().to(sign_in::check_code)),
    );
    site.service(at("/staff/sign-out").route(post().to(sign_in::sign_out)));
    site.service(at("/staff/join/{token}").route(get().to(join::join)).route(post().to(join::become_member)));
    site.service(at("/staff/renew/{token}").route(get().to(renew::renew)).route(post().to(renew::set_anew)));
    site.service(at("/staff/password").route(get().to(password::password)).route(post().to(password::change_password)));
    site.service(at("/staff/factor").route(get().to(factor::factor)).route(post().to(factor::change_factor)));
    site.service(at("/staff/keys").route(get().to(keys::keys)));
    site.service(at("/staff/keys/codes").route(post().to(keys::renew_codes)));
    site.service(at("/staff/keys/recovery").route(post().to(keys::renew_recovery_key)));
    site.service(at("/staff/keys/confirm").route(post().to(keys::confirm)));
    site.service(at("/staff/sessions").route(get().to(sessions::sessions)));
    site.service(at("/staff/sessions/end").route(post().to(sessions::end)));
    site.service(at("/staff/mail").route(get().to(mailing::mail)).route(post().to(mailing::set_address)));
    site.service(at("/staff/mail/forget").route(post().to(mailing::forget_address)));
    site.service(at("/staff/mail/trial").route(post().to(mailing::send_trial)));
    site.service(at("/staff/continue").route(get().to(mailing::go_on)));
    site.service(at("/staff/work").route(get().to(laid_aside::work)));
    site.service(at("/staff/work/{id}/again").route(post().to(laid_aside::try_again)));
    site.service(at("/staff/work/{id}/discard").route(post().to(laid_aside::discard)));
    site.service(at("/staff/kept/{id}").route(get().to(kept::show)));
    site.service(at("/staff/kept/{id}/forget").route(post().to(kept::forget)));
    site.service(at("/staff/members").route(get().to(members::members)));
    site.service(at("/staff/members/invite").route(post().to(members::invite)));
    site.service(at("/staff/members/{id}/admit").route(post().to(members::admit)));
    site.service(at("/staff/members/{id}/renew").route(post().to(members::offer_renewal)));
    site.service(at("/staff/members/{id}/role").route(post().to(members::change_role)));
    site.service(at("/staff/members/{id}/remove").route(post().to(members::remove)));

    // Cases
    site.service(at("/cases").route(get().to(cases::list::list)));
    site.service(at("/cases.csv").route(get().to(cases::export::sheet)));
    site.service(at("/cases.jsonl").route(get().to(cases::export::lines)));
    site.service(at("/cases.json").route(get().to(cases::export::json)));
    site.service(at("/cases.xlsx").route(get().to(cases::export::workbook)));
    site.service(at("/cases.parquet").route(get().to(cases::export::columnar)));
    site.service(at("/cases.zip").route(get().to(cases::export::package)));
    site.service(at("/cases.bib").route(get().to(cases::cite::set)));
    site.service(at("/cases.ris").route(get().to(cases::cite::set)));
    site.service(at("/cases.csl.json").route(get().to(cases::cite::set)));
    site.service(at("/cases.atom").route(get().to(cases::feed::set)));
    site.service(at("/organisations/{id}.atom").route(get().to(cases::feed::organisation)));
    site.service(at("/cases/facet/{field}").route(get().to(cases::facet::show)));
    site.service(at("/cases/{id}.json").route(get().to(cases::show::json)));
    site.service(at("/cases/{id}.atom").route(get().to(cases::feed::case)));
    site.service(at("/cases/{id}/r/{revision}.bib").route(get().to(cases::cite::revision)));
    site.service(at("/cases/{id}/r/{revision}.ris").route(get().to(cases::cite::revision)));
    site.service(at("/cases/{id}/r/{revision}.csl.json").route(get().to(cases::cite::revision)));
    site.service(at("/cases/{id}/r/{revision}.json").route(get().to(cases::show::revision_json)));
    site.service(at("/cases/{id}/r/{revision}").route(get().to(cases::show::revision)));
    site.service(at("/cases/{id}/r/{revision}/changes").route(get().to(cases::changes::show)));
    site.service(at("/cases/{id}/{slug}").route(get().to(cases::show::slug)));
    site.service(at("/cases/{id}").route(get().to(cases::show::show)));
    site.service(at("/compare").route(get().to(cases::compare::show)));
    site.service(at("/compare.csv").route(get().to(cases::compare::sheet)));
    site.service(at("/compare.xlsx").route(get().to(cases::compare::workbook)));
    site.service(at("/compare.bib").route(get().to(cases::cite::comparison)));
    site.service(at("/compare.ris").route(get().to(cases::cite::comparison)));
    site.service(at("/compare.csl.json").route(get().to(cases::cite::comparison)));
    site.service(at("/statistics").route(get().to(cases::statistics::show)));
    site.service(at("/statistics.csv").route(get().to(cases::statistics::sheet)));
    site.service(at("/statistics/bars.csv").route(get().to(cases::statistics::histograms::sheet)));
    site.service(at("/codebook").route(get().to(codebook::show)));
    site.service(at("/codebook.json").route(get().to(codebook::json)));
    site.service(at("/codebook.csv").route(get().to(cases::export::codebook)));

    // Releases of the dataset
    site.service(at("/datasets").route(get().to(datasets::list::list)));
    site.service(at("/datasets.ttl").route(get().to(datasets::programs::catalogue_turtle)));
    site.service(at("/datasets.jsonld").route(get().to(datasets::programs::catalogue_linked)));
    site.service(at("/datasets.atom").route(get().to(datasets::feed::feed)));
    site.service(at("/datasets/latest").route(get().to(datasets::show::latest)));
    site.service(at("/datasets/{version}.bib").route(get().to(datasets::cite::release)));
    site.service(at("/datasets/{version}.ris").route(get().to(datasets::cite::release)));
    site.service(at("/datasets/{version}.csl.json").route(get().to(datasets::cite::release)));
    site.service(at("/datasets/{version}.ttl").route(get().to(datasets::programs::release_turtle)));
    site.service(at("/datasets/{version}.jsonld").route(get().to(datasets::programs::release_linked)));
    site.service(at("/datasets/{version}").route(get().to(datasets::show::show)));
    site.service(at("/datasets/{version}/{file}").route(get().to(datasets::file::file)));

    // Alerts by mail
    site.service(at("/alerts/new").route(get().to(asking::new)).route(post().to(asking::ask)));
    site.service(at("/alerts/{token}/confirm").route(get().to(confirming::show)).route(post().to(confirming::confirm)));
    site.service(at("/alerts/{token}/unsubscribe").route(get().to(ending::show)).route(post().to(ending::end)));
    // For programs
    site.service(at("/api").route(get().to(api::page::show)));
    site.service(at("/api/v1/cases").route(get().to(api::cases::list)));
    site.service(at("/api/v1/cases/{id}").route(get().to(api::cases::show)));
    site.service(at("/api/v1/cases/{id}/revisions").route(get().to(api::cases::revisions)));
    site.service(at("/api/v1/cases/{id}/revisions/{revision}").route(get().to(api::cases::revision)));
    site.service(at("/api/v1/facets").route(get().to(api::facets::facets)));
    site.service(at("/api/v1/codebook").route(get().to(api::codebook)));
    site.service(at("/api/v1/openapi.json").route(get().to(api::openapi)));

    // Contributing and coming back
    site.service(at("/share").route(get().to(first::first)).route(post().to(first::save_first)));
    site.service(at("/share/topics").route(get().to(topics::topics)));
    site.service(at("/share/topic/{code}").route(get().to(topic::topic)).route(post().to(topic::save_topic)));
    site.service(at("/share/preview").route(get().to(preview::preview)).route(post().to(preview::decide)));
    site.service(at("/share/addition").route(get().to(addition::addition)).route(post().to(addition::choose)));
    site.service(at("/share/keep").route(post().to(topics::keep)));
    site.service(at("/share/words").route(get().to(twelve::words)).route(post().to(twelve::confirm)));
    site.service(at("/share/another").route(post().to(twelve::another)));
    site.service(at("/share/leave").route(get().to(leave::leave)));
    site.service(at("/share/left").route(get().to(leave::left)));
    site.service(at("/share/held").route(get().to(leave::held)));
    site.service(at("/share/problem").route(get().to(error::problem)));
    site.service(at("/return").route(get().to(back::ask)).route(post().to(back::enter)));
    site.service(at("/return/case").route(get().to(own::own)));
    site.service(at("/return/changes").route(post().to(answering::begin)));
    site.service(at("/return/correction").route(post().to(correction::ask)));
    site.service(at("/return/withdraw").route(get().to(own::ask)).route(post().to(own::withdraw)));
    site.service(at("/return/stop").route(post().to(own::stop)));
    site.service(at("/return/message").route(post().to(messages::write)));

    // Review
    site.service(at("/staff/queue").route(get().to(queue::queue)));
    site.service(at("/staff/queue/pile").route(get().to(pile::pile)).route(post().to(pile::sort_out)));
    site.service(at("/staff/queue/alike/{id}").route(get().to(pile::alike)));
    site.service(at("/staff/queue/reseal").route(post().to(queue::reseal)));
    site.service(at("/staff/inbox").route(get().to(inbox::inbox)));
    site.service(at("/staff/submissions/{id}").route(get().to(submission::show)));
    site.service(at("/staff/submissions/{id}/begin").route(post().to(submission::begin)));
    site.service(at("/staff/submissions/{id}/begin-anew").route(post().to(submission::begin_anew)));
    site.service(at("/staff/submissions/{id}/decline").route(post().to(submission::decline)));
    site.service(at("/staff/submissions/{id}/reopen").route(post().to(submission::reopen)));
    site.service(at("/staff/submissions/{id}/accept").route(post().to(submission::accept)));
    site.service(at("/staff/submissions/{id}/take-back").route(post().to(submission::take_back)));
    site.service(at("/staff/submissions/{id}/changes").route(get().to(changes::show)).route(post().to(changes::ask)));
    site.service(at("/staff/submissions/{id}/go-on").route(post().to(changes::go_on)));
    site.service(at("/staff/submissions/{id}/claim").route(post().to(desk::claim)));
    site.service(at("/staff/submissions/{id}/risk").route(post().to(desk::mark_risk)));
    site.service(at("/staff/submissions/{id}/notes").route(post().to(notes::add)));
    site.service(at("/staff/submissions/{id}/messages").route(post().to(inbox::write)));
    site.service(at("/staff/submissions/{id}/step-aside").route(post().to(desk::step_aside)));
    site.service(at("/staff/submissions/{id}/preview").route(get().to(cases::preview::of_submission)));
    site.service(
        at("/staff/submissions/{id}/edit/{sheet}")
            .route(get().to(sheet::of_submission))
            .route(post().to(sheet::save_of_submission)),
    );
    site.service(
        at("/staff/corrections/{id}").route(get().to(corrections::show)).route(post().to(corrections::answer)),
    );
    site.service(at("/staff/drafts/{id}").route(get().to(revision::show)));
    site.service(at("/staff/drafts/{id}/publish").route(post().to(revision::publish)));
    site.service(at("/staff/drafts/{id}/discard").route(post().to(revision::discard)));
    site.service(at("/staff/drafts/{id}/preview").route(get().to(cases::preview::of_revision)));
    site.service(
        at("/staff/drafts/{id}/edit/{sheet}")
            .route(get().to(sheet::of_revision))
            .route(post().to(sheet::save_of_revision)),
    );
    site.service(at("/staff/cases/{id}").route(get().to(case::show)));
    site.service(at("/staff/cases/{id}/revise").route(post().to(case::revise)));
    site.service(at("/staff/cases/{id}/merge").route(post().to(case::merge)));
    site.service(at("/staff/cases/{id}/similar").route(post().to(similar::rule)));
    site.service(at("/staff/cases/{id}/visibility").route(post().to(case::set_visibility)));
    site.service(
        at("/staff/cases/{id}/redact").route(get().to(removal::redact)).route(post().to(removal::redact_words)),
    );
    site.service(at("/staff/cases/{id}/redact/lift").route(post().to(removal::lift)));
    site.service(at("/staff/cases/{id}/erase").route(get().to(removal::erase)).route(post().to(removal::erase_words)));
    site.service(at("/staff/demands").route(get().to(demands::demands)).route(post().to(demands::record)));
    site.service(at("/staff/demands/{id}").route(get().to(demands::demand)).route(post().to(demands::decide)));
    site.service(at("/staff/cases/{id}/notes").route(post().to(notes::add_to_case)));
    site.service(at("/staff/cases/{id}/step-aside").route(post().to(desk::step_aside_from_case)));
    site.service(at("/log").route(get().to(log::log)));
    site.service(at("/transparency").route(get().to(transparency::transparency)));

    // Operation
    site.service(at("/healthz").route(get().to(ops::healthz)));
    site.service(at("/robots.txt").route(get().to(ops::robots)));
    site.service(at("/sitemap.xml").route(get().to(ops::sitemap)));
    site.service(at("/favicon.ico").route(get().to(ops::favicon)));
    site.service(at("/static/{file:.*}").route(get().to(assets::serve)));
}

/// What the operator's own listener answers; it is bound to a loopback address.
pub fn operations(operations: &mut ServiceConfig) {
    operations.service(at("/readyz").route(get().to(ops::readyz)));
    operations.service(at("/metrics").route(get().to(ops::metrics)));
}

/// An address; a method that it does not take is answered by 405.
fn at(path: &'static str) -> Resource {
    resource(path).app_data(Template(path))
}
