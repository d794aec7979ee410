//! How alike two texts are, told by keyed fingerprints from which neither text can be read.
//!
//! A text is cut into shingles, every run of eight characters of it, and each shingle becomes a number under a key of the instance. Of each of 128
//! hash functions the least value over all shingles is kept (A. Z. Broder, "On the resemblance and containment of documents", 1997), and
//! of that only the last byte (P. Li and A. C. König, "b-Bit minwise hashing", 2010): two fingerprints agree in about as many bytes as the
//! texts share shingles. Without the key nobody can make the fingerprint of a text that they suspect.

use std::str::FromStr;

use data_encoding::HEXLOWER;

use crate::{seal::MacKey, text::fold};

/// How long a shingle is, in characters: longer than what unrelated texts of one language share by chance.
const SHINGLE: usize = 8;
/// How many bytes a fingerprint has.
const HASHES: usize = 128;
/// In so many bytes the fingerprints of near-duplicates agree at least: the texts share a quarter of their shingles. Unrelated ones agree in
/// one or two.
const ALIKE: usize = HASHES / 4;

/// The fingerprint of a text.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Fingerprint([u8; HASHES]);

impl Fingerprint {
    /// The fingerprint of `text` under `key`; capitals, accents and what is neither letter nor digit do not count.
    pub(super) fn of(text: &str, key: &MacKey) -> Self {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let characters: Vec<char> = words.join(" ").chars().collect();
        let mut least = [u64::MAX; HASHES];
        for shingle in characters.windows(SHINGLE.min(characters.len().max(1))) {
            let mark = key.mark(shingle.iter().collect::<String>().as_bytes());
            let number = mark.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
            for (seed, least) in (1_u64..).zip(&mut least) {
                *least = (*least).min(mixed(number ^ mixed(seed)));
            }
        }
        Self(least.map(|least| least.to_le_bytes()[0]))
    }

    /// Whether the texts are near-duplicates.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count() >= ALIKE
    }

    /// The fingerprint as a column holds it.
    pub(super) fn text(&self) -> String {
        HEXLOWER.encode(&self.0)
    }
}

/// The finaliser of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", 2014): one hash function for
/// each seed that was mixed in before.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A text that is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a fingerprint")]
pub(super) struct Malformed;

impl FromStr for Fingerprint {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| Malformed)?;
        bytes.try_into().map(Self).map_err(|_| Malformed)
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fingerprint")
    }
}

/// For each fingerprint the place of the first one of its family: whatever is like one member belongs to it.
pub(super) fn families(all: &[Fingerprint]) -> Vec<usize> {
    fn head(of: &[usize], mut place: usize) -> usize {
        while of[place] != place {
            place = of[place];
        }
        place
    }
    let mut of: Vec<usize> = (0..all.len()).collect();
    for (place, one) in all.iter().enumerate() {
        for (earlier, other) in all[..place].iter().enumerate() {
            let (mine, theirs) = (head(&of, place), head(&of, earlier));
            if mine != theirs && one.is_like(other) {
                of[mine.max(theirs)] = mine.min(theirs);
            }
        }
    }
    (0..all.len()).map(|place| head(&of, place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRandom;

    const LAMPS: &str = "The council was shown a finished contract for the lamps and asked to approve it the same evening. Nobody had seen the \
                         figures before, and the question of who keeps the recordings was answered with a smile.";
    const BRIDGE: &str = "For two years the harbour office counted lorries by hand. Then a company offered cameras for nothing, and the list of \
                          number plates has been in its hands ever since, as far as we were told.";

    fn key() -> MacKey {
        MacKey::draw(&SeededRandom::new(1))
    }

    fn print(text: &str) -> Fingerprint {
        Fingerprint::of(text, &key())
    }

    #[test]
    fn a_text_with_other_words_here_and_there_is_alike() {
        let varied = LAMPS.replace("lamps", "cameras").replace("evening", "night").replace("Nobody", "No one");
        assert!(print(LAMPS).is_like(&print(&varied)));
        assert!(print(LAMPS).is_like(&print(&LAMPS.to_uppercase().replace(' ', " - "))));
        assert!(!print(LAMPS).is_like(&print(BRIDGE)));
    }

    #[test]
    fn two_long_texts_of_one_language_are_not_alike() {
        let words = |from: &str, step: usize| {
            let words: Vec<&str> = from.split(' ').collect();
            (0..4_000).map(|n| words[n * step * (n / 7 + 1) % words.len()]).collect::<Vec<_>>().join(" ")
        };
        assert!(!print(&words(LAMPS, 3)).is_like(&print(&words(BRIDGE, 5))));
    }

    #[test]
    fn without_the_key_a_fingerprint_says_nothing() {
        let other = MacKey::draw(&SeededRandom::new(2));
        assert!(!print(LAMPS).is_like(&Fingerprint::of(LAMPS, &other)));
        assert_eq!(format!("{:?}", print(LAMPS)), "Fingerprint");
    }

    #[test]
    fn a_fingerprint_is_read_back() {
        assert_eq!(print(LAMPS).text().parse(), Ok(print(LAMPS)));
        assert_eq!("00".parse::<Fingerprint>(), Err(Malformed));
        assert_eq!(print("").text().len(), print(LAMPS).text().len());
    }

    #[test]
    fn whatever_is_like_one_member_belongs_to_the_family() {
        let near = LAMPS.replace("lamps", "cameras");
        let all = [print(BRIDGE), print(LAMPS), print(&near), print(&LAMPS.replace("smile", "nod"))];
        assert_eq!(families(&all), [0, 1, 1, 1]);
        assert!(families(&[]).is_empty());
    }
}
