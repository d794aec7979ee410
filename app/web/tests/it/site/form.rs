//! A form as a browser without script handles it: it sends what the page put in, what the person typed, and the button pressed.

use scraper::{ElementRef, Html, Selector};

use super::{Answer, Visitor};

/// A form of a page, ready to be filled in and sent.
#[derive(Clone)]
pub(crate) struct Form {
    visitor: Visitor,
    action: String,
    posts: bool,
    pairs: Vec<(String, String)>,
    names: Vec<String>,
}

impl Form {
    pub(super) fn find(visitor: &Visitor, path: &str, document: &Html, action: &str) -> Option<Self> {
        let forms = Selector::parse("form").unwrap();
        let form = document.select(&forms).find(|form| form.attr("action").unwrap_or_default().contains(action))?;
        let action = form.attr("action").filter(|action| !action.is_empty()).unwrap_or(path).to_owned();
        let posts = form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        let fields = Selector::parse("input, select, textarea, button").unwrap();
        let fields: Vec<_> = form.select(&fields).filter(|field| field.attr("disabled").is_none()).collect();
        let names = fields.iter().filter_map(|field| field.attr("name")).map(ToOwned::to_owned).collect();
        let pairs = fields.into_iter().flat_map(|field| sent(&field)).collect();
        Some(Self { visitor: visitor.clone(), action, posts, pairs, names })
    }

    /// Types a value into a field, or chooses it, instead of what stood there.
    #[track_caller]
    pub(crate) fn fill(mut self, name: &str, value: &str) -> Self {
        self.knows(name);
        self.pairs.retain(|(n, _)| n != name);
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ticks a further box, or presses a button that has a name.
    #[track_caller]
    pub(crate) fn tick(mut self, name: &str, value: &str) -> Self {
        self.knows(name);
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ticks every box whose name begins like this.
    pub(crate) fn tick_every(mut self, beginning: &str) -> Self {
        let boxes: Vec<String> = self.names.iter().filter(|name| name.starts_with(beginning)).cloned().collect();
        assert!(!boxes.is_empty(), "the form has no box {beginning}: {:?}", self.names);
        self.pairs.retain(|(name, _)| !name.starts_with(beginning));
        self.pairs.extend(boxes.into_iter().map(|name| (name, "yes".to_owned())));
        self
    }

    /// Leaves a field out.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.pairs.retain(|(n, _)| n != name);
        self
    }

    /// The value that the site put into a field.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Where the form leads.
    pub(crate) fn action(&self) -> &str {
        &self.action
    }

    /// Sends it as a browser does, after the time that a person needs to fill it in.
    pub(crate) async fn send(self) -> Answer {
        self.visitor.takes_some_seconds();
        self.send_at_once().await
    }

    /// Sends it as a program does.
    pub(crate) async fn send_at_once(self) -> Answer {
        if self.posts {
            let headers = [("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "navigate")];
            return self.visitor.post_bare(&self.action, &self.pairs, &headers).await;
        }
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.pairs);
        self.visitor.get(format!("{}?{}", self.action, query.finish())).await
    }

    #[track_caller]
    fn knows(&self, name: &str) {
        assert!(self.names.iter().any(|known| known == name), "the form has no field {name}: {:?}", self.names);
    }
}

/// What a field sends if nobody touches it.
fn sent(field: &ElementRef<'_>) -> Vec<(String, String)> {
    let Some(name) = field.attr("name") else { return Vec::new() };
    let pair = |value: &str| vec![(name.to_owned(), value.to_owned())];
    match (field.value().name(), field.attr("type").unwrap_or("text")) {
        ("button", _) | ("input", "submit" | "image" | "button" | "reset") => Vec::new(),
        ("input", "checkbox" | "radio") if field.attr("checked").is_none() => Vec::new(),
        ("input", "checkbox" | "radio") => pair(field.attr("value").unwrap_or("on")),
        ("textarea", _) => {
            let text = field.text().collect::<String>();
            pair(text.strip_prefix('\n').unwrap_or(&text))
        }
        ("select", _) => chosen(field).map_or_else(Vec::new, |value| pair(&value)),
        _ => pair(field.attr("value").unwrap_or_default()),
    }
}

fn chosen(select: &ElementRef<'_>) -> Option<String> {
    let options = Selector::parse("option").unwrap();
    let options: Vec<_> = select.select(&options).collect();
    let option = options.iter().find(|option| option.attr("selected").is_some()).or(options.first())?;
    Some(option.attr("value").map_or_else(|| option.text().collect(), ToOwned::to_owned))
}
