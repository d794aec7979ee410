//! An answer belongs to the request that its author read, and to no other that has taken its place.

use reqwest::StatusCode;

use super::requests::{asks, opens, own, published};
use crate::site::{Form, Site};

fn answering(form: Form, text: &str) -> Form {
    form.fill("outcome", "granted").fill("text", text)
}

/// C12: one moderator reads a request, another answers it, and the contributor makes a new one: what the first sends is not an answer to that.
#[actix_web::test]
async fn an_answer_never_lands_on_a_request_that_was_made_after_it_was_read() {
    let site = Site::open().await;
    let (sent, _) = published(&site).await;
    asks(&site, &sent.words, "correction", "It was May.").await.shows("You asked for correction");
    let (jo, kim) = (site.moderator("jo").await, site.moderator("kim").await);
    let read_before = opens(&jo, "Correction").await.shows("It was May.").form("/staff/corrections/");
    let first = opens(&kim, "Correction").await.form("/staff/corrections/");
    answering(first, "It says May now.").send().await.is(StatusCode::SEE_OTHER);
    asks(&site, &sent.words, "removal", "It leads to me.").await.shows("You asked for removal");

    let before = site.log().len();
    let late = answering(read_before.clone(), "Put right.").send().await;
    let late = late.is(StatusCode::SEE_OTHER).follow().await.shows("its contributor has asked anew since");
    assert_eq!(late.form("/staff/corrections/").value("text"), Some("Put right."), "what was typed is kept");
    let without = answering(read_before, "Put right.").without("round").send().await;
    without.is(StatusCode::SEE_OTHER).follow().await.shows("its contributor has asked anew since");
    assert_eq!(site.log().len(), before, "nothing was answered");
    own(&site, &sent.words).await.shows("have not answered yet").does_not_show("Put right.");

    let form = opens(&jo, "Removal").await.shows("It leads to me.").form("/staff/corrections/");
    answering(form, "It is hidden.").send().await.is(StatusCode::SEE_OTHER);
    own(&site, &sent.words).await.shows("It is hidden.");
}

/// C12 M10: erasing takes the words of a request along; its contributor can make it anew, and nobody answers that without having read it.
#[actix_web::test]
async fn a_request_whose_words_were_erased_can_be_made_anew() {
    let site = Site::open().await;
    let ada = site.administrator("ada").await;
    let (sent, case) = published(&site).await;
    let form = own(&site, &sent.words).await.form("/return/correction").tick("kind", "removal");
    form.clone().fill("wish", "Take Zimtstern out.").send().await.redirects_to("/return/case?note=asked");
    let second = form.clone().fill("wish", "And the street.").send().await.is(StatusCode::SEE_OTHER);
    second.follow().await.shows("have not answered your earlier request");
    let erasing = ada.get(format!("/staff/cases/{case}/erase")).await.form("/erase").fill("words", "Zimtstern");
    let erasing = erasing.fill("reason", "legal_demand").tick("sure", "yes").tick("step", "do");
    erasing.send().await.is(StatusCode::SEE_OTHER);
    let read_before = opens(&ada, "Removal").await.shows("The words were destroyed").form("/staff/corrections/");

    form.fill("wish", "Take the street out too.").send().await.redirects_to("/return/case?note=asked");
    own(&site, &sent.words).await.shows("Take the street out too.");
    let late = answering(read_before, "It is erased.").send().await.is(StatusCode::SEE_OTHER);
    late.follow().await.shows("its contributor has asked anew since");
    let form = opens(&ada, "Removal").await.shows("Take the street out too.").form("/staff/corrections/");
    answering(form, "The street is gone.").send().await.is(StatusCode::SEE_OTHER);
    own(&site, &sent.words).await.shows("The street is gone.");
    site.works();
}
