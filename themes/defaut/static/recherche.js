// La recherche, et les critères combinés de la liste des retours d’expérience. Aucune bibliothèque.
// Tout se lit sans ce script. L’index est un dossier de scripts, parce qu’une page ouverte depuis un
// disque ne peut rien charger d’autre : chacun appelle retexRecherche(quoi, données).
"use strict";

(() => {
  // --- L’index : chargé par morceaux, à mesure des besoins. ---

  const received = { listes: new Map(), textes: new Map(), cartes: new Map() };
  const loading = new Map();
  let root = "";

  window.retexRecherche = (what, data) => {
    if (what === "listes") {
      const [first, lists] = data;
      lists.split(" ").forEach((list, n) => received.listes.set(first + n, list));
    } else if (what === "textes" || what === "cartes") {
      received[what].set(data[0], data[1]);
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
      const [title, href, context, text] = received.textes.get(Math.floor(d / perFile))[d % perFile];
      return { document: d, title, href: root + href, context, text };
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
  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae");

  let vocabulary; // { words, stems, elisions, empty }

  function readVocabulary(index) {
    const words = [];
    const stems = [];
    let word = "";
    let next = 0;
    for (const item of index.mots.split(" ")) {
      const [rest, back] = item.slice(1).split(":");
      word = word.slice(0, parseInt(item[0], 36)) + rest;
      words.push(word);
      stems.push(back ? next - parseInt(back, 36) : next++);
    }
    vocabulary = { words, stems, elisions: new Set(index.elisions), empty: new Set(index.vides) };
  }

  /** Les mots d’un texte : { term, whole, acronym, start, end } ; whole est le mot composé d’un seul tenant. */
  function terms(text) {
    const found = [];
    for (const run of text.matchAll(RUN)) {
      let at = run.index;
      const pieces = run[0].split(/['’ʼ]/);
      pieces.forEach((piece, n) => {
        const elided = n < pieces.length - 1 && vocabulary.elisions.has(fold(piece));
        if (!elided) pieceTerms(piece, at, found);
        at += piece.length + 1;
      });
    }
    return found;
  }

  function pieceTerms(piece, start, found) {
    const parts = piece.split(/[-\u2010\u2011]/);
    const named = parts.map((part) => part.replace(/^\++/, "")).filter(Boolean);
    const whole = named.length > 1 ? fold(named.join("")) : "";
    let at = start;
    for (const part of parts) {
      const term = fold(part.replace(/^\++/, ""));
      const acronym = part.length > 1 && part === part.toUpperCase() && /\p{Lu}/u.test(part);
      const short = term.length < 2 && !/\d/.test(term);
      if (term && (acronym || !(short || vocabulary.empty.has(term)))) {
        found.push({ term, whole, acronym, start: at, end: at + part.length });
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

  function exact(word) {
    const at = rank(word);
    return vocabulary.words[at] === word ? at : -1;
  }

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

  const near = (word, most) =>
    vocabulary.words.flatMap((known, at) => (distance(word, known, most) <= most ? [at] : []));

  const PREFIXES = 40; // Mots que le début d’un mot peut annoncer : au-delà, ce début ne dit rien.

  /** Les racines d’un mot cherché, chacune avec sa valeur : 1 pour le mot même, moins pour un mot voisin. */
  function stemsOf({ term, whole, acronym }, unfinished) {
    const stems = new Map();
    const add = (at, value) => {
      const stem = vocabulary.stems[at];
      if (value > (stems.get(stem) ?? 0)) stems.set(stem, value);
    };
    for (const word of [term, whole]) {
      if (word && exact(word) >= 0) add(exact(word), 1);
    }
    if (unfinished && !acronym && term.length > 1) {
      const begun = startingWith(term).sort((a, b) => vocabulary.words[a].length - vocabulary.words[b].length);
      begun.slice(0, PREFIXES).forEach((at) => add(at, 0.6));
    }
    if (stems.size === 0 && term.length > 4) near(term, 1).forEach((at) => add(at, 0.4));
    // Un autre mot de la même famille : « éducative » quand il n’y a qu’« éducatif ».
    for (let cut = 1; stems.size === 0 && cut < 4 && term.length - cut > 3; cut += 1) {
      const root = term.slice(0, -cut);
      startingWith(root).filter((at) => vocabulary.words[at].length < term.length + 3).forEach((at) => add(at, 0.3));
    }
    return stems;
  }

  // --- La recherche. ---

  function fileOf(stem, starts) {
    let file = 0;
    while (file + 1 < starts.length && starts[file + 1] <= stem) file += 1;
    return file;
  }

  /** Les documents trouvés, du meilleur au moins bon : { document, score }, et les racines à marquer. */
  async function find(query, index) {
    const words = terms(query);
    const asked = words.map((word, n) => stemsOf(word, n === words.length - 1 && !/\s$/.test(query)));
    const stems = new Set(asked.flatMap((found) => [...found.keys()]));
    await Promise.all([...stems].map((stem) => load(`listes-${fileOf(stem, index.listes)}`)));
    const scores = new Map();
    const count = index.genres.length;
    for (const found of asked) {
      const best = new Map();
      for (const [stem, value] of found) {
        const list = decode(received.listes.get(stem));
        const rare = Math.log(1 + count / list.size);
        for (const [document, weight] of list) {
          best.set(document, Math.max(best.get(document) ?? 0, value * weight * rare));
        }
      }
      for (const [document, score] of best) {
        const known = scores.get(document) ?? { score: 0, words: 0 };
        scores.set(document, { score: known.score + score, words: known.words + 1 });
      }
    }
    const most = Math.max(0, ...[...scores.values()].map((s) => s.words));
    const results = [...scores].filter(([, s]) => s.words === most);
    results.sort(([a, x], [b, y]) => y.score - x.score || a - b);
    return { words, stems, partial: most < words.length, documents: results.map(([document]) => document) };
  }

  /** Écrit un texte dans un élément, ses mots trouvés marqués. */
  function mark(element, text, stems) {
    element.textContent = "";
    let done = 0;
    for (const { term, whole, start, end } of terms(text)) {
      const hit = [term, whole].some((word) => word && exact(word) >= 0 && stems.has(vocabulary.stems[exact(word)]));
      if (!hit) continue;
      const marked = document.createElement("mark");
      marked.textContent = text.slice(start, end);
      element.append(text.slice(done, start), marked);
      done = end;
    }
    element.append(text.slice(done));
  }

  const EXCERPT = 200;

  /** La partie d’un texte autour du premier mot trouvé. */
  function excerpt(text, stems) {
    if (text.length <= EXCERPT) return text;
    const hit = terms(text).find(({ term }) => exact(term) >= 0 && stems.has(vocabulary.stems[exact(term)]));
    const from = Math.max(0, (hit?.start ?? 0) - EXCERPT / 3);
    const start = from === 0 ? 0 : text.indexOf(" ", from) + 1;
    const end = text.lastIndexOf(" ", start + EXCERPT);
    const cut = start + EXCERPT >= text.length ? text.slice(start) : `${text.slice(start, end)} …`;
    return start === 0 ? cut : `… ${cut}`;
  }

  const GROUPS = [
    ["fc", "Retours d’expérience"],
    ["e", "Dans les tableaux"],
    ["p", "Pages"],
    ["s", "Glossaire"],
  ];
  const SHOWN = 8;

  const plural = (n, one, many) => `${n.toLocaleString("fr")} ${n < 2 ? one : many}`;

  /** La page de recherche. */
  function searchPage(form) {
    const input = form.querySelector("#recherche--mots");
    const subject = form.querySelector("#recherche--sujet");
    const summary = document.querySelector("#recherche--bilan");
    const results = document.querySelector("#recherche--resultats");
    const advice = document.querySelector("#recherche--conseils");
    const copy = (id) => document.querySelector(`#recherche--${id}`).content.cloneNode(true);
    let turn = 0;

    function showGroup([genres, name], found, index, open) {
      const mine = found.documents.filter((d) => genres.includes(index.genres[d]));
      if (mine.length === 0) return [];
      const part = copy("groupe");
      part.querySelector("h2").textContent = `${name} (${mine.length.toLocaleString("fr")})`;
      const list = part.querySelector("ol");
      const button = part.querySelector("button");
      const more = async (upTo) => {
        const next = mine.slice(list.children.length, upTo);
        for (const { document: d, title, href, context, text } of await texts(next, index.parTextes)) {
          const item = copy("trouve");
          const link = item.querySelector("a");
          link.href = href;
          // Les mots reçus des ateliers ont leurs caractères.
          const received = "fe".includes(index.genres[d]);
          link.classList.toggle("recu", received);
          mark(link, title, found.stems);
          item.querySelector("small").textContent = context;
          const body = item.querySelector("p");
          const shown = title === text ? "" : excerpt(text, found.stems);
          body.classList.toggle("recu", received);
          if (shown) mark(body, shown, found.stems);
          else body.remove();
          list.append(item);
        }
        const left = mine.length - list.children.length;
        button.textContent = `Montrer la suite : ${plural(left, "résultat", "résultats")}`;
        button.parentElement.hidden = left === 0;
      };
      button.addEventListener("click", async () => {
        const known = list.children.length;
        await more(known + 40);
        list.children[known]?.querySelector("a").focus();
      });
      return [more(open).then(() => part)];
    }

    function suggest(words) {
      const unknown = words.find(({ term }) => exact(term) < 0);
      const close = unknown && unknown.term.length > 3 ? near(unknown.term, 2) : [];
      return close.map((at) => vocabulary.words[at]).find((word) => word[0] === unknown.term[0]);
    }

    async function run() {
      const query = input.value;
      const mine = (turn += 1);
      remember({ q: query.trim(), t: subject.value });
      if (query.trim() === "") {
        results.replaceChildren();
        summary.textContent = "";
        advice.hidden = true;
        return;
      }
      try {
        await load("index");
      } catch {
        summary.textContent = "L’index de la recherche ne se charge pas. Rechargez la page, ou passez par le plan du site.";
        return;
      }
      const index = received.index;
      if (!vocabulary) readVocabulary(index);
      const found = await find(query, index);
      if (found.words.length === 0) {
        results.replaceChildren();
        summary.textContent = `« ${query.trim()} » est trop court ou trop courant pour être cherché seul.`;
        return;
      }
      if (subject.value) {
        const wanted = Number(subject.value).toString(36);
        found.documents = found.documents.filter((d) => index.sujets[d] === wanted);
      }
      const groups = await Promise.all(GROUPS.flatMap((group) => showGroup(group, found, index, SHOWN)));
      // Une lettre de plus a pu être tapée entre-temps.
      if (mine !== turn) return;
      results.replaceChildren(...groups);
      const count = found.documents.length;
      const quoted = `« ${query.trim()} »`;
      advice.hidden = count > 0;
      summary.textContent = count === 0
        ? `Aucun résultat pour ${quoted}.`
        : `${plural(count, "résultat", "résultats")} pour ${quoted}.`;
      if (count > 0 && found.partial) summary.append(" Aucun ne contient tous ces mots : voici ceux qui en contiennent une partie.");
      const other = count === 0 || found.partial ? suggest(found.words) : undefined;
      if (other) {
        const link = document.createElement("a");
        link.href = `?q=${encodeURIComponent(other)}`;
        link.textContent = other;
        summary.append(" Vouliez-vous dire ", link, " ?");
      }
    }

    function walk(event) {
      const stops = [input, ...results.querySelectorAll("a")];
      const at = stops.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "/" && !document.activeElement.matches("input, select, textarea")) {
        input.focus();
        input.select();
      } else if (event.key === "Escape" && at > 0) {
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

    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    subject.value = asked.get("t") ?? "";
    input.addEventListener("input", run);
    subject.addEventListener("change", run);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    document.addEventListener("keydown", walk);
    if (input.value) run();
    else load("index").catch(() => {});
  }

  /** Garde l’état dans l’adresse, pour qu’elle se partage et que « Précédent » revienne où l’on était. */
  function remember(state, add = false) {
    const kept = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
    const address = `${location.pathname}${kept.size ? `?${kept}` : ""}`;
    try {
      if (add) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    } catch {
      // Une page ouverte depuis un disque peut n’avoir pas d’historique : elle marche sans.
    }
  }

  // --- Les critères combinés. ---

  /** La liste des retours d’expérience. */
  async function listPage(nav) {
    await load("facettes");
    const { fiches: total, parCartes, groupes } = received.facettes;
    const results = document.querySelector(".resultats");
    const still = [...results.childNodes];
    const note = results.querySelector(":scope > .ajout");
    const heading = document.querySelector("#liste--compte");
    const said = heading.textContent;
    const copy = (id) => document.querySelector(`#liste--${id}`).content.firstElementChild.cloneNode(true);
    const summary = nav.querySelector("[role=status]");
    const reset = nav.querySelector("button");
    // De la dernière case touchée aux résultats : sur un téléphone, ils sont loin au-dessus.
    const toResults = copy("voir");
    let last;
    // Une case à la place de chaque lien, qu’elle garde pour texte. Les listes de la page sont celles du fichier,
    // dans leur ordre ; mais d’un critère qui a beaucoup de valeurs, la page ne montre que les plus employées.
    const boxes = [];
    nav.querySelectorAll("ul").forEach((list, group) => {
      const [name, title, values] = groupes[group];
      const known = new Map(values.map((value) => [value[0], value]));
      [...list.children].forEach((item) => {
        const link = item.querySelector("a");
        // Le dossier de la page du critère : « …/niveau/college/index.html ».
        const [slug, text, fiches] = known.get(link.pathname.split("/").at(-2));
        const input = document.createElement("input");
        Object.assign(input, { type: "checkbox", name, value: slug, ariaLabel: `${title}\u00a0: ${text}` });
        const label = document.createElement("label");
        label.append(input, ...link.childNodes);
        link.replaceWith(label);
        boxes.push({ name, input, item, count: item.lastElementChild, fiches: [...decode(fiches).keys()] });
      });
      list.className = "cases";
    });

    /** Les cartes de ces fiches, telles que les listes sans script les montrent. */
    async function cards(fiches) {
      const files = new Set(fiches.map((fiche) => Math.floor(fiche / parCartes)));
      await Promise.all([...files].map((n) => load(`cartes-${n}`)));
      return fiches.map((fiche) => card(received.cartes.get(Math.floor(fiche / parCartes))[fiche % parCartes]));
    }

    function card([title, href, subject, origin, text, keys]) {
      const item = copy("carte");
      const contribution = origin !== null;
      item.classList.add(`t${subject}`);
      const link = item.querySelector("a");
      link.href = root + href;
      link.innerHTML = title;
      if (contribution) item.classList.add("contribution");
      else link.parentElement.classList.add("recu");
      item.querySelector(".origine").append(origin ?? "");
      if (!contribution) item.querySelector(".origine").remove();
      const body = item.querySelector(".texte");
      body.textContent = text;
      if (contribution) body.removeAttribute("class");
      else body.className = "recu";
      if (!text) body.remove();
      item.querySelector(".cles").textContent = keys;
      return item;
    }

    /** 1 pour chaque fiche qui a, pour chaque critère où une case est cochée, l’une des valeurs cochées. */
    function matching(checked) {
      const kept = new Uint8Array(total).fill(1);
      for (const name of new Set(checked.map((box) => box.name))) {
        const some = new Uint8Array(total);
        for (const box of checked) if (box.name === name) for (const fiche of box.fiches) some[fiche] = 1;
        for (let fiche = 0; fiche < kept.length; fiche += 1) kept[fiche] &= some[fiche];
      }
      return kept;
    }

    /** À côté de chaque valeur, combien de fiches elle donnerait avec les autres critères. */
    function count(checked) {
      const others = new Map();
      for (const { name, item, count: shown, fiches } of boxes) {
        if (!others.has(name)) others.set(name, matching(checked.filter((box) => box.name !== name)));
        const kept = others.get(name);
        const found = fiches.reduce((sum, fiche) => sum + kept[fiche], 0);
        shown.textContent = found.toLocaleString("fr");
        item.classList.toggle("sans", found === 0);
      }
    }

    async function show(limit) {
      const checked = boxes.filter((box) => box.input.checked);
      count(checked);
      reset.hidden = checked.length === 0;
      if (checked.length === 0) {
        results.replaceChildren(...still);
        summary.textContent = "";
        heading.textContent = said;
        toResults.remove();
        return;
      }
      const kept = matching(checked);
      const found = [...kept.keys()].filter((fiche) => kept[fiche]);
      const list = document.createElement("ul");
      list.className = "cartes";
      list.append(...await cards(found.slice(0, limit)));
      const told = plural(found.length, "retour d’expérience", "retours d’expérience");
      summary.textContent = `${told}.`;
      heading.textContent = `${told} sur ${total.toLocaleString("fr")}`;
      toResults.textContent = found.length > 1 ? `Voir les ${plural(found.length, "", "résultats")}`
        : found.length === 1 ? "Voir le résultat" : "Aucun résultat";
      (last ?? checked.at(-1)).item.append(" ", toResults);
      results.replaceChildren(list);
      if (note) results.append(note);
      if (found.length > limit) {
        const more = document.createElement("button");
        more.type = "button";
        more.textContent = `Montrer la suite\u00a0: ${plural(found.length - limit, "fiche", "fiches")}`;
        more.addEventListener("click", async () => {
          await show(limit + 50);
          results.querySelectorAll("a")[limit]?.focus();
        });
        results.append(more);
      }
    }

    function restore() {
      const asked = new URLSearchParams(location.search);
      for (const { name, input } of boxes) input.checked = (asked.get(name) ?? "").split(" ").includes(input.value);
      return show(50);
    }

    nav.addEventListener("change", (event) => {
      last = boxes.find(({ input }) => input === event.target);
      const state = {};
      for (const { name, input } of boxes) {
        if (input.checked) state[name] = [state[name], input.value].filter(Boolean).join(" ");
      }
      remember(state, true);
      show(50);
    });
    toResults.addEventListener("click", (event) => {
      event.preventDefault();
      results.focus({ preventScroll: true });
      results.scrollIntoView({ behavior: "instant" });
    });
    // Loin des critères, il ne couvre rien.
    new IntersectionObserver(([seen]) => toResults.classList.toggle("loin", !seen.isIntersecting)).observe(nav);
    reset.addEventListener("click", () => {
      boxes[0].input.focus();
      boxes.forEach(({ input }) => { input.checked = false; });
      remember({}, true);
      show(50);
    });
    window.addEventListener("popstate", restore);
    await restore();
  }

  const form = document.querySelector("form#recherche");
  const nav = document.querySelector(".criteres[data-racine]");
  root = (form ?? nav)?.dataset.racine ?? "";
  if (form) searchPage(form);
  if (nav) listPage(nav).catch(() => {}); // Sans l’index, la liste et ses critères restent ceux de la page.
})();
