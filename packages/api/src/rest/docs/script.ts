/** Copies a block, and marks in the navigation what is being read. */
export const SCRIPT = `
addEventListener('click', async (event) => {
  const button = event.target.closest('button.copy');
  if (!button) return;
  const code = button.closest('figure').querySelector('code');
  if (navigator.clipboard) await navigator.clipboard.writeText(code.textContent);
  else getSelection().selectAllChildren(code);
  button.textContent = navigator.clipboard ? 'Copied' : 'Selected';
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
});
const links = new Map([...document.querySelectorAll('nav a')].map((a) => [a.hash.slice(1), a]));
let marked = null;
const mark = (entries) => {
  for (const entry of entries) {
    const link = links.get(entry.target.id);
    if (!entry.isIntersecting || !link || link === marked) continue;
    marked?.removeAttribute('aria-current');
    link.setAttribute('aria-current', 'true');
    const nav = link.closest('nav');
    const top = link.offsetTop - nav.clientHeight / 2;
    if (nav.scrollHeight > nav.clientHeight) nav.scrollTo({ top });
    marked = link;
  }
};
const observer = new IntersectionObserver(mark, { rootMargin: '-10% 0px -80% 0px' });
for (const id of links.keys()) {
  const target = document.getElementById(id);
  if (target) observer.observe(target);
}
`
