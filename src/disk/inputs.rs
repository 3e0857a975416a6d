//! The digest of all that a build is made from: the sources, the public address, and the program itself, whose
//! file holds the default theme too.

use std::{env, fs};

use rayon::prelude::*;
use url::Url;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::source::Snapshot;

/// The digest (XXH3, 128 bits). `None` when the program cannot read its own file: then nothing is known to be the same.
pub fn inputs(snapshot: &Snapshot, url: Option<&Url>) -> Option<u128> {
    let program = xxh3_128(&fs::read(env::current_exe().ok()?).ok()?);
    let files: Vec<_> = snapshot.files.values().collect();
    let digests: Vec<u128> = files.par_iter().map(|file| xxh3_128(file.bytes())).collect();
    let mut all = Xxh3::new();
    let mut add = |bytes: &[u8]| {
        // With its length, so that no two lists run into one.
        all.update(&bytes.len().to_le_bytes());
        all.update(bytes);
    };
    add(&program.to_le_bytes());
    add(url.map_or("", Url::as_str).as_bytes());
    for (file, digest) in files.iter().zip(digests) {
        add(file.path.as_str().as_bytes());
        add(&digest.to_le_bytes());
    }
    for refused in &snapshot.refused {
        add(refused.path.as_str().as_bytes());
    }
    Some(all.digest128())
}
