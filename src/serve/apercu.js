// L’aperçu suit les changements du site : une page nouvelle la recharge, un style nouveau prend la place de
// l’ancien, une erreur se montre par-dessus la page et s’en va quand elle est réparée. Ce script n’est ajouté
// que par « retex serve » : le site publié ne l’a pas.

(() => {
  const script = document.currentScript;
  const given = new URL(script.src).searchParams;
  const known = { version: given.get('version'), messages: given.get('messages') };
  // La page montre elle-même les erreurs tant que le site n’a jamais pu se construire.
  const alone = document.body.classList.contains('retex-page');
  let news = null;
  let panel = null;
  let sheet = null;

  const address = (name, query = {}) => {
    const url = new URL(name, script.src);
    url.search = new URLSearchParams(query);
    return url;
  };

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** Écoute les nouvelles ; un serveur arrêté est attendu. */
  function follow() {
    news = new EventSource(address('nouvelles', known));
    news.addEventListener('page', () => location.reload());
    news.addEventListener('style', ({ data }) => {
      known.version = data;
      restyle(data);
    });
    news.addEventListener('messages', ({ data }) => {
      if (alone) return location.reload();
      known.messages = data;
      show();
    });
    news.addEventListener('error', () => {
      leave();
      setTimeout(resume, 1000);
    });
  }

  function leave() {
    news?.close();
    news = null;
  }

  /** Un onglet caché n’écoute pas : un navigateur n’ouvre que six liaisons vers un même serveur. */
  function resume() {
    if (!document.hidden && !news) follow();
  }

  /** Chaque feuille de style est demandée de nouveau ; l’ancienne reste jusqu’à ce que l’autre soit là. */
  function restyle(version) {
    for (const old of document.querySelectorAll('link[rel~=stylesheet]')) {
      const url = new URL(old.href);
      if (url.origin !== location.origin || old.dataset.replaced) continue;
      url.searchParams.set('version', version);
      const fresh = Object.assign(old.cloneNode(), { href: url.href });
      old.dataset.replaced = 'yes';
      for (const end of ['load', 'error']) fresh.addEventListener(end, () => old.remove());
      old.after(fresh);
    }
  }

  /** Les erreurs, dans les mots de « retex check », ou plus rien. */
  async function show() {
    const asked = known.messages;
    const { resume: count, messages, reste } = await (await fetch(address('messages.json'))).json();
    if (messages.length > 0) await (sheet ??= styled());
    if (asked !== known.messages) return; // d’autres sont venues entre-temps
    panel?.remove();
    panel = null;
    if (messages.length === 0) return;
    const toggle = element('button', { type: 'button' });
    const texts = messages.map((text) => element('pre', { tabIndex: 0 }, text));
    panel = element('aside', { id: 'retex-apercu' },
      element('p', {}, `${count}\u00a0: la page montre le dernier état sans erreur.`),
      toggle,
      element('div', { className: 'suite' }, ...texts, reste));
    panel.firstElementChild.setAttribute('role', 'alert');
    panel.setAttribute('aria-label', 'Erreurs de l’aperçu');
    toggle.addEventListener('click', () => fold(!panel.classList.contains('replie')));
    document.body.append(panel);
    fold(false);
  }

  function fold(folded) {
    const toggle = panel.querySelector('button');
    panel.classList.toggle('replie', folded);
    toggle.setAttribute('aria-expanded', String(!folded));
    toggle.textContent = folded ? 'Montrer' : 'Réduire (Échap)';
  }

  /** La feuille de style du panneau, demandée la première fois qu’il sert. */
  function styled() {
    return new Promise((done) => {
      const link = element('link', { rel: 'stylesheet', href: address('apercu.css').href });
      for (const end of ['load', 'error']) link.addEventListener(end, done);
      document.head.append(link);
    });
  }

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && panel && !panel.classList.contains('replie')) fold(true);
  });
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : resume()));
  addEventListener('pagehide', leave);
  addEventListener('pageshow', resume);
  resume();
})();
