//! Site → `.htaccess`, the settings of an Apache server, for those who ask.

use crate::{model::Permission, output::Emit, site::Site, source::OutputPath};

/// Head of the file.
const TETE: &str = "\
# Réglages pour un serveur Apache, écrits par retex (htaccess = true dans site.toml).
# Apache répond par l'erreur 500, à toutes les pages, à une directive que « AllowOverride » ne permet pas, et un fichier ne
# peut pas le savoir d'avance : seul est actif ce que permet « allow_override » de site.toml, le reste est en commentaire.
";

/// Settings of the class FileInfo, each only where the module it needs is there. The policy is the one that
/// every page already obeys: nothing inline, nothing from elsewhere (Content Security Policy Level 3). No
/// file has its fingerprint in its name: pages, styles, scripts and the search index are kept as short a time
/// as each other, or a new page would meet an old style, a new index old texts. Nothing here asks for AuthConfig:
/// hidden files are said to be absent.
const FILE_INFO: &str = r#"AddDefaultCharset utf-8

<IfModule mod_mime.c>
  AddType text/csv .csv
  AddCharset utf-8 .css .js .csv .json .xml .svg
  <Files "atom.xml">
    ForceType application/atom+xml
  </Files>
</IfModule>

<IfModule mod_alias.c>
  RedirectMatch 404 "/\.(?!well-known/)"
</IfModule>

<IfModule mod_headers.c>
  Header always set Content-Security-Policy "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
  Header always set X-Content-Type-Options "nosniff"
  Header always set Referrer-Policy "strict-origin-when-cross-origin"
  Header always set Permissions-Policy "camera=(), geolocation=(), microphone=()"
  <FilesMatch "\.(html|css|js|xml|csv|json|txt)$">
    Header set Cache-Control "public, max-age=600"
  </FilesMatch>
  <FilesMatch "\.(svg|png|jpg|jpeg|gif|webp)$">
    Header set Cache-Control "public, max-age=86400"
  </FilesMatch>
</IfModule>

<IfModule mod_deflate.c>
  <IfModule mod_filter.c>
    AddOutputFilterByType DEFLATE text/html text/css text/javascript text/csv application/json application/xml application/atom+xml image/svg+xml
  </IfModule>
</IfModule>
"#;

/// Settings of the class Indexes: a host that looks for other names first would list a folder instead of its page.
const INDEXES: &str = "<IfModule mod_dir.c>\n  DirectoryIndex index.html\n</IfModule>\n";

/// Gives the settings of the server, when `site.toml` asks for them. No section of Apache tells what `AllowOverride`
/// allows, and a directive that it does not turns every page into an error: none is active but of the classes that the
/// publisher says.
pub(super) fn server_settings(site: &Site, emit: Emit<'_>) {
    if !site.config.htaccess {
        return;
    }
    let mut file_info = FILE_INFO.to_string();
    // An error page is named from the root of the host.
    if let Some(url) = &site.config.url {
        let root = url.path().trim_end_matches('/');
        file_info.push_str(&format!("\nErrorDocument 404 {root}/404.html\n"));
    }
    let parts = [(Permission::FileInfo, file_info.as_str()), (Permission::Indexes, INDEXES)];
    let mut text = TETE.to_string();
    for (class, settings) in parts {
        let active = site.config.allow_override.contains(&class);
        let said = if active { "" } else { " (n'est pas dans allow_override)" };
        text.push_str(&format!("\n# {}{said}\n", class.slug()));
        for line in settings.lines() {
            text.push_str(if active || line.is_empty() { "" } else { "# " });
            text.push_str(line);
            text.push('\n');
        }
    }
    emit(OutputPath::new(".htaccess"), text.into_bytes().into());
}
