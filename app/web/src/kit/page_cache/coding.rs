//! How a kept page is compressed: as [`actix_web::middleware::Compress`] would compress it, but once, and with more patience.

use std::io::{self, Write};

use actix_web::{
    HttpMessage, HttpRequest,
    http::header::{AcceptEncoding, ContentEncoding, Encoding, HeaderValue},
    web::Bytes,
};
use brotli::CompressorWriter;
use flate2::{Compression, write::GzEncoder};

/// The ways that compression of the site offers; the same as the middleware's, of which the last one is never kept.
static OFFERED: [Encoding; 4] = [Encoding::identity(), Encoding::brotli(), Encoding::gzip(), Encoding::deflate()];
/// Brotli's quality and window (RFC 7932): above this quality it takes several times as long for a few hundredths.
const BROTLI_QUALITY: u32 = 5;
const BROTLI_WINDOW: u32 = 22;
const BUFFER: usize = 32 * 1024;

/// A way of sending a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Coding {
    /// As it is.
    Plain,
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
}

impl Coding {
    /// The way in which the answer to `request` is to be sent; none if it is one that no page is kept in.
    pub(super) fn of(request: &HttpRequest) -> Option<Self> {
        let Some(accepted) = request.get_header::<AcceptEncoding>() else { return Some(Self::Plain) };
        match accepted.negotiate(OFFERED.iter())? {
            Encoding::Known(ContentEncoding::Identity) => Some(Self::Plain),
            Encoding::Known(ContentEncoding::Brotli) => Some(Self::Brotli),
            Encoding::Known(ContentEncoding::Gzip) => Some(Self::Gzip),
            _ => None,
        }
    }

    /// What the header `Content-Encoding` says; with it in place the middleware leaves an answer as it is.
    pub(super) fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Plain => None,
            Self::Brotli => Some(HeaderValue::from_static("br")),
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
        }
    }

    /// Compresses a whole body.
    ///
    /// # Errors
    /// None that memory could give; the writers' type has them.
    pub(super) fn compress(self, plain: Bytes) -> io::Result<Bytes> {
        match self {
            Self::Plain => Ok(plain),
            Self::Brotli => {
                let mut writer = CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
                writer.write_all(&plain)?;
                Ok(writer.into_inner().into())
            }
            Self::Gzip => {
                let mut writer = GzEncoder::new(Vec::new(), Compression::default());
                writer.write_all(&plain)?;
                Ok(writer.finish()?.into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::test::TestRequest;

    use super::*;

    fn asked(accepted: &str) -> Option<Coding> {
        Coding::of(&TestRequest::default().insert_header(("accept-encoding", accepted)).to_http_request())
    }

    #[test]
    fn what_a_browser_likes_best_is_chosen() {
        assert_eq!(Coding::of(&TestRequest::default().to_http_request()), Some(Coding::Plain));
        assert_eq!(asked("gzip, deflate, br, zstd"), Some(Coding::Brotli));
        assert_eq!(asked("gzip"), Some(Coding::Gzip));
        assert_eq!(asked("br;q=0.1, gzip;q=0.9"), Some(Coding::Gzip));
        assert_eq!(asked("identity"), Some(Coding::Plain));
        assert_eq!(asked("zstd"), Some(Coding::Plain));
        assert_eq!(asked("deflate"), None, "the middleware compresses it");
    }

    #[test]
    fn what_is_compressed_can_be_read_again() {
        let plain = Bytes::from("a page, and ".repeat(10_000));
        assert_eq!(Coding::Plain.compress(plain.clone()).unwrap(), plain);
        let (by_brotli, by_gzip) =
            (Coding::Brotli.compress(plain.clone()).unwrap(), Coding::Gzip.compress(plain.clone()).unwrap());
        assert!(by_brotli.len() < plain.len() / 10 && by_gzip.len() < plain.len() / 10);
        let mut text = Vec::new();
        brotli::Decompressor::new(&by_brotli[..], BUFFER).read_to_end(&mut text).unwrap();
        assert!(text == plain, "brotli");
        text.clear();
        flate2::read::GzDecoder::new(&by_gzip[..]).read_to_end(&mut text).unwrap();
        assert!(text == plain, "gzip");
    }
}
