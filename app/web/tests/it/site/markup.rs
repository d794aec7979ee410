//! What every page must be: well formed, one heading of the first level, a label for each input, no script or style within it.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// Everything that is wrong with a page.
pub(crate) fn complaints(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut complaints: Vec<String> = page.errors.iter().map(|error| format!("not well formed: {error}")).collect();
    let headings = select(&page, "h1").len();
    if headings != 1 {
        complaints.push(format!("{headings} headings of the first level"));
    }
    complaints.extend(unlabelled(&page));
    complaints.extend(repeated_ids(&page));
    complaints.extend(within(&page));
    complaints.extend(dead_references(&page));
    if html.contains("data:image") || html.contains("\"data:") {
        complaints.push("a data: address".to_owned());
    }
    complaints
}

fn unlabelled(page: &Html) -> Vec<String> {
    let fields = "input:not([type=hidden]):not([type=submit]), select, textarea";
    let labelled = |field: &ElementRef<'_>| {
        let has = |name: &str| field.attr(name).is_some_and(|value| !value.trim().is_empty());
        let pointed = field
            .attr("id")
            .is_some_and(|id| select(page, "label[for]").iter().any(|label| label.attr("for") == Some(id)));
        let inside = field.ancestors().filter_map(ElementRef::wrap).any(|around| around.value().name() == "label");
        has("aria-label") || has("aria-labelledby") || pointed || inside
    };
    let fields = select(page, fields).into_iter().filter(|field| !labelled(field));
    fields.map(|field| format!("no label: {}", field.html().lines().next().unwrap_or_default())).collect()
}

fn repeated_ids(page: &Html) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let ids = select(page, "[id]");
    let ids = ids.iter().filter_map(|element| element.attr("id"));
    ids.filter(|id| !seen.insert(id.to_owned())).map(|id| format!("the id {id} stands twice")).collect()
}

fn within(page: &Html) -> Vec<String> {
    let mut complaints = Vec::new();
    for element in select(page, "*") {
        let name = element.value().name();
        let bare_script =
            name == "script" && element.attr("src").is_none() && element.attr("type") != Some("application/ld+json");
        if name == "style" || bare_script {
            complaints.push(format!("a <{name}> within the page"));
        }
        for (attribute, _) in element.value().attrs() {
            if attribute == "style" || attribute.starts_with("on") {
                complaints.push(format!("<{name} {attribute}>"));
            }
        }
    }
    complaints
}

/// Ids that labels, descriptions and links of the page name, and that do not exist.
fn dead_references(page: &Html) -> Vec<String> {
    let ids: BTreeSet<_> = select(page, "[id]").iter().filter_map(|element| element.attr("id")).collect();
    let mut complaints = Vec::new();
    for element in select(page, "[for], [aria-labelledby], [aria-describedby], a[href^='#']") {
        let names = ["for", "aria-labelledby", "aria-describedby"].into_iter().filter_map(|name| element.attr(name));
        let links = element.attr("href").and_then(|link| link.strip_prefix('#')).filter(|link| !link.is_empty());
        for id in names.flat_map(str::split_whitespace).chain(links) {
            if !ids.contains(id) {
                complaints.push(format!("nothing has the id {id}"));
            }
        }
    }
    complaints
}

#[test]
fn bad_markup_is_seen() {
    let good = "<!doctype html><html lang=\"en\"><head><title>a</title></head><body><h1>a</h1>\
        <label for=\"x\">x</label><input id=\"x\"></body></html>";
    assert!(complaints(good).is_empty(), "{:?}", complaints(good));
    let bad = [
        good.replace("<h1>a</h1>", "<h1>a</h1><h1>b</h1>"),
        good.replace("</label>", ""),
        good.replace("for=\"x\"", "for=\"y\""),
        good.replace("<h1>", "<h1 style=\"color: red\">"),
        good.replace("</head>", "<script>1</script></head>"),
        good.replace("<label for=\"x\">x</label>", ""),
        good.replace("<input id=\"x\">", "<input id=\"x\"><p id=\"x\"></p>"),
        good.replace("</h1>", "</h2>"),
    ];
    for bad in bad {
        assert!(!complaints(&bad).is_empty(), "nothing seen in {bad}");
    }
}
