//! Duration of each stage: the table of `--temps`, and the line that shows a long build at work.

use std::{
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use super::report;
use crate::french;

/// A build that lasts less shows no line.
const PATIENCE: Duration = Duration::from_secs(1);

/// The stages gone through, with the moment each began.
#[derive(Debug)]
pub(super) struct Stages {
    begun: Vec<(&'static str, Instant)>,
    shown: bool,
}

impl Stages {
    /// Starts with the reading of the sources.
    pub(super) fn start() -> Self {
        Self { begun: vec![("lecture des sources", Instant::now())], shown: false }
    }

    /// A stage begins; on a terminal, a long build says so.
    pub(super) fn begins(&mut self, name: &'static str) {
        let now = Instant::now();
        let since = self.begun.first().map(|(_, first)| now - *first).unwrap_or_default();
        self.begun.push((name, now));
        if since > PATIENCE && io::stderr().is_terminal() {
            self.shown = true;
            report::command(&format!("\r\u{1b}[K{name}…"));
        }
    }

    /// The end: the line goes, and the table is shown if asked for.
    pub(super) fn end(self, table: bool) {
        let end = Instant::now();
        if self.shown {
            report::command("\r\u{1b}[K");
        }
        if table {
            report::complain(&self.table(end));
        }
    }

    fn table(&self, end: Instant) -> String {
        let ends = self.begun.iter().skip(1).map(|(_, at)| *at).chain([end]);
        let lasted: Vec<(&str, Duration)> =
            self.begun.iter().zip(ends).map(|((name, at), to)| (*name, to - *at)).collect();
        let total: Duration = lasted.iter().map(|(_, time)| *time).sum();
        let mut out = String::new();
        for (name, time) in lasted.iter().chain([&("total", total)]) {
            let share = 100.0 * time.as_secs_f64() / total.as_secs_f64().max(f64::MIN_POSITIVE);
            let ms = format!("{:.1}", 1000.0 * time.as_secs_f64()).replace('.', ",");
            out.push_str(&format!("{name:<28}{ms:>10} ms {share:>4.0} %\n"));
        }
        french::bind_spaces(&out)
    }
}
