//! `retex` publishes the synthesis of a French *états généraux du numérique pour l'éducation*
//! workshop as a faithful, accessible, static website.
//!
//! ```text
//! disk ─scan▶ Snapshot ─parse*▶ Parsed ─assemble▶ Site ─plan▶ Plan ─view, render, audit*▶ emit ─▶ output/, or http ▶ browser
//!                                                   └─ exports ──────────────────▶┘
//! * in parallel (rayon). Everything between scan and emit is pure.
//! ```
//!
//! Read [`build`](mod@build) first: it is the pipeline, and nothing else. `ARCHITECTURE.md` says why it is so.

// In reading order.
pub mod build;

pub mod source;
pub mod diag;
pub mod french;
pub mod images;
pub mod model;
pub mod parse;
pub mod site;
pub mod html;
pub mod proof;
pub mod rules;
pub mod markdown;
pub mod liens;
pub mod weight;
pub mod output;
pub mod pages;
pub mod theme;
pub mod audit;
pub mod exports;
pub mod scaffold;
pub mod serve;

pub mod reseau;
pub mod disk;
pub mod cli;
