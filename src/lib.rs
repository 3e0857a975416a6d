//! `retex` publishes the synthesis of a French *états généraux du numérique pour l'éducation*
//! workshop as a faithful, accessible, static website.
//!
//! ```text
//! disk ─scan▶ Snapshot ─parse*▶ Parsed ─assemble▶ Site ─plan▶ [Page] ─view, render, audit*▶ emit ─▶ output/, or http ▶ browser
//!                                                   └─ data, export, search ───────▶┘
//! * in parallel, memoised by equality of inputs. Everything between scan and emit is pure.
//! ```
//!
//! Read [`build`](mod@build) first: it is the pipeline, and nothing else. `ARCHITECTURE.md` says why it is so.

// In reading order.
pub mod build;

pub mod source;
pub mod diag;
pub mod fr;
pub mod images;
pub mod model;
pub mod parse;
pub mod site;
pub mod markdown;
pub mod mesure;
pub mod output;
pub mod data;
pub mod pages;
pub mod theme;
pub mod render;
pub mod audit;
pub mod export;
pub mod search;
pub mod ebauche;
pub mod apercu;

pub mod sys;
pub mod cli;
