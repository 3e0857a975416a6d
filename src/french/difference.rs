//! Differences between two texts, word by word, and their likeness.

use std::{collections::HashMap, ops::Range};

use serde::Serialize;

/// Words that one text has where the other has others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Changement {
    /// In the first text; may be empty.
    pub avant: String,
    /// In the second; may be empty.
    pub apres: String,
}

/// Changes that lead from `a` to `b`, word by word. A lone space between two changes does not part
/// them.
pub fn difference(a: &str, b: &str) -> Vec<Changement> {
    let (a, b) = (words(a), words(b));
    let mut passages: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (gone, come) in changes(&a, &b) {
        match passages.last_mut() {
            Some(last) if a[last.0.end..gone.start].iter().all(|word| is_space(word)) => {
                (last.0.end, last.1.end) = (gone.end, come.end);
            }
            _ => passages.push((gone, come)),
        }
    }
    let said = |words: &[&str]| words.concat().trim().to_string();
    passages
        .into_iter()
        .map(|(gone, come)| Changement { avant: said(&a[gone]), apres: said(&b[come]) })
        .filter(|change| change.avant != change.apres)
        .collect()
}

fn is_space(word: &str) -> bool {
    word.trim().is_empty()
}

/// The words of a text and the spaces between them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut rest, mut spaces) = (text, false);
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() != spaces).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if !word.is_empty() {
            words.push(word);
        }
        (rest, spaces) = (after, !spaces);
    }
    words
}

/// Ranges of `a` that give way to ranges of `b`, in order: all else is the same in both.
pub fn changes(a: &[&str], b: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in shared(a, b).into_iter().chain([(a.len(), b.len())]) {
        if i < x || j < y {
            found.push((start + i..start + x, start + j..start + y));
        }
        (i, j) = (x + 1, y + 1);
    }
    found
}

/// Most pairs of pieces that are weighed: a thousand words beside a thousand others, 16 MB.
const PAIRS: usize = 4_000_000;

/// Pieces that both lists have, in the same order, as pairs of ranks: the longest common sequence,
/// where a word counts twice a space. Beyond `PAIRS`, the pieces that have the same rank in both.
fn shared(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    if a.len().saturating_mul(b.len()) > PAIRS {
        return (0..a.len().min(b.len())).filter(|n| a[*n] == b[*n]).map(|n| (n, n)).collect();
    }
    let width = b.len() + 1;
    let weight = |piece: &str| if is_space(piece) { 1 } else { 2 };
    // At `i * width + j`, the weight of the longest common sequence of `a[i..]` and `b[j..]`.
    let mut best = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let at = i * width + j;
            let both = if a[i] == b[j] { weight(a[i]) + best[at + width + 1] } else { 0 };
            best[at] = both.max(best[at + width]).max(best[at + 1]);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let at = i * width + j;
        if a[i] == b[j] && best[at] == weight(a[i]) + best[at + width + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[at + width] > best[at + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Longest text that is compared letter by letter, in characters: beyond, its beginning stands for it.
const LONGEST: usize = 1_000;

/// Likeness of two texts, from 0 to 1: twice the letters of their longest common sequence, out of
/// all their letters; 1 for equal texts alone.
pub fn likeness(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let letters = |text: &str| text.chars().take(LONGEST).collect::<Vec<_>>();
    let (a, b) = (letters(a), letters(b));
    let share = 2.0 * common_letters(&a, &b) as f32 / (a.len() + b.len()) as f32;
    share.min(0.999)
}

/// Length of the longest common sequence, 64 letters of `a` at a time (Hyyrö, « Bit-Parallel LCS-length
/// Computation Revisited », 2004): a bit of `row` is 0 where the sequence has grown.
fn common_letters(a: &[char], b: &[char]) -> usize {
    let blocks = a.len().div_ceil(64);
    let mut places: HashMap<char, Vec<u64>> = HashMap::new();
    for (at, letter) in a.iter().enumerate() {
        places.entry(*letter).or_insert_with(|| vec![0; blocks])[at / 64] |= 1 << (at % 64);
    }
    let mut row = vec![u64::MAX; blocks];
    for places in b.iter().filter_map(|letter| places.get(letter)) {
        let mut carry = false;
        for (block, places) in row.iter_mut().zip(places) {
            let (sum, over) = block.overflowing_add(*block & places);
            let (sum, over_again) = sum.overflowing_add(carry.into());
            carry = over || over_again;
            *block = sum | (*block & !places);
        }
    }
    (0..a.len()).filter(|at| row[at / 64] >> (at % 64) & 1 == 0).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_words() {
        let change =
            |avant: &str, apres: &str| Changement { avant: avant.into(), apres: apres.into() };
        assert_eq!(
            difference("risque de sollicitation de", "risque de sur-sollicitation de"),
            [change("sollicitation", "sur-sollicitation")]
        );
        assert_eq!(difference("a b", "a b c d"), [change("", "c d")]);
        assert_eq!(difference("a", "a"), []);
        assert_eq!(difference("le mot est", "un nom est"), [change("le mot", "un nom")]);
        assert_eq!(difference("", " a "), [change("", "a")]);
    }

    /// Beyond what is weighed, what stands at the same place is still the same.
    #[test]
    fn long_texts_are_compared_place_by_place() {
        let old: Vec<String> = (0..6_000).map(|n| n.to_string()).collect();
        let mut new = old.clone();
        new[10] = "x".into();
        new[5_990] = "y".into();
        let change =
            |avant: &str, apres: &str| Changement { avant: avant.into(), apres: apres.into() };
        let expected = [change("10", "x"), change("5990", "y")];
        assert_eq!(difference(&old.join(" "), &new.join(" ")), expected);
    }

    #[test]
    fn letters_in_common() {
        let common = |a: &str, b: &str| {
            common_letters(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(common("chien", "niche"), 3);
        assert_eq!(common("", "a"), 0);
        let long = "élève ".repeat(50);
        assert_eq!(common(&long, &format!("x{long}")), 300);
        assert!((likeness("abcd", "abxd") - 0.75).abs() < 1e-6);
    }
}
