//! The integration tests, one binary. Set `RETEX_MAJ=1` to rewrite the expected files, then read the diff.

mod support;

mod cli;
mod contract;
mod diagnostics;
mod golden;
mod incremental;
mod inventory;
mod portability;
mod robust;
mod sync;
mod tampering;
mod themes;
mod tidy;
