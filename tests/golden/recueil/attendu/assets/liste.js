// Les critères combinés de la liste des expériences. Aucune bibliothèque : sans ce script, chaque critère est un lien
// vers sa page. Les données sont des scripts, parce qu’une page ouverte depuis un disque ne peut rien charger
// d’autre : chacun appelle retexRecherche(quoi, données).
"use strict";

(() => {
  const nav = document.querySelector(".criteres[data-racine]");
  if (!nav) return;

  // --- Les données. ---

  const root = nav.dataset.racine;
  const cards = new Map();
  const loading = new Map();
  let facets;

  window.retexRecherche = (what, data) => {
    if (what === "cartes") cards.set(data[0], data[1]);
    else if (what === "facettes") facets = data;
  };

  /** Charge un fichier, une fois. */
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

  /** « 0A2A » : les rangs des fiches d’une valeur, chacun compté depuis celui d’avant. */
  function decode(list) {
    let next = 0;
    return [...list.matchAll(/([0-9a-z]+)[A-Z]/g)].map(([, distance]) => {
      next += parseInt(distance, 36) + 1;
      return next - 1;
    });
  }

  // --- La page. ---

  const results = document.querySelector(".resultats");
  const still = [...results.childNodes];
  const status = document.querySelector("#liste--compte");
  const said = status.textContent;
  const copy = (id) => document.querySelector(`#liste--${id}`).content.firstElementChild.cloneNode(true);
  const number = (n) => n.toLocaleString("fr");
  const plural = (n, one, many) => `${number(n)}\u00a0${n < 2 ? one : many}`;
  const chips = [];
  let turn = 0;

  /** Une case à la place de chaque lien, qu’elle garde pour texte. */
  function makeChips() {
    const groups = new Map(facets.groupes.map(([name, , values]) => [name, new Map(values.map((value) => [value[0], value]))]));
    for (const list of nav.querySelectorAll("ul[data-critere]")) {
      const name = list.dataset.critere;
      for (const link of list.querySelectorAll("a")) {
        // Le dossier de la page du critère : « …/niveau/college/index.html ».
        const [slug, text, fiches] = groups.get(name).get(link.pathname.split("/").at(-2));
        const input = document.createElement("input");
        Object.assign(input, { type: "checkbox", name, value: slug });
        const label = document.createElement("label");
        label.append(input, ...link.childNodes);
        link.replaceWith(label);
        chips.push({ name, text, input, label, count: label.querySelector("small"), fiches: decode(fiches) });
      }
    }
  }

  /** Les cartes de ces fiches, telles que les listes sans script les montrent. */
  async function cardsOf(fiches) {
    const { parCartes } = facets;
    await Promise.all([...new Set(fiches.map((fiche) => Math.floor(fiche / parCartes)))].map((n) => load(`cartes-${n}`)));
    return fiches.map((fiche) => card(cards.get(Math.floor(fiche / parCartes))[fiche % parCartes]));
  }

  function card([title, href, subject, subjectName, levels, origin, text, foot]) {
    const item = copy("carte");
    const [over, body, last] = item.querySelectorAll("p");
    const link = item.querySelector("a");
    const contribution = origin !== null;
    item.classList.add(`t${subject}`);
    if (contribution) item.classList.add("contribution");
    over.firstChild.textContent = `${subject}. ${subjectName}`;
    if (levels) over.append(` · ${levels}`);
    link.href = root + href;
    link.innerHTML = title;
    body.textContent = text;
    if (!contribution) for (const received of [link.parentElement, body]) received.className = "recu";
    if (!text) body.remove();
    if (contribution) last.append(Object.assign(document.createElement("b"), { textContent: "Contribution" }), origin);
    if (foot) last.append(contribution ? ` · ${foot}` : foot);
    if (!contribution && !foot) last.remove();
    return item;
  }

  // --- L’état : les valeurs cochées, telles que l’adresse les dit. ---

  /** « ?niveau=college+lycee&mot-cle=ent », ou l’adresse de la liste entière. */
  function address(checked) {
    const state = new Map();
    for (const { name, input } of checked) state.set(name, [...(state.get(name) ?? []), input.value]);
    const kept = new URLSearchParams([...state].map(([name, values]) => [name, values.join(" ")]));
    return `${location.pathname}${kept.size ? `?${kept}` : ""}`;
  }

  function remember(checked) {
    try {
      history.pushState(null, "", address(checked));
    } catch {
      // Une page ouverte depuis un disque peut n’avoir pas d’historique : elle marche sans.
    }
  }

  /** 1 pour chaque fiche qui a, pour chaque critère où une valeur est cochée, l’une des valeurs cochées. */
  function matching(checked) {
    const kept = new Uint8Array(facets.fiches).fill(1);
    for (const name of new Set(checked.map((chip) => chip.name))) {
      const some = new Uint8Array(facets.fiches);
      for (const chip of checked) if (chip.name === name) for (const fiche of chip.fiches) some[fiche] = 1;
      for (let fiche = 0; fiche < kept.length; fiche += 1) kept[fiche] &= some[fiche];
    }
    return kept;
  }

  /** À côté de chaque valeur, combien de fiches elle donnerait avec les autres critères. */
  function count(checked) {
    const others = new Map();
    for (const { name, count: shown, fiches } of chips) {
      if (!others.has(name)) others.set(name, matching(checked.filter((chip) => chip.name !== name)));
      const kept = others.get(name);
      shown.textContent = number(fiches.reduce((sum, fiche) => sum + kept[fiche], 0));
    }
  }

  // --- Ce qui se montre. ---

  /** « Maternelle × » : le lien de la liste sans ce critère. */
  function remover(chip, checked) {
    const link = copy("retirer");
    link.href = address(checked.filter((other) => other !== chip));
    link.firstChild.textContent = chip.text;
    return link;
  }

  /** « 1 expérience sur 9 — Maternelle × ». */
  function tell(found, checked) {
    status.textContent = said;
    if (checked.length === 0) return;
    status.textContent = `${plural(found, "expérience", "expériences")} sur ${number(facets.fiches)} — `;
    status.append(...checked.flatMap((chip) => [remover(chip, checked), " "]));
    if (checked.length < 2) return;
    const all = document.createElement("a");
    all.href = address([]);
    all.textContent = "Tout effacer";
    status.append(all);
  }

  async function show(limit) {
    const mine = (turn += 1);
    const checked = chips.filter(({ input }) => input.checked);
    const kept = matching(checked);
    const found = [...kept.keys()].filter((fiche) => kept[fiche]);
    const made = checked.length > 0 ? await cardsOf(found.slice(0, limit)) : [];
    // Une autre valeur a pu être cochée entre-temps.
    if (mine !== turn) return;
    count(checked);
    tell(found.length, checked);
    if (checked.length === 0) {
      results.replaceChildren(...still);
      return;
    }
    const list = document.createElement("ul");
    list.className = "cartes";
    list.append(...made);
    results.replaceChildren(list);
    if (found.length <= limit) return;
    const more = document.createElement("button");
    more.type = "button";
    more.textContent = `Montrer la suite\u00a0: ${plural(found.length - limit, "fiche", "fiches")}`;
    more.addEventListener("click", async () => {
      await show(limit + 50);
      results.querySelectorAll("a")[limit]?.focus();
    });
    results.append(more);
  }

  function restore() {
    const asked = new URLSearchParams(location.search);
    for (const { name, input } of chips) {
      input.checked = (asked.get(name) ?? "").split(" ").includes(input.value);
      if (input.checked && input.closest("details")) input.closest("details").open = true;
    }
    return show(50);
  }

  /** Ce que l’on touche reste où il est : les valeurs voisines peuvent passer à la ligne, et la page raccourcir. */
  async function change(touched) {
    results.classList.add("tenus");
    const before = touched.getBoundingClientRect().top;
    await show(50);
    scrollBy({ top: touched.getBoundingClientRect().top - before, behavior: "instant" });
  }

  nav.addEventListener("change", ({ target }) => {
    remember(chips.filter(({ input }) => input.checked));
    change(target.parentElement);
  });

  status.addEventListener("click", async (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const asked = new URLSearchParams(new URL(link.href).search);
    for (const { name, input } of chips) input.checked = (asked.get(name) ?? "").split(" ").includes(input.value);
    remember(chips.filter(({ input }) => input.checked));
    await change(status);
    status.focus({ preventScroll: true });
  });

  window.addEventListener("popstate", restore);
  // Sans les données, la liste et ses critères restent ceux de la page.
  load("facettes").then(makeChips).then(restore).catch(() => {});
})();
