import { type Html, html } from './html.ts'

/** One line in which `code` is set as code. */
export const line = (text: string): Html =>
  html`${text.split('`').map((part, i) => (i % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))}`

/** Paragraphs, parted by empty lines. */
export const paragraphs = (text: string): Html =>
  html`${text.split('\n\n').map((paragraph) => html`<p>${line(paragraph)}</p>`)}`
