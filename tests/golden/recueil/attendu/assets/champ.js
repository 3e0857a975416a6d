// Le champ de recherche, à l’accueil et à la page de recherche, où son formulaire mène, avec ce script ou sans lui.

const form = document.querySelector('form[role="search"]');
const words = form.querySelector('input');

// « / » y mène le curseur. Une touche seule doit pouvoir être refusée (RGAA, critère 12.10) : elle peut en gêner
// d’autres, à la voix par exemple. Ce refus est tout ce que le site garde, sur cet ordinateur et à la demande.
const REFUSED = 'retex-touche-refusee';
const note = document.createElement('p');
const button = document.createElement('button');
note.className = 'touche';
button.type = 'button';

function remembered() {
  try {
    return localStorage.getItem(REFUSED) !== null;
  } catch {
    return false;
  }
}

function remember(refused) {
  try {
    if (refused) localStorage.setItem(REFUSED, 'oui');
    else localStorage.removeItem(REFUSED);
  } catch {
    // Un navigateur qui ne garde rien : le choix vaut pour cette page.
  }
}

let refused = remembered();

function show() {
  const key = 'La touche «\u202f/\u202f»';
  button.textContent = refused ? 'Activer cette touche' : 'Désactiver cette touche';
  note.replaceChildren(`${key} ${refused ? 'n’a plus d’effet' : 'mène à ce champ'}. `, button);
}

button.addEventListener('click', () => {
  refused = !refused;
  remember(refused);
  show();
  button.focus();
});

document.addEventListener('keydown', (event) => {
  const typing = document.activeElement.matches('input, select, textarea');
  if (refused || event.key !== '/' || typing) return;
  words.focus();
  words.select();
  event.preventDefault();
});

show();
form.querySelector('.saisie').after(note);
