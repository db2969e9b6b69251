/** Light and dark by the system's choice; the colours of the web client's tokens. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(oklch(1 0 0), oklch(0.208 0.008 235));
  --side: light-dark(oklch(0.976 0.004 225), oklch(0.176 0.008 235));
  --code: light-dark(oklch(0.953 0.005 225), oklch(0.25 0.009 235));
  --strong: light-dark(oklch(0.21 0.014 235), oklch(0.965 0.004 225));
  --normal: light-dark(oklch(0.32 0.014 235), oklch(0.87 0.006 225));
  --muted: light-dark(oklch(0.475 0.016 235), oklch(0.715 0.013 228));
  --line: light-dark(oklch(0.9 0.006 225), oklch(0.302 0.011 235));
  --accent: light-dark(oklch(0.43 0.086 213), oklch(0.81 0.098 205));
  --accent-soft: light-dark(oklch(0.955 0.018 210), oklch(0.295 0.034 213));
  --good: light-dark(oklch(0.42 0.105 152), oklch(0.81 0.13 152));
  --good-soft: light-dark(oklch(0.955 0.034 155), oklch(0.285 0.048 155));
  --warn: light-dark(oklch(0.44 0.095 66), oklch(0.85 0.112 84));
  --warn-soft: light-dark(oklch(0.96 0.043 88), oklch(0.3 0.05 78));
  --bad: light-dark(oklch(0.475 0.178 27), oklch(0.79 0.118 22));
  --bad-soft: light-dark(oklch(0.957 0.022 20), oklch(0.29 0.062 22));
  --focus: light-dark(oklch(0.56 0.14 225), oklch(0.79 0.12 212));
}
* { box-sizing: border-box; }
html { scroll-padding-top: 24px; }
body { margin: 0; background: var(--page); color: var(--normal); font: 14px/1.6 "Inter Variable", Inter, system-ui, sans-serif; }
code, pre { font-family: ui-monospace, "JetBrains Mono", "Cascadia Code", Menlo, monospace; font-size: 12.5px; }
p { margin: 0 0 12px; max-width: 72ch; }
p code, dd code { background: var(--code); border-radius: 4px; padding: 1px 5px; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: 3px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 6px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 16px; top: 8px; z-index: 2; background: var(--page); padding: 4px 12px; }

nav { position: fixed; inset: 0 auto 0 0; width: 288px; overflow-y: auto; padding: 24px 16px 48px; background: var(--side); border-inline-end: 1px solid var(--line); }
nav .brand { margin: 0 8px 20px; font-size: 16px; font-weight: 600; color: var(--strong); }
nav .brand span { font-size: 12px; font-weight: 400; color: var(--muted); margin-inline-start: 4px; }
nav h2 { margin: 20px 8px 4px; font-size: 12px; font-weight: 600; color: var(--muted); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: flex; gap: 8px; align-items: baseline; padding: 4px 8px; border-radius: 6px; color: var(--normal); text-decoration: none; font-size: 13px; line-height: 1.45; }
nav a:hover { background: var(--code); }
nav a[aria-current] { background: var(--accent-soft); color: var(--accent); font-weight: 500; }
.badge { flex: none; display: inline-block; min-width: 44px; padding: 0 6px; border-radius: 4px; font: 600 10.5px/18px ui-monospace, monospace; text-align: center; background: var(--accent-soft); color: var(--accent); }
.badge.post { background: var(--good-soft); color: var(--good); }
.badge.put, .badge.patch { background: var(--warn-soft); color: var(--warn); }
.badge.delete { background: var(--bad-soft); color: var(--bad); }

main { margin-inline-start: 288px; padding: 0 40px 96px; max-width: 1240px; }
h1 { margin: 0 0 16px; font-size: 28px; line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; color: var(--strong); }
main h2 { margin: 0 0 4px; font-size: 20px; line-height: 1.3; font-weight: 600; color: var(--strong); }
h3 { margin: 0 0 8px; font-size: 16px; font-weight: 600; color: var(--strong); }
h4 { margin: 24px 0 4px; font-size: 13px; font-weight: 600; color: var(--strong); }
.lead { color: var(--muted); }
.anchor { color: inherit; text-decoration: none; }
.anchor:hover { text-decoration: underline; }
header, .operation { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 460px); gap: 40px; padding: 40px 0; }
.group { border-top: 1px solid var(--line); padding-top: 40px; }
.operation + .operation { border-top: 1px solid var(--line); }
.address { display: flex; gap: 8px; align-items: baseline; }
.address code { color: var(--strong); background: none; padding: 0; overflow-wrap: anywhere; }
.button { display: inline-block; padding: 6px 12px; border: 1px solid var(--line); border-radius: 6px; text-decoration: none; font-weight: 500; }
.button:hover { background: var(--code); }

dl { margin: 0; }
.fields > div { padding: 8px 0; border-top: 1px solid var(--line); }
.fields > div:first-child, .answers > div:first-child { border-top: 0; }
dt code { color: var(--strong); font-weight: 600; }
.type, .where { color: var(--muted); font-size: 12px; }
.type { font-family: ui-monospace, monospace; }
.mark { margin-inline-start: 4px; font-size: 12px; color: var(--warn); }
.mark.optional { color: var(--muted); }
dd { margin: 0; color: var(--muted); font-size: 13px; max-width: 72ch; }
.answers > div { display: grid; grid-template-columns: 44px 1fr; gap: 8px; padding: 4px 0; }
.answers dt { font: 600 12px/20px ui-monospace, monospace; }
.answers .good { color: var(--good); }
.answers .bad { color: var(--bad); }
.try { position: sticky; top: 24px; align-self: start; display: grid; gap: 16px; min-width: 0; }
.block { margin: 0; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; background: var(--side); }
.block figcaption { display: flex; justify-content: space-between; align-items: center; padding: 4px 4px 4px 12px; font-size: 12px; color: var(--muted); border-bottom: 1px solid var(--line); }
.block pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; padding: 12px; overflow: auto; max-height: 420px; line-height: 1.55; color: var(--strong); }
.block pre:focus-visible { outline-offset: -2px; }
.copy { border: 0; border-radius: 6px; padding: 4px 8px; background: none; color: var(--accent); font: 500 12px/1.4 inherit; font-family: inherit; cursor: pointer; }
.copy:hover { background: var(--accent-soft); }
.shapes > section { padding: 24px 0; max-width: 72ch; }
section:target > h3, section:target > .words > h3 { color: var(--accent); }

@media (max-width: 1080px) {
  header, .operation { grid-template-columns: minmax(0, 1fr); gap: 20px; }
  .try { position: static; }
}
@media (max-width: 760px) {
  nav { position: static; width: auto; max-height: 40vh; border: 0; border-bottom: 1px solid var(--line); }
  main { margin: 0; padding: 0 16px 64px; }
}
@media print {
  nav, .copy { display: none; }
  main { margin: 0; }
}
`
