// Le champ de recherche de l’accueil. Sans ce script, son formulaire mène au plan du site.

const form = document.querySelector('form[data-recherche]');
form.action = form.dataset.recherche;

// « / » y mène le curseur, comme à la page de recherche.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || document.activeElement.matches('input, select, textarea')) return;
  const words = form.querySelector('input');
  words.focus();
  words.select();
  event.preventDefault();
});
