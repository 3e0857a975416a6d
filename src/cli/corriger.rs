//! `retex check --corriger`: applies the corrections that leave no doubt, after showing them.

use std::{
    io::{BufRead, IsTerminal},
    ops::Range,
    path::Path,
};

use super::{Ended, report};
use crate::{
    build::{Options, Report},
    diag::{Diagnostic, corrected},
    disk::{self, Before, Written},
    french::difference::changes,
    french::{
        self,
        clair::{en_clair, nom},
    },
    source::{SitePath, Snapshot, SourceFile},
};

/// Rounds of correction at most. One mended line may uncover another mistake; each round reads all.
const ROUNDS: usize = 20;

/// Corrects the sources of `snapshot`, on the disk too once it is agreed: the messages that `wanted` holds.
///
/// # Errors
/// The exit code, when nothing could be asked or written.
pub(super) fn run(
    root: &Path,
    snapshot: &mut Snapshot,
    options: &Options,
    agreed: bool,
    wanted: &dyn Fn(&Diagnostic) -> bool,
) -> Ended {
    let before = snapshot.clone();
    let left = mend(snapshot, options, wanted);
    let changed: Vec<&SourceFile> =
        snapshot.files.values().filter(|f| before.files.get(&f.path) != Some(f)).collect();
    if changed.is_empty() {
        report::complain("Rien que retex sache corriger seul avec certitude.\n\n");
        return Ok(());
    }
    for file in &changed {
        report::complain(&shown(&file.path, &before, snapshot));
    }
    if !agreed && !ask(&changed)? {
        report::complain("Rien n’a été changé.\n\n");
        *snapshot = before;
        return Ok(());
    }
    write(root, &changed, &before)?;
    let files = french::count(changed.len(), "fichier corrigé", "fichiers corrigés");
    let left = if left { ". Il reste des corrections : relancez la commande" } else { "" };
    report::complain(&french::bind_spaces(&format!("{files}{left}.\n\n")));
    Ok(())
}

/// Writes the files, each over what was read of it.
fn write(root: &Path, changed: &[&SourceFile], before: &Snapshot) -> Ended {
    let read = |path| before.files.get(path).map_or(Before::Nothing, |f| Before::Bytes(f.bytes()));
    let files: Vec<Written<'_>> = changed
        .iter()
        .map(|file| Written {
            path: &file.path,
            before: read(&file.path),
            text: file.as_text().map_or("", |text| text),
        })
        .collect();
    disk::write_sources(root, &files).map_err(report::refused)
}

/// Applies corrections until none is left, in memory. Whether some still were at the last round.
fn mend(snapshot: &mut Snapshot, options: &Options, wanted: &dyn Fn(&Diagnostic) -> bool) -> bool {
    for _ in 0..ROUNDS {
        let Report { mut diagnostics, .. } = super::judge(snapshot, options);
        diagnostics.retain(wanted);
        let texts = corrected(&diagnostics, snapshot);
        if texts.is_empty() {
            return false;
        }
        for (path, text) in texts {
            snapshot.insert(SourceFile::text(path.as_str(), &text));
        }
    }
    true
}

/// The lines that go and come in a file.
fn shown(path: &SitePath, before: &Snapshot, after: &Snapshot) -> String {
    let text = |snapshot: &Snapshot| snapshot.text(path).map(|t| t.to_string()).unwrap_or_default();
    let (old, new) = (text(before), text(after));
    let changes = unified(&old, &new);
    // The signs that nobody sees are told by their numbers: without them, two lines would look the same.
    format!("{}\n{}\n", nom(path.as_str()), en_clair(&changes))
}

/// The changes as `diff -U1` writes them.
fn unified(old: &str, new: &str) -> String {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let (old, new) = (lines(old), lines(new));
    let mut groups: Vec<Vec<(Range<usize>, Range<usize>)>> = Vec::new();
    for change in changes(&old, &new) {
        let last = groups.last_mut().and_then(|group| Some((group.last()?.0.end, group)));
        match last {
            Some((end, group)) if change.0.start <= end + 2 => group.push(change),
            _ => groups.push(vec![change]),
        }
    }
    groups.iter().map(|group| hunk(group, &old, &new)).collect()
}

/// Changes near each other, between a line before them and a line after.
fn hunk(group: &[(Range<usize>, Range<usize>)], old: &[&str], new: &[&str]) -> String {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return String::new() };
    let before = first.0.start.min(1);
    let after = (old.len() - last.0.end).min(1);
    let numbers = |from: usize, to: usize| match to - from {
        0 => format!("{from},0"),
        1 => format!("{}", from + 1),
        count => format!("{},{count}", from + 1),
    };
    let (mut at, end) = (first.0.start - before, last.0.end + after);
    let there = numbers(at, end);
    let here = numbers(first.1.start - before, last.1.end + after);
    let mut out = format!("@@ -{there} +{here} @@\n");
    let mut say = |sign: char, lines: &[&str]| {
        for line in lines {
            out.push_str(&format!("{sign}{}\n", line.trim_end_matches('\n')));
        }
    };
    for (gone, come) in group {
        say(' ', &old[at..gone.start]);
        say('-', &old[gone.clone()]);
        say('+', &new[come.clone()]);
        at = gone.end;
    }
    say(' ', &old[at..end]);
    out
}

fn ask(changed: &[&SourceFile]) -> Result<bool, u8> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Err(report::refused(
            "--corriger demande une réponse, et personne ne peut la donner ici.\nAjoutez --oui pour appliquer ces corrections sans question",
        ));
    }
    let files = french::count(changed.len(), "fichier", "fichiers");
    report::complain(&french::bind_spaces(&format!(
        "Appliquer ces corrections à {files} ? [o/N] "
    )));
    let mut answer = String::new();
    let read = stdin.lock().read_line(&mut answer).unwrap_or(0);
    Ok(read > 0 && ["o", "oui"].contains(&answer.trim().to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_shown_as_diff_shows_them() {
        let shown = unified("a\nb\nc\nd\ne\nf\ng", "a\nB\nc\nd\nE\nf\ng");
        let expected = "@@ -1,6 +1,6 @@\n a\n-b\n+B\n c\n d\n-e\n+E\n f\n";
        assert_eq!(shown, expected);
        let shown = unified("a\nb\nc\nd\ne\nf\n", "b\nc\nd\ne\nf\ng\n");
        assert_eq!(shown, "@@ -1,2 +1 @@\n-a\n b\n@@ -6 +5,2 @@\n f\n+g\n");
        assert_eq!(unified("", "a\n"), "@@ -0,0 +1 @@\n+a\n");
    }
}
