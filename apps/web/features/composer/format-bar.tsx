'use client'
import { IconButton } from '@parley/ui'
import { AtSign, Bold, Code, Italic, Link, List, type LucideIcon, SquareCode } from 'lucide-react'
import type { PointerEvent, RefObject } from 'react'
import { EmojiButton } from '../emoji/emoji-button.tsx'
import type { Draft } from './drafts.ts'

type Format = {
  label: string
  icon: LucideIcon
  before: string
  after: string
  line?: boolean
  rare?: boolean
}

const formats: Format[] = [
  { label: 'Bold', icon: Bold, before: '**', after: '**' },
  { label: 'Italic', icon: Italic, before: '_', after: '_' },
  { label: 'Link', icon: Link, before: '[', after: '](https://)', rare: true },
  { label: 'List', icon: List, before: '- ', after: '', line: true, rare: true },
  { label: 'Code', icon: Code, before: '`', after: '`' },
  { label: 'Code block', icon: SquareCode, before: '```\n', after: '\n```', rare: true },
]

/** Markdown for those who would rather press a button. The selection stays selected. */
export function FormatBar({
  box,
  draft,
  setDraft,
  compact,
}: {
  box: RefObject<HTMLTextAreaElement | null>
  draft: Draft
  setDraft: (draft: Draft) => void
  compact: boolean
}) {
  const wrap = (before: string, after: string, line = false) => {
    const field = box.current
    if (!field) return
    const { selectionStart: start, selectionEnd: end, value } = field
    const from = line ? value.lastIndexOf('\n', start - 1) + 1 : start
    const inner = value.slice(from, end)
    const wrapped = line ? inner.replace(/^/gm, before) : before + inner + after
    setDraft({ ...draft, text: value.slice(0, from) + wrapped + value.slice(end) })
    const grown = line ? wrapped.length - inner.length : before.length
    requestAnimationFrame(() => {
      field.focus()
      field.setSelectionRange(start + before.length, end + grown)
    })
  }
  const mention = () => {
    const start = box.current?.selectionStart ?? 0
    wrap(start === 0 || /\s/.test(draft.text[start - 1] ?? '') ? '@' : ' @', '')
  }
  const keepFocus = (event: PointerEvent) => event.preventDefault()
  return (
    <>
      <EmojiButton label="Emoji" onPick={(emoji) => wrap(emoji, '')} />
      <IconButton
        label="Mention somebody"
        icon={AtSign}
        size="small"
        onPointerDown={keepFocus}
        onClick={mention}
      />
      <span aria-hidden="true" className="mx-1 h-4 w-px bg-line max-sm:hidden" />
      {formats
        .filter((format) => !(compact && format.rare))
        .map((format) => (
          <IconButton
            key={format.label}
            label={format.label}
            icon={format.icon}
            size="small"
            className="max-sm:hidden"
            onPointerDown={keepFocus}
            onClick={() => wrap(format.before, format.after, format.line)}
          />
        ))}
    </>
  )
}
