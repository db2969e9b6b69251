'use client'
import { EmptyState, TextField } from '@parley/ui'
import { Search, SmilePlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { emojiGroups } from './table.ts'

/** All emoji with a search over their names. Fetched when first opened. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const [query, setQuery] = useState('')
  const groups = useMemo(() => {
    const wanted = query.trim().toLowerCase()
    return emojiGroups
      .map((group) => ({
        ...group,
        emoji: group.emoji.filter(([, names]) => !wanted || names.includes(wanted)),
      }))
      .filter((group) => group.emoji.length > 0)
  }, [query])
  const first = groups[0]?.emoji[0]?.[0]
  return (
    <div className="flex h-80 flex-col">
      <TextField
        icon={Search}
        aria-label="Search emoji"
        placeholder="Search emoji"
        value={query}
        autoFocus
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !first) return
          event.preventDefault()
          onPick(first)
        }}
      />
      <div className="mt-2 min-h-0 flex-1 overflow-y-auto">
        {groups.length === 0 && <EmptyState compact icon={SmilePlus} title="No emoji has this name" />}
        {groups.map((group) => (
          <section key={group.name} aria-label={group.name}>
            <h3 className="sticky top-0 bg-float py-1 font-medium text-muted text-xs">{group.name}</h3>
            <div className="grid grid-cols-8">
              {group.emoji.map(([symbol, names]) => (
                <button
                  key={symbol}
                  type="button"
                  title={names.split(' ')[0]}
                  aria-label={names.replaceAll('_', ' ')}
                  onClick={() => onPick(symbol)}
                  className="grid aspect-square place-items-center rounded-sm text-xl hover:bg-highlight -outline-offset-2"
                >
                  {symbol}
                </button>
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  )
}
