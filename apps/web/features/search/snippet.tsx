'use client'
import type { Id } from '@parley/protocol'
import { isId } from '@parley/protocol/ids'
import { PersonName } from '../people/person-name.tsx'

const parts = /(«[^«»]*»|<@\d{1,20}>)/

/** Plain text in which « and » stand around what matched. */
export function Snippet({ text }: { text: string }) {
  return (
    <p dir="auto" className="mt-1 line-clamp-4 wrap-anywhere">
      {text.split(parts).map((part, index) => {
        if (part.startsWith('«')) return <Match key={index} text={part.slice(1, -1)} />
        const person: Id | undefined = /^<@(\d+)>$/.exec(part)?.[1]
        return person && isId(person) ? <Name key={index} id={person} /> : part
      })}
    </p>
  )
}

const Match = ({ text }: { text: string }) => (
  <mark className="rounded-[3px] bg-mention px-0.5 font-medium text-mention-text">{text}</mark>
)
const Name = ({ id }: { id: Id }) => (
  <span className="text-accent-text">
    @<PersonName id={id} />
  </span>
)
