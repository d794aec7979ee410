//! Somebody who uses the site: a browser without script, with a cookie jar.

use std::{fmt::Display, sync::Arc};

use casebook_core::{secret::Token, testing::FixedClock};
use casebook_web::kit::csrf;
use chrono::TimeDelta;
use reqwest::{
    Client, RequestBuilder,
    cookie::{CookieStore, Jar},
    header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue},
    redirect::Policy,
};

use super::Answer;

/// The address that every visitor connects from: a canary of its own.
pub(crate) const CANARY_ADDRESS: &str = "127.77.13.9";
/// What every visitor's browser calls itself.
pub(crate) const CANARY_AGENT: &str = "CanaryBrowser/77.13";
/// The language that every visitor prefers.
pub(crate) const CANARY_LANGUAGE: &str = "x-canary-lang";
/// The address that a proxy would say every visitor has.
pub(crate) const CANARY_FORWARDED: &str = "203.0.113.199";

/// A browser without script.
#[derive(Clone)]
pub(crate) struct Visitor {
    client: Client,
    jar: Arc<Jar>,
    address: String,
    clock: Arc<FixedClock>,
}

impl Visitor {
    /// `network` is the address that a proxy would say the visitor has.
    pub(super) fn new(address: &str, network: &str, clock: Arc<FixedClock>) -> Self {
        let jar = Arc::new(Jar::default());
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(CANARY_LANGUAGE));
        headers.insert("x-forwarded-for", HeaderValue::from_str(network).unwrap());
        let client = Client::builder()
            .local_address(Some(CANARY_ADDRESS.parse().unwrap()))
            .user_agent(CANARY_AGENT)
            .default_headers(headers)
            .redirect(Policy::none())
            .cookie_provider(jar.clone())
            .build()
            .unwrap();
        Self { client, jar, address: address.to_owned(), clock }
    }

    /// Looks at a page and fills it in, which takes a person some seconds.
    pub(super) fn takes_some_seconds(&self) {
        self.clock.advance(TimeDelta::seconds(5));
    }

    /// Opens an address of the site.
    pub(crate) async fn get(&self, path: impl Display) -> Answer {
        self.get_with(path, &[]).await
    }

    /// Opens an address with further headers.
    pub(crate) async fn get_with(&self, path: impl Display, headers: &[(&str, &str)]) -> Answer {
        self.send(with(self.client.get(self.at(&path.to_string())), headers)).await
    }

    /// Sends a form with the token that this visitor's pages carry, as a browser on this site does.
    pub(crate) async fn post<N: AsRef<str>, V: AsRef<str>>(
        &self,
        path: impl Display,
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Answer {
        let token = self.form_token();
        let mut form: Vec<(String, String)> =
            pairs.into_iter().map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().to_owned())).collect();
        form.extend(token.map(|token| (csrf::FIELD.to_owned(), token)));
        self.post_bare(path, &form, &[("sec-fetch-site", "same-origin")]).await
    }

    /// Sends exactly these pairs and headers.
    pub(crate) async fn post_bare(
        &self,
        path: impl Display,
        pairs: &[(String, String)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(pairs);
        self.post_bytes(path, body.finish().into_bytes(), headers).await
    }

    /// Sends exactly these bytes as a form.
    pub(crate) async fn post_bytes(&self, path: impl Display, body: Vec<u8>, headers: &[(&str, &str)]) -> Answer {
        let request = self.client.post(self.at(&path.to_string())).body(body);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.send(with(request, headers)).await
    }

    /// Sends a request with any method and no body.
    pub(crate) async fn request(&self, method: &str, path: impl Display, headers: &[(&str, &str)]) -> Answer {
        let method = method.parse().unwrap();
        self.send(with(self.client.request(method, self.at(&path.to_string())), headers)).await
    }

    /// The token that pages carry for this visitor's cookie.
    pub(crate) fn form_token(&self) -> Option<String> {
        let cookies = self.cookies();
        let (_, value) = cookies.iter().find(|(name, _)| name == "staff" || name == "draft")?;
        Token::parse(value).map(|token| csrf::token(&token))
    }

    /// The names and values in the cookie jar.
    pub(crate) fn cookies(&self) -> Vec<(String, String)> {
        let Some(header) = self.jar.cookies(&self.address.parse().unwrap()) else { return Vec::new() };
        let pairs = header.to_str().unwrap().split("; ").filter_map(|pair| pair.split_once('='));
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// Takes over a cookie, as a thief would.
    pub(crate) fn steal(&self, name: &str, value: &str) {
        self.jar.add_cookie_str(&format!("{name}={value}; Path=/"), &self.address.parse().unwrap());
    }

    fn at(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.address) } else { path.to_owned() }
    }

    async fn send(&self, request: RequestBuilder) -> Answer {
        let request = request.build().unwrap();
        let path = request.url().path().to_owned();
        let response = self.client.execute(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.unwrap().to_vec();
        Answer::new(self.clone(), path, status, headers, body)
    }
}

fn with(mut request: RequestBuilder, headers: &[(&str, &str)]) -> RequestBuilder {
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request
}
