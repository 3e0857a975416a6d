//! The default theme is compiled in: a file added to it must make the program be built again.

fn main() {
    println!("cargo::rerun-if-changed=themes/defaut");
}
