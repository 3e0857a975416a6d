# Le programme, tel que publié : téléchargé, sa somme SHA-256 vérifiée. Rien n'est compilé, sauf si RETEX_DEPOT seule
# est donnée.
PATH="$PWD/.retex/bin:$PATH"
voulu="${RETEX_PUBLICATION:-} ${RETEX_SHA256:-} ${RETEX_DEPOT:-}"
if [ -d .retex ] && [ "$(cat .retex/voulu 2>/dev/null)" != "$voulu" ]; then
  # Le retex gardé d'une exécution à l'autre n'est pas celui qui est demandé.
  rm -rf .retex
fi
if ! command -v retex >/dev/null 2>&1; then
  mkdir -p .retex/bin
  if [ -n "${RETEX_PUBLICATION:-}" ]; then
    archive="retex-$(uname -m)-unknown-linux-musl.tar.gz"
    prendre() {
      curl --fail --silent --show-error --location --retry 3 --output ".retex/$1" "${RETEX_PUBLICATION%/}/$1" || {
        echo "« $1 » ne se télécharge pas : vérifiez l'adresse donnée à RETEX_PUBLICATION, $RETEX_PUBLICATION" >&2
        exit 1
      }
    }
    prendre "$archive"
    if [ -n "${RETEX_SHA256:-}" ]; then
      printf '%s  %s\n' "$RETEX_SHA256" "$archive" > .retex/SHA256SUMS
    else
      prendre SHA256SUMS
    fi
    (cd .retex && grep " $archive\$" SHA256SUMS | sha256sum -c -) || {
      echo "L'archive « $archive » n'a pas la somme SHA-256 attendue : elle n'est pas employée. Reprenez la somme de la version voulue, ou demandez à qui publie retex ce qui a changé." >&2
      exit 1
    }
    tar -xzf ".retex/$archive" -C .retex/bin retex
  elif [ -n "${RETEX_DEPOT:-}" ]; then
    case "$RETEX_DEPOT" in
      *' '*) cargo install --locked --root .retex --git "${RETEX_DEPOT%% *}" --rev "${RETEX_DEPOT##* }" retex ;;
      *) cargo install --locked --root .retex --git "$RETEX_DEPOT" retex ;;
    esac
  else
    echo "Le programme retex manque. Donnez à la variable RETEX_PUBLICATION, au début de ce fichier de la forge (.gitlab-ci.yml ou .github/workflows/), l'adresse où une version de retex est publiée, par exemple : https://forge.exemple.fr/groupe/retex/releases/download/v1.0" >&2
    exit 1
  fi
  printf '%s\n' "$voulu" > .retex/voulu
fi
[ -z "${GITHUB_PATH:-}" ] || echo "$PWD/.retex/bin" >> "$GITHUB_PATH"
retex --version
