//! Files that are not pages: the search index, the data, what programs read, the settings of a server, those of the
//! theme and the images.

pub mod data;
mod feed;
mod server;
pub mod search;

use std::sync::{Mutex, PoisonError};

use crate::{
    images,
    output::{DataFile, Emit, Octets},
    pages::Plan,
    site::{Site, address},
    source::{OutputPath, Snapshot},
    theme::Theme,
    weight::Weights,
};

/// Makes the files that are not pages. Gives what they weigh, and those of data.
pub fn write(
    site: &Site,
    plan: &Plan,
    theme: &Theme,
    snapshot: &Snapshot,
    emit: Emit<'_>,
) -> (Weights, Vec<DataFile>) {
    let weights = Mutex::new(Weights::new());
    let weighed = |path: OutputPath, bytes: Octets| {
        let mut weights = weights.lock().unwrap_or_else(PoisonError::into_inner);
        weights.insert(path.clone(), bytes.len());
        drop(weights);
        emit(path, bytes);
    };
    let others = || {
        for (name, bytes) in theme.statics() {
            weighed(address::asset(name), Octets::clone(bytes));
        }
        for path in site.images.keys() {
            let file = snapshot.files.get(path);
            if let Some(bytes) = file.and_then(|file| images::published(file.bytes())) {
                weighed(address::image(path), bytes.into());
            }
        }
        feed::public_files(site, plan, &weighed);
        server::server_settings(site, &weighed);
        data::files(site, &weighed)
    };
    let (donnees, ()) = rayon::join(others, || search::index(site, plan, &weighed));
    (weights.into_inner().unwrap_or_else(PoisonError::into_inner), donnees)
}
