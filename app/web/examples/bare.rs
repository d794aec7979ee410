//! The least that a server of this kind does: the bytes of one file for every request. `scripts/bench` puts pages beside it:
//! `bare ADDRESS FILE`.
#![allow(clippy::panic, reason = "a tool of the workshop")]

use std::{env, fs, io};

use actix_web::{
    App, HttpResponse, HttpServer,
    web::{self, Bytes},
};

#[actix_web::main]
async fn main() -> io::Result<()> {
    let words: Vec<String> = env::args().collect();
    let [_, address, file] = words.as_slice() else { panic!("bare ADDRESS FILE") };
    let page = Bytes::from(fs::read(file)?);
    let site = move || {
        let page = page.clone();
        App::new().default_service(web::to(move || {
            let page = page.clone();
            async move { HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page) }
        }))
    };
    HttpServer::new(site).bind(address.as_str())?.run().await
}
