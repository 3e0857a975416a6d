//! Secrets that an address gives to whoever reads it: a password, a key, the right to change.

use url::Url;

use crate::parse::mots::among;

/// Secret that an address gives away.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Secret {
    /// The value of this parameter.
    Parametre(String),
    /// The password of a meeting.
    Reunion,
    /// The right to change what it shows.
    Modification,
}

/// Parameters that open a door, in small letters and without the signs between their words.
const SECRETS: &str = "token, accesstoken, authtoken, refreshtoken, idtoken, apitoken, usertoken, securitytoken, \
    jwt, apikey, secretkey, accesskey, privatekey, secret, clientsecret, password, passwd, \
    passphrase, pwd, mdp, motdepasse, sig, signature, session, sessionid, phpsessid, jsessionid, \
    xamzsignature, xgoogsignature";
/// Those that most often do not: their value has to look like a secret.
const PERHAPS: [&str; 4] = ["key", "cle", "auth", "ticket"];
/// Parts of a path that say that what it names can be changed there.
const CHANGES: [&str; 6] = ["edit", "editor", "admin", "administration", "modifier", "edition"];
/// Shortest name that nobody types.
const LONG_NAME: usize = 10;

/// The secret that an address gives away, if any.
pub(super) fn secret(url: &Url) -> Option<Secret> {
    parameter(url).or_else(|| changes(url).then_some(Secret::Modification))
}

fn parameter(url: &Url) -> Option<Secret> {
    let of_path = url.path().split(';').skip(1);
    let of_query = url.query().unwrap_or("").split(['&', ';']);
    let of_fragment = url.fragment().unwrap_or("").split(['&', '?', '#']);
    let mut all = of_path.chain(of_query).chain(of_fragment);
    all.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let simple = name.replace(['-', '_', '.'], "").to_ascii_lowercase();
        let is_one = !value.is_empty() && among(SECRETS, &simple)
            || PERHAPS.contains(&simple.as_str()) && is_random(value, 6);
        match is_one {
            true if simple == "pwd" && is_meeting(url) => Some(Secret::Reunion),
            true => Some(Secret::Parametre(name.to_string())),
            false => None,
        }
    })
}

fn is_meeting(url: &Url) -> bool {
    let host = url.host_str().unwrap_or("");
    ["zoom.us", "zoom.com"].iter().any(|zoom| host == *zoom || host.ends_with(&format!(".{zoom}")))
}

/// True when what an address names can be changed by whoever follows it: a part of its path says so, beside the name
/// that a machine gave.
fn changes(url: &Url) -> bool {
    let parts: Vec<&str> = url.path().split('/').collect();
    let says = parts.iter().any(|part| CHANGES.contains(&part.to_ascii_lowercase().as_str()));
    says && parts.iter().any(|part| is_random(part, LONG_NAME))
}

/// True when a word is drawn by a machine: letters and digits together, of both cases when words are parted in it.
fn is_random(word: &str, least: usize) -> bool {
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    let is_mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let is_token = word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_~!%.".contains(&b));
    let has_both = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    let is_one_word = !word.contains(['-', '_', '.']);
    word.len() >= least && is_token && has_both && (is_one_word || is_mixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_gives_away() {
        let read = |address: &str| secret(&Url::parse(address).unwrap());
        for (address, name) in [
            ("https://exemple.fr/?access_token=x", "access_token"),
            ("https://exemple.fr/#access-token=x", "access-token"),
            ("https://exemple.fr/?key=AIza12", "key"),
            ("https://exemple.fr/?API_KEY=x", "API_KEY"),
            ("https://exemple.fr/?password=x", "password"),
            ("https://exemple.fr/?mdp=x", "mdp"),
            ("https://exemple.fr/a?sv=1&sig=x", "sig"),
            ("https://exemple.fr/?pwd=x", "pwd"),
            ("https://exemple.fr/a;jsessionid=0F", "jsessionid"),
        ] {
            assert_eq!(read(address), Some(Secret::Parametre(name.into())), "{address}");
        }
        for address in [
            "https://digipad.exemple.fr/p/admin/a1b2c3d4e5f6",
            "https://www.canva.com/design/DAFx1y2Z3aB/edit",
        ] {
            assert_eq!(read(address), Some(Secret::Modification), "{address}");
        }
        for address in [
            "https://exemple.fr/?token=",
            "https://exemple.fr/?mot=token",
            "https://exemple.fr/edit/webradio-au-college-2020",
            "https://exemple.fr/edition-2020/a1b2c3d4e5f6",
            "https://exemple.fr/admin",
            "https://framapad.org/p/r.1aB2cD3eF4gH",
        ] {
            assert_eq!(read(address), None, "{address}");
        }
    }
}
