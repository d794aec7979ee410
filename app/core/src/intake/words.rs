//! The twelve words of a draft: drawn once, shown until three of them are typed back, then kept only as what follows from them.

use serde::{Deserialize, Serialize};
use zeroize::ZeroizeOnDrop;

use crate::{
    Error, Result,
    random::Random,
    seal::{InstanceKeys, KeyPair, Passphrase},
    secret::LookupHash,
};

/// What follows from the words: where they are looked up, and the contributor's keys.
#[derive(Clone, Serialize, Deserialize, ZeroizeOnDrop)]
pub(super) struct Holder {
    lookup: String,
    private_half: [u8; 32],
}

/// The bits of the words.
#[derive(Clone, Serialize, Deserialize, ZeroizeOnDrop)]
pub(super) struct Bits([u8; 16]);

impl Holder {
    pub(super) fn of(words: &Passphrase, keys: &InstanceKeys) -> Self {
        let lookup = words.lookup(keys.pepper()).as_str().to_owned();
        Self { lookup, private_half: *words.key_pair().private_half() }
    }

    pub(super) fn lookup(&self) -> LookupHash {
        LookupHash::from_column(self.lookup.clone())
    }

    pub(super) fn key_pair(&self) -> Result<KeyPair> {
        KeyPair::from_private_half(&self.private_half).map_err(Error::unexpected)
    }
}

/// The words of a draft, sealed with it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum Words {
    /// They are shown whenever the page is asked for.
    Unconfirmed {
        bits: Bits,
        /// The places, from one, of those that are asked back.
        asked: [u8; 3],
    },
    /// Nobody needs to see them again.
    Confirmed(Holder),
}

impl Words {
    pub(super) fn draw(random: &dyn Random) -> Self {
        Self::Unconfirmed { bits: Bits(*Passphrase::draw(random).bits()), asked: three_places(random) }
    }

    pub(super) fn shown(&self) -> Option<Vec<&'static str>> {
        self.unconfirmed().map(|words| words.words())
    }

    pub(super) fn asked(&self) -> Option<[u8; 3]> {
        match self {
            Self::Unconfirmed { asked, .. } => Some(*asked),
            Self::Confirmed(_) => None,
        }
    }

    fn unconfirmed(&self) -> Option<Passphrase> {
        match self {
            Self::Unconfirmed { bits, .. } => Passphrase::from_bits(&bits.0),
            Self::Confirmed(_) => None,
        }
    }

    pub(super) fn is_confirmed(&self) -> bool {
        matches!(self, Self::Confirmed(_))
    }

    pub(super) fn lookup(&self, keys: &InstanceKeys) -> LookupHash {
        match self {
            Self::Unconfirmed { bits, .. } => match Passphrase::from_bits(&bits.0) {
                Some(words) => words.lookup(keys.pepper()),
                None => LookupHash::from_column(String::new()),
            },
            Self::Confirmed(holder) => holder.lookup(),
        }
    }

    pub(super) fn key_pair(&self) -> Result<KeyPair> {
        match self {
            Self::Unconfirmed { bits, .. } => {
                let words = Passphrase::from_bits(&bits.0);
                Ok(words.ok_or_else(|| Error::unexpected("a draft without its words"))?.key_pair())
            }
            Self::Confirmed(holder) => holder.key_pair(),
        }
    }

    /// What is left of the words if the typed ones are those that were asked back, in whatever case.
    pub(super) fn confirmed_by(&self, typed: &[String; 3], keys: &InstanceKeys) -> Option<Self> {
        let (words, asked) = (self.unconfirmed()?, self.asked()?);
        let all = words.words();
        let fits = asked.iter().zip(typed).all(|(place, typed)| {
            all.get(usize::from(*place) - 1).is_some_and(|word| typed.trim().eq_ignore_ascii_case(word))
        });
        fits.then(|| Self::Confirmed(Holder::of(&words, keys)))
    }
}

/// Three different places from one to twelve, in order.
fn three_places(random: &dyn Random) -> [u8; 3] {
    let mut places: Vec<u8> = (1..=12).collect();
    let mut asked = [0; 3];
    for place in &mut asked {
        let drawn = random.below(places.len() as u64);
        *place = places.swap_remove(usize::try_from(drawn).unwrap_or_default());
    }
    asked.sort_unstable();
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{random::OsRandom, testing::SeededRandom};

    #[test]
    fn three_different_words_are_asked_back() {
        for _ in 0..50 {
            let [one, two, three] = three_places(&OsRandom);
            assert!(1 <= one && one < two && two < three && three <= 12);
        }
    }

    #[test]
    fn words_are_shown_until_the_right_ones_are_typed_back() {
        let keys = InstanceKeys::draw(&SeededRandom::new(1));
        let words = Words::draw(&OsRandom);
        let (shown, asked) = (words.shown().unwrap(), words.asked().unwrap());
        let typed = asked.map(|place| shown[usize::from(place) - 1].to_uppercase());
        assert!(words.confirmed_by(&["a".into(), "b".into(), "c".into()], &keys).is_none());
        let confirmed = words.confirmed_by(&typed, &keys).unwrap();
        assert!(confirmed.is_confirmed() && confirmed.shown().is_none());
        assert_eq!(confirmed.lookup(&keys), words.lookup(&keys));
        assert_eq!(confirmed.key_pair().unwrap().id(), words.key_pair().unwrap().id());
    }
}
