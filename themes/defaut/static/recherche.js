// La recherche. Aucune bibliothèque.
// Tout se lit sans ce script. L’index est un dossier de scripts, parce qu’une page ouverte depuis un
// disque ne peut rien charger d’autre : chacun appelle retexRecherche(quoi, données).
"use strict";

(() => {
  // --- L’index : chargé par morceaux, à mesure des besoins. ---

  const received = { listes: new Map(), textes: new Map() };
  const loading = new Map();
  let root = "";

  window.retexRecherche = (what, data) => {
    if (what === "listes") {
      const [first, lists] = data;
      lists.split(" ").forEach((list, n) => received.listes.set(first + n, list));
    } else if (what === "textes") {
      received.textes.set(data[0], data[1]);
    } else {
      received[what] = data;
    }
  };

  /** Charge un fichier de l’index, une fois. */
  function load(name) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `${root}recherche/${name}.js`;
        script.onload = done;
        script.onerror = () => {
          loading.delete(name);
          failed(new Error(name));
        };
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  /** Les textes de ces documents. */
  async function texts(documents, perFile) {
    const files = new Set(documents.map((d) => Math.floor(d / perFile)));
    await Promise.all([...files].map((n) => load(`textes-${n}`)));
    return documents.map((d) => {
      const [title, href, context, text, mentions, also] = received.textes.get(Math.floor(d / perFile))[d % perFile];
      return { document: d, title, href: root + href, context, text, mentions, also };
    });
  }

  /** « 0A2C » : les documents d’une liste, avec leurs poids. */
  function decode(list) {
    const found = new Map();
    let next = 0;
    for (const [, distance, weight] of list.matchAll(/([0-9a-z]+)([A-Z])/g)) {
      const document = next + parseInt(distance, 36);
      found.set(document, weight.charCodeAt(0) - 64);
      next = document + 1;
    }
    return found;
  }

  // --- Les mots : coupés comme retex les a coupés pour faire l’index. ---

  const RUN = /[\p{L}\p{N}+'’ʼ\u2010\u2011\u0300-\u036f-]+/gu;
  // Ligatures des polices, lettres et chiffres au-dessus ou au-dessous de la ligne : les mêmes que pour retex.
  const OPENED = /[ªº²³¹ʰʳˡˢᵃᵇᵈᵉᵍᵐᵒᵗ⁰ⁱ⁴-⁹ⁿ₀-₉ﬀ-ﬆ]/gu;
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
    .replace(OPENED, (sign) => sign.normalize("NFKD")).replace(/œ/g, "oe").replace(/æ/g, "ae");

  // Chaque mot a une forme, chaque forme une racine, et un rang parmi celles de sa racine.
  let vocabulary;

  function readVocabulary(index) {
    vocabulary = {
      words: [], formOf: [], forms: new Map(), made: new Map(), stemOf: [], ranks: [], family: [],
      elisions: new Set(index.elisions), empty: new Set(index.vides), questions: new Set(index.questions),
      suffixes: index.suffixes, shortest: index.racine, apart: new Set(index.seuls), roots: new Map(), synonyms: new Map(),
      endings: index.finales, irregular: new Map(index.irreguliers), ordinals: new Set(index.ordinaux),
    };
    const { words, formOf, forms, stemOf, ranks, family } = vocabulary;
    let word = "";
    for (const item of index.mots.split(" ")) {
      const [rest, back] = item.slice(1).split(":");
      word = word.slice(0, parseInt(item[0], 36)) + rest;
      words.push(word);
      const stem = back ? family.length - parseInt(back, 36) : family.push([]) - 1;
      const form = formFor(word);
      if (!forms.has(form)) {
        stemOf.push(stem);
        vocabulary.roots.set(rootOf(form), stem);
        ranks.push(family[stem].push(forms.size) - 1);
        forms.set(form, forms.size);
      }
      formOf.push(forms.get(form));
    }
    for (const group of index.synonymes) group.forEach((form) => vocabulary.synonyms.set(form, group));
    vocabulary.acronyms = index.sigles.map(([acronym, expansion]) =>
      ({ form: formFor(fold(acronym)), expansion: terms(expansion).map(({ term }) => formFor(term)) }));
  }

  /** La forme d’un mot : la même au singulier et au pluriel, au masculin et au féminin, « 1er » et « premier ». */
  function formFor(term) {
    if (!vocabulary.made.has(term)) vocabulary.made.set(term, makeForm(term));
    return vocabulary.made.get(term);
  }

  function makeForm(term) {
    if (vocabulary.irregular.has(term)) return vocabulary.irregular.get(term);
    const [, number, rest] = /^([0-9]*)(.*)$/su.exec(term);
    if (number && vocabulary.ordinals.has(rest)) return number + (number === "1" ? "er" : "e");
    if (!/^\p{Alphabetic}*$/u.test(term)) return term;
    let form = term;
    for (const [ending, becomes, least] of vocabulary.endings) {
      if (form.length >= least && form.endsWith(ending)) form = form.slice(0, -ending.length) + becomes;
    }
    return form;
  }

  /** La racine de la famille d’une forme : « enregistr » pour « enregistrement » et « enregistrer ». */
  function rootOf(form) {
    if (!/^\p{Alphabetic}*$/u.test(form)) return form;
    if (vocabulary.apart.has(form)) return `${form}.`;
    const cut = vocabulary.suffixes.find((end) => form.endsWith(end) && form.length - end.length >= vocabulary.shortest);
    return cut ? form.slice(0, -cut.length) : form;
  }

  // Un essai compare ces formes et ces racines à celles que retex donne à l’index.
  window.retexRecherche.forme = (word) => formFor(fold(word));
  window.retexRecherche.racine = (word) => rootOf(formFor(fold(word)));

  /**
   * Les mots d’un texte : { term, whole, acronym, start, end, piece } ; whole est le mot composé d’un seul tenant.
   * `all` : même ceux qui ne disent rien.
   */
  function terms(text, all = false) {
    const found = [];
    for (const run of text.matchAll(RUN)) {
      let at = run.index;
      const pieces = run[0].split(/['’ʼ]/);
      pieces.forEach((piece, n) => {
        const elided = n < pieces.length - 1 && vocabulary.elisions.has(fold(piece));
        if (!elided) pieceTerms(piece, at, found, all);
        at += piece.length + 1;
      });
    }
    return found;
  }

  function pieceTerms(piece, start, found, all) {
    const parts = piece.split(/[-\u2010\u2011]/);
    const named = parts.map((part) => part.replace(/^\++/, "")).filter(Boolean);
    const whole = named.length > 1 ? fold(named.join("")) : "";
    let at = start;
    for (const part of parts) {
      const term = fold(part.replace(/^\++/, ""));
      const acronym = part.length > 1 && part === part.toUpperCase() && /\p{Lu}/u.test(part);
      const short = term.length < 2 && !/\d/.test(term);
      if (term && (all || acronym || !(short || vocabulary.empty.has(term)))) {
        found.push({ term, whole, acronym, start: at, end: at + part.length, piece: [start, start + piece.length] });
      }
      at += part.length + 1;
    }
  }

  /** Le rang du premier mot du vocabulaire qui n’est pas avant celui-ci. */
  function rank(word) {
    let [low, high] = [0, vocabulary.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (vocabulary.words[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const exact = (word) => vocabulary.words[rank(word)] === word;

  function startingWith(prefix) {
    const found = [];
    for (let at = rank(prefix); vocabulary.words[at]?.startsWith(prefix); at += 1) found.push(at);
    return found;
  }

  /** Distance de deux mots, ou une de plus que `most` : lettre en trop, en moins, changée, ou deux permutées. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1];
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          next[j] = Math.min(next[j], before[j - 2] + 1);
        }
        least = Math.min(least, next[j]);
      }
      if (least > most) return most + 1;
      [before, row] = [row, next];
    }
    return row[b.length];
  }

  /** Les mots voisins, du plus proche au moins proche. */
  const near = (word, most) => vocabulary.words
    .map((known, at) => [distance(word, known, most), at])
    .filter(([far]) => far <= most)
    .sort(([a], [b]) => a - b)
    .map(([, at]) => at);

  const known = (term) => vocabulary.forms.get(formFor(term));

  // De combien un mot trouvé est le mot cherché : le même, un qu’il commence, un autre de sa famille, un synonyme,
  // un voisin, un sigle qui l’abrège.
  const [SAME, BEGUN, FAMILY, SYNONYM, NEAR, ABRIDGED] = [5, 4, 3, 2, 1, 0];
  const PREFIXES = 40; // Mots que le début d’un mot peut annoncer : au-delà, ce début ne dit rien.

  /** Les formes qu’un mot cherché fait trouver, chacune avec sa valeur. */
  function formsOf({ term, whole, acronym, joined, halves }, unfinished) {
    const found = new Map();
    const add = (form, value) => found.set(form, Math.max(value, found.get(form) ?? 0));
    for (const word of [term, whole, ...joined]) {
      const form = word ? known(word) : undefined;
      if (form !== undefined) add(form, SAME);
      const stem = word ? vocabulary.roots.get(rootOf(formFor(word))) : undefined;
      if (stem !== undefined) vocabulary.family[stem].forEach((other) => add(other, FAMILY));
    }
    for (const other of vocabulary.synonyms.get(formFor(term)) ?? []) {
      if (vocabulary.forms.has(other)) add(vocabulary.forms.get(other), SYNONYM);
    }
    if (Math.max(0, ...found.values()) >= FAMILY || halves) return found;
    if (unfinished && !acronym && term.length > 1) {
      const begun = startingWith(term).sort((a, b) => vocabulary.words[a].length - vocabulary.words[b].length);
      begun.slice(0, PREFIXES).forEach((at) => add(vocabulary.formOf[at], BEGUN));
    }
    if (found.size === 0 && term.length > 4) near(term, 1).forEach((at) => add(vocabulary.formOf[at], NEAR));
    // Le début du mot, quand une seule famille du site commence ainsi.
    const apart = vocabulary.apart.has(formFor(term));
    for (let cut = 1; !apart && found.size === 0 && term.length - cut >= vocabulary.shortest; cut += 1) {
      const begun = startingWith(term.slice(0, -cut));
      if (new Set(begun.map((at) => vocabulary.stemOf[vocabulary.formOf[at]])).size > 1) break;
      begun.forEach((at) => add(vocabulary.formOf[at], NEAR));
    }
    return found;
  }

  /**
   * Les mots d’une recherche. Ceux d’une question ne comptent que s’il n’y en a pas d’autre ; « ce » seul est le sigle.
   * Deux mots se trouvent écrits ensemble ou séparés : « web radio » cherche aussi « webradio » (joined),
   * « escapegame » aussi « escape » et « game » (halves).
   */
  function asked(query) {
    const said = terms(query);
    const telling = said.filter(({ term, acronym }) => acronym || !vocabulary.questions.has(term));
    const isAcronym = ({ term }) => vocabulary.acronyms.some(({ form }) => form === formFor(term));
    const typed = [telling, said].find((some) => some.length > 0) ?? terms(query, true).filter(isAcronym);
    return typed.map((word, n) => {
      const pairs = [[typed[n - 1], word], [word, typed[n + 1]]].filter(([a, b]) => a && b);
      return { ...word, joined: pairs.map(([a, b]) => a.term + b.term), halves: split(word.term) };
    });
  }

  function split(term) {
    for (let at = term.length - 3; at > 2; at -= 1) {
      const parts = [term.slice(0, at), term.slice(at)];
      if (parts.every((part) => exact(part))) return parts.map((part) => ({ term: part, joined: [] }));
    }
    return null;
  }

  // --- La recherche. ---

  function fileOf(stem, starts) {
    let file = 0;
    while (file + 1 < starts.length && starts[file + 1] <= stem) file += 1;
    return file;
  }

  const listOf = (form) =>
    decode(received.listes.get(vocabulary.stemOf[form]).split(",")[vocabulary.ranks[form]]);

  /** Les documents où sont ces formes, avec ce que vaut chacun et le poids du mot même. */
  function documentsOf(forms, count) {
    const best = new Map();
    for (const [form, value] of forms) {
      const list = listOf(form);
      const rare = Math.log(1 + count / list.size);
      for (const [document, weight] of list) {
        // Le mot même vient toujours avant un mot voisin : l’un vaut mille, le reste départage.
        const score = value * 1000 + weight * rare;
        if (score > (best.get(document)?.[0] ?? 0)) best.set(document, [score, value === SAME ? weight : 0]);
      }
    }
    return best;
  }

  /**
   * Les documents trouvés, du meilleur au moins bon ; ce que vaut chacun, et le moindre poids de ses mots ; les formes à
   * marquer, pour chaque mot cherché.
   */
  async function find(query, index) {
    const words = asked(query);
    const unfinished = (n) => n === words.length - 1 && !/\s$/.test(query);
    const own = words.map((word, n) => formsOf(word, unfinished(n)));
    const halves = words.map((word) => (word.halves ?? []).map((half) => formsOf(half, false)));
    const perWord = own.map((forms, n) => new Map([...halves[n].flatMap((half) => [...half]), ...forms]));
    const forms = new Set(perWord.flatMap((some) => [...some.keys()]));
    const files = new Set([...forms].map((form) => fileOf(vocabulary.stemOf[form], index.listes)));
    await Promise.all([...files].map((n) => load(`listes-${n}`)));
    const scores = new Map();
    const counts = new Map();
    const least = new Map();
    words.forEach((_, n) => {
      const best = documentsOf(own[n], index.genres.length);
      const [one, other] = halves[n].map((half) => documentsOf(half, index.genres.length));
      for (const [d, found] of one ?? []) {
        if (other.has(d) && !best.has(d)) best.set(d, [found, other.get(d)].sort(([a], [b]) => a - b)[0]);
      }
      for (const [d, [score, weight]] of best) {
        scores.set(d, score + (scores.get(d) ?? 0));
        counts.set(d, 1 + (counts.get(d) ?? 0));
        least.set(d, Math.min(weight, least.get(d) ?? weight));
      }
    });
    const most = Math.max(0, ...counts.values());
    const documents = [...scores.keys()].filter((d) => counts.get(d) === most);
    documents.sort((a, b) => scores.get(b) - scores.get(a) || a - b);
    const acronyms = wantedAcronyms(perWord);
    return { words, perWord, acronyms, scores, least, partial: most < words.length, documents };
  }

  const texted = new Map();

  /** Les mots d’un texte avec leurs formes : coupé une fois, il sert à chaque lettre tapée. */
  function cut(text) {
    if (texted.size > 1000) texted.clear();
    if (!texted.has(text)) texted.set(text, terms(text).map((word) => ({ ...word, form: formFor(word.term) })));
    return texted.get(text);
  }

  const wordsWith = (perWord, form) => perWord.flatMap((forms, n) => (forms.has(form) ? [n] : []));

  /** Les sigles qui abrègent un mot cherché, et ceux qui sont cherchés ; avec les mots que cela concerne. */
  const wantedAcronyms = (perWord) => vocabulary.acronyms.map(({ form, expansion }) => ({
    form,
    expansion,
    abridged: expansion.flatMap((word) => wordsWith(perWord, vocabulary.forms.get(word))),
    asked: wordsWith(perWord, vocabulary.forms.get(form)),
  })).filter(({ abridged, asked: some }) => abridged.length + some.length > 0);

  /**
   * Les endroits d’un texte à marquer, chacun avec les mots cherchés qu’il montre : ces mots, les sigles qui les
   * abrègent, ce qu’abrège un sigle cherché.
   */
  function hits(text, { perWord, acronyms }) {
    const said = cut(text);
    const found = [];
    said.forEach(({ whole, form, acronym, start, end }, n) => {
      const forms = [vocabulary.forms.get(form), whole && known(whole)];
      const mine = forms.flatMap((one) => wordsWith(perWord, one).map((word) => [word, perWord[word].get(one)]));
      const short = acronyms.find((one) => acronym && one.form === form && one.abridged.length > 0);
      const long = acronyms.find(({ asked: some, expansion }) =>
        some.length > 0 && expansion.length > 1 && expansion.every((word, i) => said[n + i]?.form === word));
      if (mine.length > 0) {
        found.push({ start, end, words: mine.map(([word]) => word), value: Math.max(...mine.map(([, value]) => value)) });
      } else if (short) {
        found.push({ start, end, words: short.abridged, value: ABRIDGED });
      } else if (long) {
        found.push({ start, end: said[n + long.expansion.length - 1].end, words: long.asked, value: ABRIDGED });
      }
    });
    return found;
  }

  /** Écrit un texte dans un élément, ses mots trouvés marqués. */
  function mark(element, text, found) {
    element.textContent = "";
    let done = 0;
    for (const { start, end } of hits(text, found)) {
      if (start < done) continue;
      const marked = document.createElement("mark");
      marked.textContent = text.slice(start, end);
      element.append(text.slice(done, start), marked);
      done = end;
    }
    element.append(text.slice(done));
  }

  const EXCERPT = 200;

  /** La partie d’un texte autour d’un endroit trouvé. */
  function excerpt(text, hit) {
    if (text.length <= EXCERPT) return text;
    const from = Math.max(0, (hit?.start ?? 0) - EXCERPT / 3);
    const start = from === 0 ? 0 : text.indexOf(" ", from) + 1;
    const end = Math.max(text.lastIndexOf(" ", start + EXCERPT), hit?.end ?? 0);
    const cut = start + EXCERPT >= text.length ? text.slice(start) : `${text.slice(start, end)} …`;
    return start === 0 ? cut : `… ${cut}`;
  }

  /** Les mots cherchés qui sont dans ces endroits. */
  const wordsOf = (list) => new Set(list.flatMap(({ words }) => words));

  /** De ces textes, un passage de celui qui a le plus de mots cherchés ; rien quand aucun n’en a. */
  function passage(all, found) {
    const some = all.map((text) => ({ text, list: hits(text, found) })).filter(({ list }) => list.length > 0);
    const [best] = some.sort((a, b) => wordsOf(b.list).size - wordsOf(a.list).size);
    if (!best) return null;
    const hit = best.list.reduce((one, other) => (other.value > one.value ? other : one));
    return { shown: excerpt(best.text, hit), words: wordsOf(best.list) };
  }

  // Les mots reçus des ateliers ont leurs caractères.
  const isReceived = (genre) => genre === "f" || genre === "e";

  /** Ce qu’un résultat montre : un passage de son texte, de ses mots-clés et liens ; et si ce sont des mots reçus. */
  function shownOf({ document: d, title, text, mentions }, found, index) {
    const own = title === text ? "" : text;
    const received = isReceived(index.genres[d]);
    const inText = passage([own], found);
    const inMentions = passage([mentions], found);
    const inTitle = wordsOf(hits(title, found));
    if (inText) return [inText.shown, received];
    if (inMentions && (inTitle.size < inMentions.words.size || !own)) return [inMentions.shown, false];
    return [excerpt(own), received];
  }

  /** Les mots par lesquels un résultat est trouvé sans avoir celui qui est cherché : un de sa famille, un synonyme… */
  function foundBy(all, found) {
    const best = new Map();
    for (const text of all) {
      for (const { start, end, words, value } of hits(text, found)) {
        for (const word of words) {
          if (value > (best.get(word)?.value ?? -1)) best.set(word, { value, said: text.slice(start, end) });
        }
      }
    }
    const others = [...best.values()].filter(({ value }) => value < BEGUN).map(({ said }) => said);
    return [...new Set(others.map((said) => (said === said.toUpperCase() ? said : said.toLocaleLowerCase("fr"))))];
  }

  const GROUPS = [
    ["d", "Définition"],
    ["n", "Pages de ce nom"],
    ["fc", "Retours d’expérience"],
    ["e", "Dans les tableaux"],
    ["p", "Pages"],
    ["s", "Glossaire"],
  ];
  const COUNTED = [
    ["fc", "retour d’expérience", "retours d’expérience"],
    ["e", "phrase des tableaux", "phrases des tableaux"],
    ["np", "page", "pages"],
    ["ds", "sigle", "sigles"],
  ];
  const SHOWN = 8;
  const TITLE = 12; // Poids d’un mot d’un titre.

  const plural = (n, one, many) => `${n.toLocaleString("fr")}\u00a0${n < 2 ? one : many}`;
  const quote = (words) => `«\u202f${words}\u202f»`;

  /**
   * Le groupe de chaque document : celui de son genre ; mais un sigle qui est toute la recherche vient d’abord, comme
   * une page dont le titre a tous les mots cherchés, quand celui d’aucun retour d’expérience ne les a.
   */
  function grouping({ documents, words, least }, { genres }) {
    const named = (d) => least.get(d) >= TITLE;
    const fiches = documents.some((d) => "fc".includes(genres[d]) && named(d));
    const acronym = words.length === 1;
    return (d) => {
      if (genres[d] === "s" && acronym && named(d)) return "d";
      return genres[d] === "p" && !fiches && named(d) ? "n" : genres[d];
    };
  }

  /** La page de recherche. */
  function searchPage(form) {
    const input = form.querySelector("#recherche--mots");
    const help = form.querySelector("#recherche--aide");
    const filters = form.querySelector("#recherche--filtres");
    const summary = document.querySelector("#recherche--bilan");
    const close = document.querySelector("#recherche--proches");
    const results = document.querySelector("#recherche--resultats");
    const ways = document.querySelector("#recherche--reperes");
    const propose = document.querySelector("#recherche--proposer");
    const copy = (id) => document.querySelector(`#recherche--${id}`).content.cloneNode(true);
    const chosen = (name) => new FormData(form).get(name) ?? "";
    let turn = 0;

    /** « : 3 retours d’expérience, 2 pages », quand il y en a de plusieurs genres. */
    function told({ documents }, group) {
      const parts = COUNTED.flatMap(([kinds, ...names]) => {
        const n = documents.filter((d) => kinds.includes(group(d))).length;
        return n > 0 ? [plural(n, ...names)] : [];
      });
      return parts.length > 1 ? `\u00a0: ${parts.join(", ")}` : "";
    }

    /** Un résultat, avec les autres endroits de la même phrase et les mots qui le font trouver. */
    function result(one, found, index) {
      const { document: d, title, href, context, also, mentions } = one;
      const item = copy("trouve");
      const link = item.querySelector("a");
      link.href = href;
      link.classList.toggle("recu", isReceived(index.genres[d]));
      mark(link, title, found);
      const [where, why] = item.querySelectorAll("small");
      mark(where, context, found);
      also.forEach(([name, other], n) => {
        const place = document.createElement("a");
        place.href = root + other;
        place.textContent = name;
        where.append(n > 0 ? ", " : " · aussi dans\u00a0: ", place);
      });
      const body = item.querySelector("p");
      const [shown, received] = shownOf(one, found, index);
      body.classList.toggle("recu", received);
      if (shown) mark(body, shown, found);
      else body.remove();
      // Le contexte d’un retour d’expérience ou d’une phrase n’est pas ce qui le fait trouver.
      const by = foundBy([title, shown, mentions, "ps".includes(index.genres[d]) ? context : ""], found);
      why.textContent = by.length > 0 ? `trouvé par ${by.map(quote).join(", ")}` : "";
      if (by.length === 0) why.remove();
      return item;
    }

    async function showGroup([genres, name], group, found, index) {
      const mine = found.documents.filter((d) => genres.includes(group(d)));
      if (mine.length === 0) return [];
      const part = copy("groupe");
      part.querySelector("h2").textContent = genres === "d" ? name : `${name} (${mine.length.toLocaleString("fr")})`;
      const list = part.querySelector("ol");
      const button = part.querySelector("button");
      const more = async (upTo) => {
        for (const one of await texts(mine.slice(list.children.length, upTo), index.parTextes)) {
          list.append(result(one, found, index));
        }
        const left = mine.length - list.children.length;
        button.textContent = `Montrer la suite\u00a0: ${plural(left, "résultat", "résultats")}`;
        button.parentElement.hidden = left === 0;
      };
      button.addEventListener("click", async () => {
        const known = list.children.length;
        await more(known + 40);
        list.children[known]?.querySelector("a").focus();
      });
      await more(SHOWN);
      return [part];
    }

    /** Un mot de l’index tel que le site l’écrit, et entier. */
    async function written(at, index) {
      const form = vocabulary.formOf[at];
      await load(`listes-${fileOf(vocabulary.stemOf[form], index.listes)}`);
      const some = [...listOf(form).keys()].slice(0, 10);
      for (const { title, context, text, mentions } of await texts(some, index.parTextes)) {
        for (const one of [text, title, mentions, context]) {
          const said = terms(one).find(({ term, whole }) => (whole || term) === vocabulary.words[at]);
          if (said && !/['’ʼ]/.test(one[said.piece[1]] ?? "")) return one.slice(...said.piece);
        }
      }
      return undefined;
    }

    /** Les mots du site les plus proches d’un mot que rien n’a : une lettre de différence, deux dans un mot long. */
    async function suggestions({ words, perWord }, index) {
      const found = new Map();
      for (const { term, acronym } of words.filter((_, n) => perWord[n].size === 0)) {
        if (term.length < 4) continue;
        const close = near(term, term.length < 6 || acronym ? 1 : 2).filter((at) => vocabulary.words[at][0] === term[0]);
        for (const at of close) if (!found.has(vocabulary.formOf[at])) found.set(vocabulary.formOf[at], at);
      }
      const all = [...found.values()].slice(0, 4).map((at) => written(at, index));
      return (await Promise.all(all)).filter(Boolean);
    }

    function showClose(all) {
      const link = (word) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = `?q=${encodeURIComponent(word)}`;
        link.textContent = word;
        item.append(link);
        return item;
      };
      close.querySelector("ul").replaceChildren(...all.map(link));
      close.hidden = all.length === 0;
    }

    /** Les mots cherchés que rien n’a. */
    function missing({ words, perWord }, query) {
      const none = words.filter((_, n) => perWord[n].size === 0).map(({ start, end }) => quote(query.slice(start, end)));
      return none.length > 0
        ? ` Le site ne dit rien de ${none.join(" ni de ")}\u00a0: voici ce qui répond au reste.`
        : " Aucun ne contient tous ces mots\u00a0: voici ceux qui en contiennent une partie.";
    }

    /** Ne garde que les documents de la thématique, du territoire et de l’année choisis. */
    function filtered(documents, index) {
      const subject = chosen("t") && Number(chosen("t")).toString(36);
      const [workshops, of] = index.ateliers ?? [[], ""];
      return documents.filter((d) => {
        const [place, year] = workshops[parseInt(of.slice(2 * d, 2 * d + 2), 36)] ?? [];
        return (!subject || (index.plusieurs[d] ?? index.sujets[d]).includes(subject))
          && (!chosen("lieu") || chosen("lieu") === place)
          && (!chosen("annee") || Number(chosen("annee")) === year);
      });
    }

    /** Rien à montrer : ce qui est dit, et les autres chemins. */
    function nothing(said, words = []) {
      results.replaceChildren();
      summary.textContent = said;
      showClose(words);
      ways.hidden = false;
      if (propose) propose.hidden = true;
    }

    async function run() {
      const query = input.value;
      const mine = (turn += 1);
      const typed = query.trim();
      remember({ q: typed, t: chosen("t"), lieu: chosen("lieu"), annee: chosen("annee") });
      help.hidden = typed !== "";
      if (typed === "") return nothing("");
      try {
        await load("index");
      } catch {
        return nothing("L’index de la recherche ne se charge pas. Rechargez la page, ou suivez un de ces liens.");
      }
      const index = received.index;
      if (!vocabulary) readVocabulary(index);
      const found = await find(query, index);
      if (mine !== turn) return undefined;
      if (found.words.length === 0) {
        return nothing(`${quote(typed)} est trop court ou trop courant pour être cherché seul.`);
      }
      const without = found.documents.length;
      found.documents = filtered(found.documents, index);
      const group = grouping(found, index);
      const count = found.documents.length;
      const groups = await Promise.all(GROUPS.map((one) => showGroup(one, group, found, index)));
      const other = count === 0 || found.partial ? await suggestions(found, index) : [];
      // Une lettre de plus a pu être tapée entre-temps.
      if (mine !== turn) return undefined;
      if (count === 0) {
        const kept = without > 0 ? ` avec ces choix\u202f; ${without.toLocaleString("fr")} sans eux` : "";
        nothing(`Aucun résultat pour ${quote(typed)}${kept}.`, other);
        if (propose) propose.hidden = false;
        return undefined;
      }
      results.replaceChildren(...groups.flat());
      summary.textContent = `${plural(count, "résultat", "résultats")} pour ${quote(typed)}${told(found, group)}.`;
      if (found.partial) summary.append(missing(found, query));
      showClose(other);
      ways.hidden = true;
      if (propose) propose.hidden = true;
      return undefined;
    }

    function walk(event) {
      const stops = [input, ...results.querySelectorAll("a")];
      const at = stops.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape" && at > 0) {
        input.focus();
      } else if (event.key === "Escape" && at === 0 && input.value) {
        input.value = "";
        run();
      } else if (step && at >= 0 && stops[at + step]) {
        stops[at + step].focus();
      } else {
        return;
      }
      event.preventDefault();
    }

    /** Le champ et les filtres, comme l’adresse les donne. */
    function restore() {
      const given = new URLSearchParams(location.search);
      input.value = given.get("q") ?? "";
      for (const field of filters.querySelectorAll("input, select")) {
        const value = given.get(field.name) ?? "";
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = [...field.options].some((option) => option.value === value) ? value : "";
      }
    }

    document.querySelector("#recherche--sans-script").remove();
    filters.hidden = false;
    restore();
    input.addEventListener("input", run);
    filters.addEventListener("change", run);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    document.addEventListener("keydown", walk);
    if (input.value) run();
    else load("index").catch(() => {});
  }

  /** Garde l’état dans l’adresse, pour qu’elle se partage et que « Précédent » revienne où l’on était. */
  function remember(state) {
    const kept = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
    const address = `${location.pathname}${kept.size ? `?${kept}` : ""}`;
    try {
      history.replaceState(null, "", address);
    } catch {
      // Une page ouverte depuis un disque peut n’avoir pas d’historique : elle marche sans.
    }
  }

  const form = document.querySelector("form#recherche");
  root = form?.dataset.racine ?? "";
  if (form) searchPage(form);
})();
