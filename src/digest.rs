//! The digest of a value: what tells equal inputs apart from others without keeping them. And what several threads make
//! of inputs and share, each thing once, by the digest of what it is made from.

use std::{
    collections::HashMap,
    fmt,
    hash::{Hash, Hasher},
    sync::{Arc, Mutex, PoisonError},
};

use xxhash_rust::xxh3::xxh3_128;

/// XXH3, 128 bits, of all that a value holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(u128);

impl Digest {
    /// Letters and figures that [`fmt::Display`] writes.
    pub const LENGTH: usize = 32;

    /// Of a value.
    pub fn of(value: &impl Hash) -> Self {
        let mut held = Held(Vec::with_capacity(1024));
        value.hash(&mut held);
        Self(xxh3_128(&held.0))
    }

    /// Of these bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// As a number.
    pub fn value(self) -> u128 {
        self.0
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn read(written: &[u8]) -> Option<Self> {
        let (first, last) = written.split_first_chunk().filter(|(_, last)| last.len() == HALF)?;
        let number = |half: &[u8]| {
            let digit = |digit: &u8| char::from(*digit).to_digit(16).map(u64::from);
            half.iter().try_fold(0, |number, byte| Some((number << 4) | digit(byte)?))
        };
        let [first, last] = [number(first as &[u8; HALF])?, number(last)?].map(u128::from);
        Some(Self((first << 64) | last))
    }

    /// Writes what [`fmt::Display`] writes. A build writes two hundred thousand of them: the machinery of formats took
    /// 1.5 % of its instructions.
    pub fn write(self, out: &mut String) {
        for byte in self.0.to_be_bytes() {
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
            }
        }
    }
}

/// Letters and figures of half a digest.
const HALF: usize = Digest::LENGTH / 2;

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written = String::with_capacity(Self::LENGTH);
        self.write(&mut written);
        f.write_str(&written)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a value gives to be digested, in one piece: a view gives a thousand small ones, and digesting each as it
/// comes took three times longer.
struct Held(Vec<u8>);

impl Hasher for Held {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// Nobody asks for it.
    fn finish(&self) -> u64 {
        0
    }
}

/// As many parts as make it rare that two threads want the same one.
const SHARDS: usize = 64;

type Shard<T> = Mutex<HashMap<Digest, Arc<T>, foldhash::fast::RandomState>>;

/// Things made once, whichever thread asks first, by the digest of what they are made from.
#[derive(Debug)]
pub struct Once<T> {
    shards: [Shard<T>; SHARDS],
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl<T> Once<T> {
    /// What is made of this, by `make` when nobody has made it yet. Two threads that ask at one instant may both make
    /// it: what they make is equal.
    ///
    /// # Errors
    /// Those of `make`; it is then made again when it is asked for again.
    pub fn get<E>(&self, of: Digest, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        let shard = &self.shards[(of.0 % SHARDS as u128) as usize];
        let found = shard.lock().unwrap_or_else(PoisonError::into_inner).get(&of).cloned();
        if let Some(found) = found {
            return Ok(found);
        }
        let made = Arc::new(make()?);
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(shard.entry(of).or_insert(made)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_read_as_it_is_written() {
        for value in ["", "a", "ab"] {
            let digest = Digest::of(&value);
            let written = digest.to_string();
            assert_eq!(
                (written.len(), Digest::read(written.as_bytes())),
                (Digest::LENGTH, Some(digest))
            );
        }
        for wrong in ["xyz", &"0".repeat(31), &"0".repeat(33), &"g".repeat(32), &"+".repeat(32)] {
            assert_eq!(Digest::read(wrong.as_bytes()), None);
        }
        assert_eq!(Digest(0x0f).to_string(), format!("{:032x}", 0x0f));
    }

    #[test]
    fn a_thing_is_made_once() {
        let (once, of) = (Once::default(), Digest::of(&"a"));
        assert_eq!(once.get(of, || Err::<u8, _>("no")), Err("no"));
        assert_eq!(once.get(of, || Ok::<_, ()>(1)), Ok(Arc::new(1)));
        assert_eq!(once.get(of, || Ok::<_, ()>(2)), Ok(Arc::new(1)));
    }
}
