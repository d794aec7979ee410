//! Who is asking, as coarsely as the rate limits need it, and which origin is ours.
//!
//! The address itself never leaves this module: [`Client`] holds an HMAC of its /24 or /56 prefix under a key that lives in memory only
//! and changes every hour (protection.md section 7).

use std::{
    future::{Ready, ready},
    net::IpAddr,
    str::FromStr,
    sync::Mutex,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use casebook_core::{clock::Timestamp, random::Random};
use chrono::{DurationRound, TimeDelta};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{App, Error};

/// Our own origins, the proxies that may say who is asking, and this hour's key.
pub struct Origins {
    ours: Vec<String>,
    trusted: Vec<Network>,
    key: Mutex<(Timestamp, [u8; 32])>,
}

impl std::fmt::Debug for Origins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Origins").field("ours", &self.ours).finish_non_exhaustive()
    }
}

impl Origins {
    /// `ours` are origins such as `https://casebook.example`; where none is given, the host that was asked counts. `trusted` are
    /// addresses or networks of proxies, such as `127.0.0.1` or `10.0.0.0/8`.
    #[must_use]
    pub fn new(ours: Vec<String>, trusted: Vec<Network>) -> Self {
        Self { ours, trusted, key: Mutex::new((Timestamp::MIN, [0; 32])) }
    }

    /// Whether `origin` (the header) is this site.
    #[must_use]
    pub fn is_ours(&self, request: &HttpRequest, origin: &str) -> bool {
        if !self.ours.is_empty() {
            return self.ours.iter().any(|ours| ours == origin);
        }
        let host = request.headers().get("host").and_then(|host| host.to_str().ok());
        host.is_some_and(|host| origin.strip_prefix("http://") == Some(host))
    }

    fn client(&self, request: &HttpRequest, now: Timestamp, random: &dyn Random) -> Client {
        let address = if self.is_onion(request) { None } else { self.address(request) };
        Client(address.map(|address| self.mark(address, now, random)))
    }

    /// Whether the request came by our onion address: Tor hands it on from this machine or by a trusted proxy. Whoever merely writes the name
    /// into a header is counted like everybody else.
    fn is_onion(&self, request: &HttpRequest) -> bool {
        let Some(host) = request.headers().get("host").and_then(|host| host.to_str().ok()) else { return false };
        let named = |ours: &String| ours.split_once("://").is_some_and(|(_, name)| name == host);
        let handed_on = |peer: IpAddr| peer.is_loopback() || self.is_trusted(peer);
        let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
        host.ends_with(".onion") && self.ours.iter().any(named) && peer.is_some_and(handed_on)
    }

    /// The peer, or what a trusted proxy says: the last address in `X-Forwarded-For` that is not itself a trusted proxy.
    fn address(&self, request: &HttpRequest) -> Option<IpAddr> {
        let peer = request.peer_addr()?.ip().to_canonical();
        if !self.is_trusted(peer) {
            return Some(peer);
        }
        let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
        let hops: Vec<IpAddr> =
            forwarded.flat_map(|value| value.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
        Some(hops.into_iter().rev().find(|hop| !self.is_trusted(*hop)).unwrap_or(peer))
    }

    fn is_trusted(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.holds(address))
    }

    fn mark(&self, address: IpAddr, now: Timestamp, random: &dyn Random) -> [u8; 16] {
        let hour = now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now);
        let key = match self.key.lock() {
            Ok(mut held) => {
                if held.0 != hour {
                    *held = (hour, random.bytes());
                }
                held.1
            }
            Err(_) => return [0; 16],
        };
        let mut mark = [0; 16];
        if let Ok(mac) = Hmac::<Sha256>::new_from_slice(&key) {
            mark.copy_from_slice(&mac.chain_update(prefix(address)).finalize().into_bytes()[..16]);
        }
        mark
    }
}

/// The /24 of an IPv4 address, the /56 of an IPv6 address.
fn prefix(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(address) => address.octets()[..3].to_vec(),
        IpAddr::V6(address) => address.octets()[..7].to_vec(),
    }
}

/// An address or a network of addresses, such as `127.0.0.1` or `2001:db8::/32`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    fn holds(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let rest = 32 - self.bits;
                network.to_bits().checked_shr(rest).unwrap_or(0) == address.to_bits().checked_shr(rest).unwrap_or(0)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let rest = 128 - self.bits;
                network.to_bits().checked_shr(rest).unwrap_or(0) == address.to_bits().checked_shr(rest).unwrap_or(0)
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is no address or network such as 127.0.0.1 or 10.0.0.0/8");
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(all), str::parse).map_err(|_| wrong())?;
        if bits <= all { Ok(Self { address, bits }) } else { Err(wrong()) }
    }
}

/// Who is asking: a mark that the rate limits count by; nothing for a visitor of the onion address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Client(pub(super) Option<[u8; 16]>);

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client")
    }
}

impl FromRequest for Client {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(App::of(request).map(|app| app.origins.client(request, app.clock.now(), &*app.random)))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use casebook_core::{clock::Clock, random::OsRandom, testing::FixedClock};

    use super::*;

    fn client(origins: &Origins, peer: &str, forwarded: Option<&str>, now: Timestamp) -> Client {
        let mut request = TestRequest::get().peer_addr(format!("{peer}:1234").parse().unwrap());
        if let Some(forwarded) = forwarded {
            request = request.insert_header(("x-forwarded-for", forwarded));
        }
        origins.client(&request.to_http_request(), now, &OsRandom)
    }

    #[test]
    fn neighbours_share_a_mark_for_an_hour() {
        let origins = Origins::new(Vec::new(), Vec::new());
        let clock = FixedClock::at("2026-11-23");
        let one = client(&origins, "192.0.2.1", None, clock.now());
        assert!(one == client(&origins, "192.0.2.200", Some("198.51.100.1"), clock.now()));
        assert!(one != client(&origins, "192.0.3.1", None, clock.now()));
        clock.advance(TimeDelta::hours(1));
        assert!(one != client(&origins, "192.0.2.1", None, clock.now()));
    }

    #[test]
    fn only_a_trusted_proxy_may_say_who_is_asking() {
        let origins = Origins::new(Vec::new(), vec!["10.0.0.0/8".parse().unwrap()]);
        let now = FixedClock::at("2026-11-23").now();
        let direct = client(&origins, "192.0.2.1", None, now);
        assert!(direct == client(&origins, "10.1.2.3", Some("198.51.100.9, 192.0.2.7, 10.0.0.9"), now));
        assert!(direct == client(&origins, "192.0.2.1", Some("198.51.100.9"), now));
        assert!("10.0.0.0/33".parse::<Network>().is_err());
    }

    #[test]
    fn only_our_own_onion_address_is_without_a_mark() {
        let origins = Origins::new(vec!["http://abc.onion".into()], Vec::new());
        let now = FixedClock::at("2026-11-23").now();
        let asks = |peer: &str, host: &'static str| {
            let request = TestRequest::get().peer_addr(format!("{peer}:1").parse().unwrap());
            origins.client(&request.insert_header(("host", host)).to_http_request(), now, &OsRandom).0
        };
        assert!(asks("127.0.0.1", "abc.onion").is_none());
        assert!(asks("127.0.0.1", "other.onion").is_some(), "a name that is not ours");
        assert!(asks("192.0.2.1", "abc.onion").is_some(), "a name that somebody else wrote into the header");
    }

    #[test]
    fn the_origin_is_the_configured_one_or_the_host_that_was_asked() {
        let request = TestRequest::get().insert_header(("host", "127.0.0.1:8080")).to_http_request();
        assert!(Origins::new(Vec::new(), Vec::new()).is_ours(&request, "http://127.0.0.1:8080"));
        assert!(!Origins::new(Vec::new(), Vec::new()).is_ours(&request, "http://127.0.0.1:80801"));
        assert!(!Origins::new(vec!["https://a.example".into()], Vec::new()).is_ours(&request, "http://127.0.0.1:8080"));
    }
}
