import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Form } from '../src/form.tsx'

const root = path.join(import.meta.dirname, '../../..')
const files = globSync(['apps/*/**/*.{ts,tsx,html}', 'packages/*/src/**/*.{ts,tsx,html}'], {
  cwd: root,
  exclude: (name) => /(^|\/)(node_modules|\.next|generated|test)(\/|$)/.test(name),
})

/** Begins a form that a browser would send as part of the address, or tells a button or a link to send one so. */
const BY_ADDRESS =
  /<form\b(?!\s+method="(?:dialog|post)")|createElement\(\s*['"]form['"]|\bformmethod\b|from 'next\/form'/gi
/** The component, which has the right method by itself. */
const OURS = /<Form\b/g

test('no form puts what was typed into the address, however early it is sent', () => {
  const found = { byAddress: [] as string[], ours: 0 }
  for (const file of files) {
    const text = readFileSync(path.join(root, file), 'utf8')
    const uses = text.match(OURS)?.length ?? 0
    found.ours += uses
    const others = text.replaceAll(OURS, '')
    for (const [said] of others.matchAll(BY_ADDRESS)) found.byAddress.push(`${file}: ${said}`)
  }
  expect(found.byAddress).toEqual([])
  expect(found.ours, 'forms that were seen').toBeGreaterThanOrEqual(16)
})

test('each way in which a form could be sent by address is known as one', () => {
  for (const said of [
    '<form onSubmit={submit}>',
    '<form>',
    '<form\n  id="a" method="post">',
    '<form method="get">',
    "createElement('form', {})",
    '<button formMethod="get">',
    "import Link from 'next/form'",
  ])
    expect(said.match(BY_ADDRESS), said).not.toBeNull()
  for (const said of [
    '<form method="post" action="/saml">',
    '<form\n  method="dialog"',
    '<Formula>',
    'formed',
  ])
    expect(said.match(BY_ADDRESS), said).toBeNull()
})

test('a form as the server writes it sends nothing by itself', () => {
  expect(renderToStaticMarkup(createElement(Form))).toBe('<form method="dialog"></form>')
})
