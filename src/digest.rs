//! The digest of a value: what tells equal inputs apart from others without keeping them.

use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::xxh3_128;

/// XXH3, 128 bits, of all that a value holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest(u128);

impl Digest {
    /// Of a value.
    pub fn of(value: &impl Hash) -> Self {
        let mut held = Held(Vec::with_capacity(1024));
        value.hash(&mut held);
        Self(xxh3_128(&held.0))
    }

    /// As a number.
    pub fn value(self) -> u128 {
        self.0
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
