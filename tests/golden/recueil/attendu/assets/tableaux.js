// Le filtre et le tri d’un tableau. Sans ce script, le tableau est entier : rien de ce qu’il pose n’y manque.

const table = document.querySelector('.entier table');
const rows = [...table.tBodies[0].rows];
const headings = [...table.tHead.rows[0].cells];

/** Les mots sans accents ni majuscules, pour comparer. */
const fold = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  .replaceAll('œ', 'oe').replaceAll('æ', 'ae').replaceAll('’', "'");

const ELISIONS = /(?<![a-z0-9])(?:[cdjlmnst]|(?:jus|lors|pres|puis|quel|quoi)?qu)'/g;

/** Les mots d’un texte, sans ce que l’élision laisse avant l’apostrophe : « l’ENT » donne « ent ». */
const wordsOf = (text) => fold(text).replace(ELISIONS, '').split(/[^\p{L}\p{N}+]+/u).filter(Boolean);

/** Ses mots en capitales : les sigles, quand tout n’est pas en capitales. */
const capitalsOf = (text) => (text.match(/(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\p{N}+]+(?!\p{L})/gu) ?? []).map(fold);

/** Les textes d’une cellule : ses points, ou elle-même quand elle n’en a qu’un. */
function textsOf(cell) {
  const items = [...cell.querySelectorAll('.liste > li')];
  return items.length > 0 ? items : cell.querySelector('.recu') ? [cell] : [];
}

const texts = rows.map((row) => [...row.cells].slice(1).flatMap(textsOf));
const total = texts.flat().length;
const acronyms = texts.flat().flatMap((text) => capitalsOf(text.textContent));

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const words = element('input', { id: 'tableau--mots', type: 'search', autocomplete: 'off' });
const order = element('select', { id: 'tableau--ordre' },
  element('option', { value: '0' }, 'l’ordre des thématiques'),
  ...headings.slice(1).map((heading, i) =>
    element('option', { value: String(i + 1) }, `le nombre de textes : ${heading.textContent.trim()}`)));
const all = element('button', { type: 'button', hidden: true }, 'Tout montrer');
const told = element('p');
told.setAttribute('role', 'status');

const tools = element('div', { className: 'outils' },
  element('p', {}, element('label', { htmlFor: words.id }, 'Ne montrer que les textes qui contiennent'), words),
  // Deux rangées se voient d’un coup d’œil : les ranger n’aide personne.
  ...(rows.length < 6 ? [] : [element('p', {}, element('label', { htmlFor: order.id }, 'Ranger selon'), order)]),
  element('p', {}, all),
  told);
table.closest('.entier').before(tools);

function filter() {
  // Par le début des mots : « equip » trouve « équipement » pendant qu’on tape, « ent » n’y trouve rien.
  // En capitales, un mot court, ou qui commence un sigle du tableau, est un sigle : « ENT » ne trouve pas « entre ».
  const typed = capitalsOf(words.value);
  const isAcronym = (word) => typed.includes(word) && (word.length < 5 || acronyms.some((one) => one.startsWith(word)));
  const wanted = wordsOf(words.value);
  let shown = 0;
  let subjects = 0;
  rows.forEach((row, i) => {
    let here = 0;
    for (const text of texts[i]) {
      const said = wordsOf(text.textContent);
      const capitals = capitalsOf(text.textContent);
      const fits = wanted.every((word) =>
        (isAcronym(word) ? capitals : said).some((one) => one.startsWith(word)));
      text.classList.toggle('filtre', !fits);
      here += Number(fits);
    }
    const fits = wanted.length === 0 || here > 0;
    row.classList.toggle('filtre', !fits);
    shown += here;
    subjects += Number(fits);
  });
  all.hidden = wanted.length === 0;
  const count = (n, one, many) => `${n} ${n > 1 ? many : one}`;
  told.textContent = wanted.length === 0 ? '' : shown === 0
    ? `Aucun des ${total} textes du tableau ne contient ces mots.`
    : `${count(shown, 'texte', 'textes')} sur ${total}, dans ${count(subjects, 'thématique', 'thématiques')}.`;
}

function sort() {
  const column = Number(order.value);
  const weight = (row) => (column === 0 ? 0 : -textsOf(row.cells[column]).length);
  // Un tri stable : à égalité, l’ordre des thématiques.
  const sorted = rows.map((row, i) => [weight(row), i, row]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  table.tBodies[0].append(...sorted.map(([, , row]) => row));
  headings.forEach((heading, i) => {
    if (i > 0 && i === column) heading.setAttribute('aria-sort', 'descending');
    else heading.removeAttribute('aria-sort');
  });
}

words.addEventListener('input', filter);
order.addEventListener('change', sort);
words.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && words.value) {
    words.value = '';
    filter();
    event.preventDefault();
  }
});
all.addEventListener('click', () => {
  words.value = '';
  filter();
  words.focus();
});
// Un lien vers un énoncé que le filtre cache le montre.
addEventListener('hashchange', () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.closest('.filtre')) {
    words.value = '';
    filter();
    target.scrollIntoView();
  }
});
