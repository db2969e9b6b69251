'use client'
import { classes } from './classes.ts'
import { useUiText } from './ui-text.ts'

export type Presence = 'online' | 'away' | 'busy' | 'offline'

const shapes = {
  online: <circle cx="6" cy="6" r="5" className="fill-success" />,
  away: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" strokeWidth="2" className="stroke-success" />
      <path d="M6 2v8a4 4 0 0 0 0-8" className="fill-success" />
    </>
  ),
  busy: (
    <>
      <circle cx="6" cy="6" r="5" className="fill-danger" />
      <rect x="3" y="5" width="6" height="2" rx="1" className="fill-on-danger" />
    </>
  ),
  offline: <circle cx="6" cy="6" r="4" fill="none" strokeWidth="2" className="stroke-line-strong" />,
} satisfies Record<Presence, React.ReactNode>

/** Filled, half, barred or hollow: readable without colour. */
export function PresenceDot({ presence, className }: { presence: Presence; className?: string }) {
  const text = useUiText()
  return (
    <svg
      role="img"
      aria-label={text[presence]}
      viewBox="0 0 12 12"
      className={classes('size-2.5 shrink-0', className)}
    >
      {shapes[presence]}
    </svg>
  )
}
