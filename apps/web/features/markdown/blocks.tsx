'use client'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { CodeBlock } from './code-block.tsx'
import { Inline } from './inline.tsx'
import type { Token, Tokens } from './parse.ts'

export function Blocks({ tokens }: { tokens: Token[] }) {
  return tokens.map((token, index) => <Block key={index} token={token} />)
}

function Block({ token }: { token: Token }): ReactNode {
  switch (token.type) {
    case 'space':
      return null
    case 'heading':
      return (
        <p className="font-semibold text-strong">
          <Inline tokens={token.tokens} />
        </p>
      )
    case 'code':
      return <CodeBlock code={token.text} language={token.lang ?? ''} />
    case 'blockquote':
      return (
        <blockquote className="flex flex-col gap-1.5 border-line-strong/60 border-s-3 ps-3 text-muted">
          <Blocks tokens={token.tokens ?? []} />
        </blockquote>
      )
    case 'list':
      return <List list={token as Tokens.List} />
    case 'hr':
      return <hr className="my-1" />
    case 'table':
      return <Grid table={token as Tokens.Table} />
    case 'text':
      return 'tokens' in token && token.tokens ? <Inline tokens={token.tokens} /> : token.raw
    default:
      return (
        <p>
          <Inline tokens={'tokens' in token && token.tokens ? token.tokens : [token]} />
        </p>
      )
  }
}

function List({ list }: { list: Tokens.List }) {
  const Tag = list.ordered ? 'ol' : 'ul'
  return (
    <Tag
      start={list.ordered && typeof list.start === 'number' ? list.start : undefined}
      className={list.ordered ? 'list-decimal ps-6 marker:text-muted' : 'list-disc ps-6 marker:text-muted'}
    >
      {list.items.map((item, index) => (
        <li key={index} className={item.task ? 'relative list-none' : undefined}>
          {item.task && (
            <span
              role="img"
              aria-label={item.checked ? 'done' : 'to do'}
              className="absolute -start-5.5 top-1 grid size-3.5 place-items-center rounded-[4px] border border-line-strong"
            >
              {item.checked && <Check aria-hidden="true" className="size-3" />}
            </span>
          )}
          <Blocks tokens={item.tokens.filter((inner) => inner.type !== 'checkbox')} />
        </li>
      ))}
    </Tag>
  )
}

function Grid({ table }: { table: Tokens.Table }) {
  const cell = 'border-b px-2.5 py-1 text-start align-top'
  return (
    <div className="max-w-full overflow-x-auto rounded-sm border">
      <table className="w-full border-collapse text-sm">
        <thead className="bg-surface-1 text-strong">
          <tr>
            {table.header.map((head, index) => (
              <th key={index} className={`${cell} font-medium`}>
                <Inline tokens={head.tokens} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>
              {row.map((value, index) => (
                <td key={index} className={cell}>
                  <Inline tokens={value.tokens} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
