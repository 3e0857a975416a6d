//! The public archive of the web: the question for a copy, and its answer.

use serde_json::Value;
use url::Url;

use crate::source::Date;

/// Address that asks for the copy of a page nearest to a day.
pub fn demande_de_copie(api: &Url, page: &str, jour: Date) -> Url {
    let mut url = api.clone();
    let day = jour.to_string().replace('-', "");
    url.query_pairs_mut().append_pair("url", page).append_pair("timestamp", &day);
    url
}

/// Copy that an answer gives, when it is one of a page that was there.
pub fn copie(answer: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let closest = &answer["archived_snapshots"]["closest"];
    let found = closest["available"].as_bool() == Some(true) && closest["status"] == "200";
    let mut url = Url::parse(closest["url"].as_str().filter(|_| found)?).ok()?;
    if url.scheme() == "http" && url.port().is_none() {
        url.set_scheme("https").ok()?;
    }
    (url.scheme() == "https" || url.port().is_some()).then(|| url.to_string())
}

/// Day of a copy, which the address of an archive says: `/web/20200612083000/…`.
pub fn jour_de_la_copie(url: &str) -> Option<Date> {
    let digits = |part: &&str| part.len() >= 8 && part.bytes().all(|b| b.is_ascii_digit());
    let stamp = url.split('/').find(digits)?;
    let number = |range: std::ops::Range<usize>| stamp.get(range)?.parse::<u16>().ok();
    let date = Date {
        year: number(0..4)?,
        month: u8::try_from(number(4..6)?).ok().filter(|m| (1..=12).contains(m))?,
        day: u8::try_from(number(6..8)?).ok().filter(|d| (1..=31).contains(d))?,
    };
    (date.year > 1990).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_is_asked_and_read() {
        let api = Url::parse("https://archive.org/wayback/available").unwrap();
        let day = Date { year: 2020, month: 6, day: 12 };
        assert_eq!(
            demande_de_copie(&api, "http://a.fr/?b=1&c", day).as_str(),
            "https://archive.org/wayback/available?url=http%3A%2F%2Fa.fr%2F%3Fb%3D1%26c&timestamp=20200612"
        );
        let answer = r#"{"archived_snapshots":{"closest":{"available":true,"status":"200","url":"http://web.archive.org/web/20200610000000/http://a.fr/","timestamp":"20200610000000"}}}"#;
        let found = copie(answer).unwrap();
        assert_eq!(found, "https://web.archive.org/web/20200610000000/http://a.fr/");
        assert_eq!(jour_de_la_copie(&found).unwrap().to_string(), "2020-06-10");
        assert_eq!(copie(&answer.replace("\"200\"", "\"404\"")), None);
        assert_eq!(copie(r#"{"archived_snapshots":{}}"#), None);
        assert_eq!(jour_de_la_copie("https://a.fr/99999999/"), None);
    }
}
