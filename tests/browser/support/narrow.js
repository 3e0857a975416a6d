// What a narrow page must not do: scroll sideways, nor cut its text when the reader spaces it out as WCAG 1.4.12 lets them.

const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }`;

/** Runs in the page: what makes it scroll sideways, and what cuts its text. */
function overflows() {
  const name = (element) => element.tagName.toLowerCase() + (element.id && `#${element.id}`)
    + [...element.classList].map((word) => `.${word}`).join('');
  const problems = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > 320) {
    const wide = [...document.body.querySelectorAll('*')].filter((element) =>
      element.getBoundingClientRect().right > 320 && !element.closest('.defilant, pre'));
    problems.push(`the page is ${scrollWidth} px wide; too far right: ${wide.slice(0, 5).map(name).join(', ')}`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const { clientWidth, clientHeight } = element;
    const hidden = clientWidth <= 1 && clientHeight <= 1;
    const cut = (overflowX === 'hidden' || overflowX === 'clip') && element.scrollWidth > clientWidth + 1
      || (overflowY === 'hidden' || overflowY === 'clip') && element.scrollHeight > clientHeight + 1;
    if (cut && !hidden) problems.push(`${name(element)} cuts its text`);
  }
  return problems;
}

/** What goes beyond an open page of 320 px, as it is and spaced out. */
export async function narrow(page) {
  const problems = await page.evaluate(overflows);
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, SPACING);
  return [...problems, ...(await page.evaluate(overflows)).map((problem) => `with text spacing: ${problem}`)];
}
