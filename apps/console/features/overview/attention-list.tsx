import { CircleCheck, TriangleAlert } from 'lucide-react'
import { concernsOf } from './attention.ts'
import type { Figures } from './use-figures.ts'

/** What needs somebody, first of all. */
export function AttentionList({ figures }: { figures: Figures }) {
  const concerns = concernsOf(figures)
  if (concerns.length === 0)
    return (
      <p className="flex items-center gap-2 text-muted">
        <CircleCheck aria-hidden="true" className="size-4 text-success" />
        Nothing needs attention.
      </p>
    )
  return (
    <ul aria-label="Needs attention" className="flex flex-col gap-2">
      {concerns.map(({ key, says, todo }) => (
        <li key={key} className="flex gap-2.5 rounded-lg bg-warning-soft px-4 py-2.5 text-warning-text">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>
            <strong className="font-semibold">{says}</strong> {todo}
          </span>
        </li>
      ))}
    </ul>
  )
}
