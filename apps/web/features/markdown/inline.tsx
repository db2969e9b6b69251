'use client'
import type { ReactNode } from 'react'
import { replaceShortNames } from '../emoji/short-names.ts'
import { Mention } from './mention.tsx'
import { type MentionToken, safeHref, type Token } from './parse.ts'

export function Inline({ tokens = [] }: { tokens?: Token[] }) {
  return tokens.map((token, index) => <Span key={index} token={token} />)
}

/** Marked escapes nothing in a token's raw text, and in `text` only what was escaped by a backslash. */
function Span({ token }: { token: Token }): ReactNode {
  switch (token.type) {
    case 'mention':
      return <Mention token={token as MentionToken} />
    case 'strong':
      return (
        <strong className="font-semibold text-strong">
          <Inline tokens={token.tokens} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Inline tokens={token.tokens} />
        </em>
      )
    case 'del':
      return (
        <del className="text-muted">
          <Inline tokens={token.tokens} />
        </del>
      )
    case 'codespan':
      return (
        <code className="rounded-[4px] border bg-surface-1 px-1 py-px font-mono text-[0.8125em] text-strong">
          {token.text}
        </code>
      )
    case 'br':
      return <br />
    case 'link':
      return (
        <OutsideLink href={token.href}>
          <Inline tokens={token.tokens} />
        </OutsideLink>
      )
    case 'image':
      // Never fetched from elsewhere on the reader's behalf: it would tell its server who reads.
      return <OutsideLink href={token.href}>{token.text || token.href}</OutsideLink>
    case 'escape':
      return token.text
    case 'text':
      return 'tokens' in token && token.tokens ? (
        <Inline tokens={token.tokens} />
      ) : (
        replaceShortNames(token.text)
      )
    default:
      return token.raw
  }
}

function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  const safe = safeHref(href)
  if (!safe) return <span>{children}</span>
  return (
    <a
      href={safe}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent-text underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
    >
      {children}
    </a>
  )
}
