import { classes } from './classes.ts'

const ceiling = 99

/** Mentions or unread on a row. `label` says it in words: "3 mentions". */
export function CountBadge({
  count,
  label,
  quiet = false,
}: {
  count: number
  label: string
  quiet?: boolean
}) {
  if (count <= 0) return null
  return (
    <span
      className={classes(
        'inline-grid h-4.5 min-w-4.5 shrink-0 place-items-center rounded-full px-1.5 font-semibold text-xs tabular-nums leading-none',
        quiet ? 'text-muted' : 'bg-danger text-on-danger',
      )}
    >
      <span aria-hidden="true">{count > ceiling ? `${ceiling}+` : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}
