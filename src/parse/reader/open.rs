//! Keys whose names a group leaves open: tables that a synthèse declares, and their columns.

use toml::de::DeValue;

use super::Reader;
use crate::{
    diag::{Code, Diagnostic},
    parse::keys::KeyForm,
    source::Spanned,
};

impl<'t> Reader<'_, 't> {
    /// The tables whose names the group leaves open: `[name]`, in the order of the file.
    pub(in crate::parse) fn open_tables<T>(
        &mut self,
        mut body: impl FnMut(&Spanned<String>, &mut Reader<'_, 't>) -> T,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for (name, value) in self.open_keys() {
            match (value.as_table(), self.groupe.autres) {
                (Some(table), Some(KeyForm::Groupe(groupe))) => {
                    let place = name.span.clone();
                    found.push(self.nested(groupe, table, place, |r| body(&name, r)));
                }
                _ => self.unknown("", &name),
            }
        }
        found
    }

    /// The lists of tables whose names the group `of` leaves open: `[[of.name]]`, in the order of the file.
    pub(in crate::parse) fn open_lists<T>(
        &mut self,
        of: &str,
        mut body: impl FnMut(&Spanned<String>, &mut Reader<'_, 't>) -> Option<T>,
    ) -> Vec<T> {
        let mut found = Vec::new();
        for (name, value) in self.open_keys() {
            let tables =
                value.as_array().filter(|list| list.iter().all(|v| v.get_ref().is_table()));
            let (Some(list), Some(KeyForm::Groupes(groupe))) = (tables, self.groupe.autres) else {
                self.unknown(of, &name);
                continue;
            };
            for table in list {
                let place = self.span(table.span());
                let table = table.get_ref().as_table();
                let read = table.and_then(|t| self.nested(groupe, t, place, |r| body(&name, r)));
                found.extend(read);
            }
        }
        found
    }

    /// Keys that the group does not define, with their values, in the order of the file.
    fn open_keys(&self) -> Vec<(Spanned<String>, DeValue<'t>)> {
        let named = |key: &str| self.groupe.champ(key).is_some();
        let open = self.table.iter().filter(|(key, _)| !named(key.get_ref()));
        let mut found: Vec<_> = open
            .map(|(key, value)| {
                let name = key.get_ref().to_string();
                let name = Spanned { value: name, span: self.span(key.span()) };
                (name, value.get_ref().clone())
            })
            .collect();
        found.sort_by_key(|(name, _)| name.span.start);
        found
    }

    /// Refuses a key that is neither one of the group `of` nor of the form that it leaves open.
    fn unknown(&mut self, of: &str, Spanned { value: name, span }: &Spanned<String>) {
        let names: Vec<&str> = self.groupe.noms().collect();
        let unknown = format!("la clé « {name} » n’existe pas");
        let diagnostic = Diagnostic::new(Code::CleInconnue, unknown).at(span, "");
        let otherwise = match self.groupe.autres {
            Some(KeyForm::Groupes(_)) => {
                format!("pour une colonne, écrivez ses blocs un par un, sous [[{of}.{name}]]")
            }
            Some(_) => format!("pour un tableau, écrivez [{name}] puis ses clés"),
            None => format!("clés possibles ici : {}", names.join(", ")),
        };
        self.push(diagnostic.suggest_or(name, &names, otherwise));
    }
}
