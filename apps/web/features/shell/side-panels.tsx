'use client'
import { WithQueries } from '../api/with-queries.tsx'
import { MembersPanel } from '../people/members-panel.tsx'
import { SearchPanel } from '../search/search-panel.tsx'
import { ThreadPanel } from '../thread/thread-panel.tsx'
import { go, type Place, pathTo } from './place.ts'
import type { Panel } from './shell-context.ts'

/** The third pane: a thread that the address names, else what was last opened. */
export function SidePanels({ place, panel }: { place: Place; panel: Panel }) {
  const inside = place.at === 'conversation' ? place : null
  if (inside?.root)
    return (
      <ThreadPanel
        key={`${inside.root} ${inside.reply}`}
        conversation={inside.conversation}
        root={inside.root}
        target={inside.reply}
        onClose={() => go(pathTo(inside.conversation))}
      />
    )
  if (panel?.kind === 'search')
    return (
      <WithQueries>
        <SearchPanel within={panel.within} />
      </WithQueries>
    )
  if (panel?.kind === 'people' && inside)
    return (
      <WithQueries>
        <MembersPanel conversation={inside.conversation} />
      </WithQueries>
    )
  return null
}
