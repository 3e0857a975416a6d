// Proposer une expérience : les réponses deviennent une fiche, vérifiée, montrée, puis déposée sur la forge par la
// personne elle-même. Rien n’est envoyé d’ici. Les phrases viennent de la page, qui les tient de « retex check ».
"use strict";

(() => {
  const by = (id) => document.getElementById(`proposer--${id}`);
  const room = document.getElementById("proposer");
  if (!room) return;

  const data = JSON.parse(room.dataset.donnees);
  const form = room.querySelector("form");
  const field = (key) => by(key);
  const KEPT = "retex-proposer";
  /** Plus longue adresse que les forges acceptent sûrement. */
  const LONGEST = 6000;

  // --- Les textes : une ligne, une liste, des paragraphes. ---

  // Ce que personne ne voit, et ce qu’une conversion a perdu. Un liant tient un emoji ou une lettre d’une autre écriture.
  const FLAG = "\\u{1f3f4}[\\u{e0020}-\\u{e007f}]+";
  const JOINED = "(?<=[\\p{Extended_Pictographic}\\ufe0f\\p{Script=Arabic}\\p{Script=Devanagari}])[\\u200c\\u200d]";
  const UNSEEN = "[\\0-\\x08\\x0e-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164"
    + "\\uffa0\\ufeff\\ufff9-\\uffff\\ue000-\\uf8ff\\u{e0000}-\\u{e007f}\\u{f0000}-\\u{10ffff}\\p{Surrogate}]";
  const signs = new RegExp(`(${FLAG}|${JOINED})|${UNSEEN}`, "gu");
  const line = (text) => text.replace(signs, "$1").replace(/\s+/g, " ").trim();
  const lines = (text) => text.split(/\r\n|[\n\r\v\f\u2028\u2029]/).map(line);
  const items = (text) => lines(text).map((item) => item.replace(/^[-*•] /, "")).filter(Boolean);

  /** Les paragraphes et les listes d’un texte : [{ liste, lignes }]. */
  function blocks(text) {
    const all = [];
    let open = false;
    for (const one of lines(text)) {
      if (!one) { open = false; continue; }
      const item = /^[-*•] (.+)/.exec(one);
      const last = all[all.length - 1];
      if (last && last.liste === Boolean(item) && (open || item)) last.lignes.push(item ? item[1] : one);
      else all.push({ liste: Boolean(item), lignes: [item ? item[1] : one] });
      open = true;
    }
    return all;
  }

  const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"«»`\\^{}|]+/gi;

  /** L’adresse dans un morceau de texte, sans la ponctuation qui la suit ; null si elle ne se suit pas. */
  function address(written) {
    let text = written.replace(/[.,;:!?…’']+$/, "");
    while (/[)\]]$/.test(text) && (text.match(/[([]/g) || []).length < (text.match(/[)\]]/g) || []).length) text = text.slice(0, -1);
    const whole = /^www\./i.test(text) ? `https://${text}` : text;
    try {
      const url = new URL(whole);
      const named = /^[^.]+(\.[^.]+)+$/.test(url.hostname) && !/^[\d.]+$/.test(url.hostname);
      return /^https?:$/.test(url.protocol) && named && !url.username && !url.password ? { text, whole } : null;
    } catch {
      return null;
    }
  }

  /** Un texte en morceaux : des mots, et les adresses qui s’y trouvent. */
  function pieces(text) {
    const all = [];
    let end = 0;
    for (const { 0: found, index } of text.matchAll(ADDRESS)) {
      const good = address(found);
      if (!good) continue;
      all.push({ mots: text.slice(end, index) }, { adresse: good.whole, mots: good.text });
      end = index + good.text.length;
    }
    all.push({ mots: text.slice(end) });
    return all.filter((piece) => piece.mots);
  }

  /** Des mots que Markdown montre tels quels. `first` : au début d’une ligne. */
  function neutral(words, first) {
    let text = words.replace(/[\\`*_[\]<>~|$^{}]|&(?=#|\w)/g, "\\$&");
    if (first) text = text.replace(/^[#+=:!-]/, "\\$&").replace(/^(\d+)([.)])/, "$1\\$2");
    return text;
  }

  const written = (text) => pieces(text)
    .map(({ mots, adresse }, at) => (adresse ? `[${neutral(mots)}](<${adresse}>)` : neutral(mots, at === 0)))
    .join("");

  /** Le texte de la fiche, en Markdown. */
  const markdown = (text) => blocks(text)
    .map(({ liste, lignes }) => lignes.map((one) => (liste ? "- " : "") + written(one)).join("\n"))
    .join("\n\n");

  // --- Les réponses. ---

  const ticked = (key) => [...field(key).querySelectorAll("input:checked")];

  /** « Le carnet : https://… », « https://… (le carnet) » : une adresse et son titre. */
  function links(text) {
    const all = [];
    for (const one of items(text)) {
      const found = pieces(one);
      const good = found.filter(({ adresse }) => adresse);
      if (!good.length) { all.push({ faux: one }); continue; }
      const words = line(found.filter(({ adresse }) => !adresse).map(({ mots }) => mots).join(" "));
      const titre = line(words.replace(/^[\s[(«:–—,;-]+|[\s\])»:–—(,;-]+$/g, ""));
      for (const { adresse } of good) all.push({ url: adresse, titre: good.length === 1 ? titre : "" });
    }
    return all;
  }

  function answers() {
    const value = (key) => field(key).value;
    const ateliers = Object.keys(data.ateliers);
    return {
      atelier: ateliers.length > 1 ? value("atelier") : ateliers[0],
      titre: line(value("titre")),
      thematique: value("thematique"),
      texte: value("texte"),
      niveaux: ticked("niveaux").map((box) => box.value),
      liens: links(value("liens")),
      points_forts: items(value("points_forts")),
      irritants: items(value("irritants")),
      etablissement: line(value("etablissement")),
      commune: line(value("commune")),
      auteurs: items(value("auteurs")),
      date: value("date"),
    };
  }

  /** Le nom du fichier : les mots du titre, coupés entre deux mots. */
  function name(titre) {
    const plain = titre.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae");
    const words = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return words.length <= 60 ? words : words.slice(0, 60).replace(/-[^-]*$/, "");
  }

  const quoted = (text) => JSON.stringify(text);

  /** La fiche, telle qu’un fichier la contient. */
  function fiche(a) {
    const keys = ["titre", "thematique", "niveaux", "points_forts", "irritants", "etablissement", "commune", "auteurs"];
    const day = a.date ? [`date = ${a.date}\n`] : [];
    const header = keys.filter((key) => a[key].length)
      .map((key) => `${key} = ${Array.isArray(a[key]) ? `[${a[key].map(quoted).join(", ")}]` : quoted(a[key])}\n`);
    const tables = a.liens.map(({ url, titre }) =>
      `\n[[liens]]\nurl = ${quoted(url)}\n${titre ? `titre = ${quoted(titre)}\n` : ""}`);
    return `+++\n${[...header, ...day].join("")}${tables.join("")}+++\n\n${markdown(a.texte)}\n`;
  }

  const label = (key) => {
    const named = field(key).querySelector("legend") || room.querySelector(`label[for="proposer--${key}"]`);
    return named.textContent.replace(/\*$/, "").trim();
  };
  const chosen = (key) => field(key).selectedOptions[0].textContent;

  /** Le formulaire de la forge, rempli : ce que l’équipe du site sait lire. */
  function ticket(a) {
    const bullets = (list) => list.map((one) => `- ${one}`).join("\n");
    const boxes = (key) => [...field(key).querySelectorAll("label")]
      .map((box) => `- [${box.querySelector("input").checked ? "x" : " "}] ${box.textContent.trim()}`).join("\n");
    const said = {
      titre: a.titre,
      thematique: `- [x] ${chosen("thematique")}`,
      texte: markdown(a.texte),
      niveaux: boxes("niveaux"),
      liens: bullets(a.liens.map(({ url, titre }) => (titre ? `${titre} : ${url}` : url))),
      points_forts: bullets(a.points_forts),
      irritants: bullets(a.irritants),
      etablissement: a.etablissement,
      commune: a.commune,
      auteurs: bullets(a.auteurs),
      date: a.date,
      engagements: boxes("engagements"),
    };
    return Object.entries(said).map(([key, text]) => `### ${label(key)}\n\n${text}\n`).join("\n");
  }

  // --- Ce qui ne va pas. ---

  const digits = (text) => text.replace(/\D/g, "");
  const rest97 = (text) => [...text].reduce((rest, c) => {
    const n = parseInt(c, 36);
    return (rest * (n > 9 ? 100 : 10) + n) % 97;
  }, 0);

  /** Chaque genre de donnée personnelle : ce qui y ressemble, et ce qui l’exclut. */
  const PERSONAL = {
    nir: [/(?<!\w)[1-478][\s.]?\d\d[\s.]?\d\d[\s.]?(?:\d\d|2[AB])[\s.]?\d{3}[\s.]?\d{3}[\s.-]?\d\d(?!\w)/gi, (text) => {
      const number = text.toUpperCase().replace("2A", "19").replace("2B", "18").replace(/\D/g, "");
      return 97 - Number(BigInt(number.slice(0, 13)) % 97n) === Number(number.slice(13));
    }],
    iban: [/(?<!\w)[A-Z]{2}\d\d(?:[\s.-]?[A-Z0-9]){11,30}/gi, (text) => {
      const number = text.replace(/[\s.-]/g, "").toUpperCase();
      for (let end = number.length; end >= 15; end--) {
        if (rest97(number.slice(4, end) + number.slice(0, 4)) === 1) return true;
      }
      return false;
    }],
    adresse: [/(?<![\p{L}\d@!/])[\p{L}\d._%+-]{1,64}(?:\s?[([{<]\s?(?:a|at|arobase?|@)\s?[)\]}>]\s?|\s(?:arobase?|at)\s|@)[\p{L}\d-]+(?:(?:\.|\s(?:point|dot)\s|\s?[([](?:point|dot)[)\]]\s?)[\p{L}\d-]+)+(?![:\p{L}])/giu, (text) => {
      const [, who, sign] = /^(.*?)(\s?[([{<]|\sarobase?\s|\sat\s|@)/i.exec(text);
      const office = who.trim().toLowerCase();
      const doubtful = /at/i.test(sign) && !/[._\d-]/.test(who) && !/\sdot\s/i.test(text);
      return !doubtful && !data.services.includes(office.split(/[._-]/)[0]) && !data.services.includes(office)
        && !/^ce\.\d{7}[a-z]$/i.test(office) && /[^\P{L}]{2}$/u.test(text) && !/\.(?:png|jpe?g|gif|svg|webp)$/i.test(text);
    }],
    telephone: [/(?<![\p{L}\d]|\d[,.\s-])(?:(?:\(?\+33\)?|0033|00 33)[\s.]?(?:\(0\)[\s.]?|0)?[1-79](?:\s?[./-]\s?\d|\s?\d){8}|0[1-79](?:\s?[./-]\s?\d|\s?\d){8}|\+(?:262|59[046]|508|68[179]|352|32|41)(?:[\s.-]?\d){6,9})(?![\p{L}\d]|[,.-]\d|\s?[€%$])/gu, (text, before) => {
      const pairs = text.trim().split(/\s/).map(Number);
      const drawn = pairs.length === 5 && pairs.every((n, at) => n < 50 && (!at || n > pairs[at - 1]));
      const named = /(?:t[ée]l|t[ée]léphone|portable|mobile|appelez|fixe|sms|whatsapp)[\s.:°(]*$/i.test(before);
      return !(drawn && !named) && !/(?:isbn|issn|siret|siren|ean|rcs|uai|doi|rne|naf)[\s.:°(]*$/i.test(before);
    }],
    ine: [/(?:\bINE\b|[iI]dentifiant national)[^\n]{0,40}?(?<![A-Za-z0-9])(?:\d{10}[A-Za-z]|\d{9}[A-Za-z]{2})(?![A-Za-z0-9])/g, () => true],
    naissance: [/(?:(?<!\p{L})(?:née?(?:\(?e?\)?s?)|nee|DDN)(?!\p{L})|naissance)[^\n;!?]{0,60}?(?<![\p{L}\d])\d{1,2}(?:er)?[\s./-](?:\d{1,2}|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|décembre)[\s./-](?:(?:19|20)\d\d|\d\d)(?!\d)/giu, (text, before) => {
      const year = Number(/\d+$/.exec(text)[0]);
      const thing = /(?:association|atelier|blog|club|dispositif|idée|journal|partenariat|plateforme|projet|radio|réseau|site)(?:,?\s(?:est|était|a été|fut))?,?\s$/i.test(before);
      return !thing && (year < 100 || year >= 1925);
    }],
    eleve: [/(?<!\p{L})élève(?:s(?=\s\S+\s\S+\set\s\p{Lu}))?\s?:?\s(?!Erasmus)\p{Lu}[\p{L}-]*\p{Ll}[\p{L}-]*\s(?!(?:ULIS|SEGPA|UPE|CAP|BTS|BEP|NSI|SNT|SVT|EPS|CDI|DYS|ENT|EBEP|EMI|TNI)(?!\p{L}))\p{Lu}[\p{L}’'-]+/gu, () => true],
  };

  /** Les données personnelles d’un texte, adresses du Web à part. */
  function personal(text) {
    let rest = text.replace(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, " ");
    const found = [];
    for (const [kind, [form, proves]] of Object.entries(PERSONAL)) {
      for (const { 0: match, index } of [...rest.matchAll(form)]) {
        if (!proves(match, rest.slice(0, index))) continue;
        found.push({ genre: kind, texte: match.trim() });
        rest = rest.replace(match, " ");
      }
    }
    return found;
  }

  const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${/[.…?!]$/.test(text) ? "" : "."}`;
  const ENGAGING = new Set(["nir", "iban"]);

  /** Ce qui ne va pas d’une réponse : [{ phrase, grave }]. */
  function faults(key, a) {
    const found = [];
    const say = (phrase, grave = true) => found.push({ phrase, grave });
    const missing = data.manques[key];
    if (key === "atelier" && !a.atelier) say("Choisissez un atelier.");
    if (key === "engagements") {
      for (const box of field(key).querySelectorAll("input:not(:checked)")) {
        say(sentence(`${missing} : ${box.parentElement.textContent.trim().replace(/\.$/, "")}`));
      }
      return found;
    }
    const empty = key === "titre" ? !name(a.titre) : key === "texte" ? !/[\p{L}\p{N}]/u.test(a.texte) : !a[key].length;
    if (missing && empty) say(sentence(missing));
    if (key === "liens") {
      for (const { faux } of a.liens) if (faux) say(sentence(`${data.adresse[0].replace("{}", faux)} : ${data.adresse[1]}`));
    }
    if (key === "date" && (field(key).validity.badInput || (a.date && a.date < "1970"))) say("Cette date n’est pas entière, ou n’existe pas.");
    if (Array.isArray(a[key]) && a[key].length > data.listeMax) say(`Pas plus de ${data.listeMax} lignes.`);
    const box = field(key);
    if (!("value" in box) || box.tagName === "SELECT") return found;
    for (const { genre, texte } of personal(box.value)) {
      const [what, instead] = data.personnelles[genre];
      say(sentence(`« ${texte} » : ${what} ; ${instead}`), ENGAGING.has(genre));
    }
    return found;
  }

  const fields = [...form.querySelectorAll('[id$="--avis"]')].map(({ id }) => id.slice("proposer--".length, -"--avis".length));

  /** Montre ce qui ne va pas d’une réponse ; rend ce qui est grave. */
  function judge(key, a = answers()) {
    const found = faults(key, a);
    by(`${key}--avis`).replaceChildren(...found.map(({ phrase }) => {
      const row = document.createElement("span");
      row.textContent = phrase;
      return row;
    }).flatMap((row, at) => (at ? [document.createElement("br"), row] : [row])));
    const grave = found.filter((fault) => fault.grave);
    if (grave.length) field(key).setAttribute("aria-invalid", "true");
    else field(key).removeAttribute("aria-invalid");
    return grave;
  }

  // --- La fiche, comme on la lira. ---

  function make(tag, text, properties = {}) {
    const element = Object.assign(document.createElement(tag), properties);
    if (text) element.textContent = text;
    return element;
  }

  /** Un texte avec ses adresses. */
  const inline = (tag, text, properties) => {
    const element = make(tag, "", properties);
    element.append(...pieces(text).map(({ mots, adresse }) => (adresse ? make("a", mots, { href: adresse }) : mots)));
    return element;
  };

  const list = (texts, tag = "ul") => {
    const element = make(tag);
    element.append(...texts.map((text) => inline("li", text)));
    return element;
  };

  function show(a) {
    const place = [a.etablissement, a.commune].filter(Boolean).join(", ");
    const levels = ticked("niveaux").map((box) => box.parentElement.textContent.trim()).join(", ");
    const above = [levels, place, chosen("thematique")].filter(Boolean).join(" — ");
    const parts = [make("p", above, { className: "sur" }), make("h3", a.titre)];
    const day = a.date && new Date(`${a.date}T12:00`).toLocaleDateString("fr", { day: "numeric", month: "long", year: "numeric" });
    const signed = [a.auteurs.length ? ` signée ${a.auteurs.join(", ")}` : "", day].filter(Boolean).join(", ");
    parts.push(make("p", `Contribution${signed}. Elle ne vient pas d’un document reçu.`, { className: "note" }));
    const text = make("div", "", { className: "texte" });
    text.append(...blocks(a.texte).map(({ liste, lignes }) => (liste ? list(lignes) : inline("p", lignes.join(" ")))));
    parts.push(text);
    if (a.liens.length) {
      const resources = make("ul", "", { className: "ressources" });
      resources.append(...a.liens.map(({ url, titre }, at) => {
        const item = make("li");
        item.append(
          make("a", titre || new URL(url).hostname, { href: url, className: at ? "lien" : "bouton" }),
          make("small", url.replace(/^https?:\/\//, "")),
        );
        return item;
      }));
      parts.push(resources);
    }
    if (a.points_forts.length) parts.push(make("h4", label("points_forts")), list(a.points_forts));
    if (a.irritants.length) parts.push(make("h4", label("irritants")), list(a.irritants));
    by("fiche").replaceChildren(...parts);
  }

  // --- L’envoi. ---

  const query = (url, values) =>
    `${url}?${Object.entries(values).map((pair) => pair.map(encodeURIComponent).join("=")).join("&")}`;

  let blob;

  function offer(a) {
    const text = fiche(a);
    const file = `${name(a.titre)}.md`;
    const [folder, fresh] = data.ateliers[a.atelier];
    const asks = data.forge === "gitlab";
    const title = `Nouvelle fiche : ${a.titre}`;
    const several = Object.keys(data.ateliers).length > 1;
    const deposited = asks ? ticket(a) : text;
    const values = (whole) => (asks
      ? { "issue[title]": several ? `${title} (${a.atelier})` : title, ...(whole && { "issue[description]": deposited }) }
      : { filename: file, ...(whole && { value: deposited }) });
    const page = asks ? data.ticket : fresh;
    const full = page && query(page, values(true));
    const fits = full && full.length <= LONGEST;
    by("ouvrir").hidden = !page;
    if (page) {
      by("ouvrir").href = fits ? full : query(page, values(false));
      by("ouvrir").textContent = `${asks ? "Ouvrir un ticket" : "Créer le fichier"} sur ${data.hote}`;
    }
    const where = `le dossier «\u202f${folder}\u202f», sous le nom «\u202f${file}\u202f»`;
    by("comment").textContent = !page
      ? `Copiez le texte ou téléchargez la fiche, puis déposez-la sur ${data.hote}, dans ${where}.`
      : fits
        ? `Il faut un compte sur ${data.hote}. La page qui s’ouvre contient déjà tout\u202f; il reste à l’envoyer.`
        : `Il faut un compte sur ${data.hote}. Ce texte est trop long pour être transmis d’un clic\u00a0: copiez-le, puis collez-le dans la page qui s’ouvre.`;
    by("a-deposer").value = deposited;
    URL.revokeObjectURL(blob);
    blob = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
    by("telecharger").href = blob;
    by("telecharger").download = file;
    by("courriel").hidden = !data.contact;
    if (data.contact) {
      const letter = (body) => `mailto:${query(data.contact, { subject: title, body })}`;
      const whole = letter(text.replace(/\n/g, "\r\n"));
      by("courriel").href = whole.length <= 1900 ? whole : letter("La fiche est jointe à ce message : pensez à la joindre après l’avoir téléchargée.");
    }
    by("fait").textContent = "";
  }

  by("copier").addEventListener("click", async () => {
    const box = by("a-deposer");
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
      by("fait").textContent = "Texte copié.";
    } catch {
      by("fait").textContent = document.execCommand("copy") ? "Texte copié." : "Le texte est sélectionné : copiez-le avec Ctrl+C.";
    }
  });

  // --- Le brouillon, dans cet onglet. ---

  const boxes = [...form.querySelectorAll("input, textarea, select")];
  const state = (box) => (box.type === "checkbox" ? box.checked : box.value);

  function keep() {
    try {
      if (boxes.some(state)) sessionStorage.setItem(KEPT, JSON.stringify(boxes.map(state)));
      else sessionStorage.removeItem(KEPT);
    } catch { /* Sans mémoire, pas de brouillon. */ }
  }

  function restore() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT));
      if (kept?.length !== boxes.length) return;
      boxes.forEach((box, at) => { box[box.type === "checkbox" ? "checked" : "value"] = kept[at]; });
    } catch { /* Sans mémoire, pas de brouillon. */ }
  }

  by("effacer").addEventListener("click", () => {
    form.reset();
    keep();
    for (const key of fields) {
      by(`${key}--avis`).replaceChildren();
      field(key).removeAttribute("aria-invalid");
    }
    by("erreurs").replaceChildren();
    by("envoi").hidden = true;
    boxes[0].focus();
  });

  // --- La page. ---

  const keyOf = (element) => element.closest("fieldset, [id^=proposer--]").id.slice("proposer--".length);
  const seen = new Set();

  form.addEventListener("change", ({ target }) => {
    const key = keyOf(target.closest("fieldset") || target);
    seen.add(key);
    judge(key);
  });

  form.addEventListener("input", ({ target }) => {
    keep();
    const key = keyOf(target.closest("fieldset") || target);
    if (seen.has(key)) judge(key);
    by("envoi").hidden = true;
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const a = answers();
    const wrong = fields.map((key) => { seen.add(key); return [key, judge(key, a)]; }).filter(([, grave]) => grave.length);
    by("envoi").hidden = wrong.length > 0;
    if (wrong.length) {
      const menu = make("ul");
      menu.append(...wrong.map(([key, grave]) => {
        const item = make("li");
        item.append(make("a", key === "atelier" ? "Atelier" : label(key), { href: `#proposer--${key}` }), `\u00a0: ${grave[0].phrase}`);
        return item;
      }));
      by("erreurs").replaceChildren(make("p", wrong.length > 1 ? `${wrong.length} réponses sont à revoir\u00a0:` : "Une réponse est à revoir\u00a0:"), menu);
      by("erreurs").focus();
      return;
    }
    by("erreurs").replaceChildren();
    const doubts = fields.flatMap((key) => faults(key, a).map(({ phrase }) => make("p", `${label(key)}\u00a0: ${phrase}`)));
    by("a-verifier").replaceChildren(...doubts);
    show(a);
    offer(a);
    by("apercu").focus();
  });

  restore();
  for (const key of fields) {
    if (key !== "engagements" && key !== "atelier" && field(key).value) { seen.add(key); judge(key); }
  }
  by("sans-script").hidden = true;
  room.hidden = false;
})();
